package io.mysqlproxy.script.lua.strings;

import io.mysqlproxy.script.lua.call.Fault;
import org.luaj.vm2.LuaString;

/** The text of a pattern, byte by byte. */
final class Pattern {
    static final int ESCAPE = '%';
    private static final String SPECIALS = "^$*+?.([%-";

    private final byte[] bytes;
    private final int offset;
    final int length;

    Pattern(LuaString text) {
        bytes = text.m_bytes;
        offset = text.m_offset;
        length = text.m_length;
    }

    /** The byte at an index, or -1 at the end. */
    int at(int index) {
        return index < length ? bytes[offset + index] & 0xff : -1;
    }

    boolean isAnchored() {
        return at(0) == '^';
    }

    /** Whether it is a mere text. */
    boolean isPlain() {
        for (int i = 0; i < length; i++) {
            if (SPECIALS.indexOf(at(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** Where the item that stands for one byte ends. */
    int itemEnd(int start) {
        int first = at(start);
        if (first == ESCAPE) {
            if (start + 1 >= length) {
                throw Fault.of("malformed pattern (ends with '%')");
            }
            return start + 2;
        }
        return first == '[' ? setEnd(start + 1) : start + 1;
    }

    private int setEnd(int start) {
        int p = at(start) == '^' ? start + 1 : start;
        do {
            if (p >= length) {
                throw Fault.of("malformed pattern (missing ']')");
            }
            if (at(p++) == ESCAPE && p < length) {
                p++;
            }
        } while (at(p) != ']');
        return p + 1;
    }

    /** Whether a byte matches the item from one index to another. */
    boolean matches(int b, int start, int end) {
        int first = bytes[offset + start] & 0xff;
        return switch (first) {
            case '.' -> true;
            case ESCAPE -> CharacterClass.contains(at(start + 1), b);
            case '[' -> inSet(b, start, end - 1);
            default -> first == b;
        };
    }

    /** Whether a byte is in the set from its opening to its closing bracket. */
    boolean inSet(int b, int open, int close) {
        boolean inside = at(open + 1) != '^';
        int p = inside ? open + 1 : open + 2;
        while (p < close) {
            int first = at(p);
            if (first == ESCAPE) {
                if (CharacterClass.contains(at(p + 1), b)) {
                    return inside;
                }
                p += 2;
            } else if (at(p + 1) == '-' && p + 2 < close) {
                if (first <= b && b <= at(p + 2)) {
                    return inside;
                }
                p += 3;
            } else if (first == b) {
                return inside;
            } else {
                p++;
            }
        }
        return !inside;
    }
}

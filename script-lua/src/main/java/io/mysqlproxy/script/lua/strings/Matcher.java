package io.mysqlproxy.script.lua.strings;

import io.mysqlproxy.script.lua.call.Fault;
import io.mysqlproxy.script.lua.call.Frames;

/**
 * Looks for a pattern in a subject.
 *
 * <p>It tries and goes back. The stack grows with the length of the pattern only: a repetition tries the rest of the pattern
 * once for each length, one after the other.
 */
final class Matcher {
    private static final int NONE = -1;
    private static final int STEPS_BETWEEN_CHECKS = 0xffff;

    private final byte[] bytes;
    private final int offset;
    private final int length;
    private final Pattern pattern;
    private final Captures captures;
    private int steps;

    Matcher(Captures captures, Pattern pattern) {
        this.captures = captures;
        this.bytes = captures.subject.m_bytes;
        this.offset = captures.subject.m_offset;
        this.length = captures.subject.m_length;
        this.pattern = pattern;
    }

    /** The end of a match that begins at an index, or -1. The pattern is read from an index of its own. */
    int match(int start, int from) {
        captures.clear();
        return rest(start, from);
    }

    private int rest(int start, int from) {
        if ((++steps & STEPS_BETWEEN_CHECKS) == 0) {
            Frames.current().check();
        }
        int s = start;
        int p = from;
        while (p < pattern.length) {
            if (isSpecial(p)) {
                return special(s, p);
            }
            int next = pattern.itemEnd(p);
            int suffix = pattern.at(next);
            if (suffix == '*' || suffix == '+' || suffix == '-') {
                return repeated(s, p, next, suffix);
            }
            boolean fits = fits(s, p, next);
            int found = fits && suffix == '?' ? rest(s + 1, next + 1) : NONE;
            if (found != NONE || !fits && suffix != '?') {
                return found;
            }
            s = suffix == '?' ? s : s + 1;
            p = suffix == '?' ? next + 1 : next;
        }
        return s;
    }

    private boolean isSpecial(int p) {
        return switch (pattern.at(p)) {
            case '(', ')' -> true;
            case '$' -> p + 1 == pattern.length;
            case Pattern.ESCAPE -> {
                int letter = pattern.at(p + 1);
                yield letter == 'b' || letter == 'f' || CharacterClass.isDigit(letter);
            }
            default -> false;
        };
    }

    private int special(int s, int p) {
        return switch (pattern.at(p)) {
            case '(' -> open(s, p + 1);
            case ')' -> close(s, p + 1);
            case '$' -> s == length ? s : NONE;
            default ->
                switch (pattern.at(p + 1)) {
                    case 'b' -> balanced(s, p + 2);
                    case 'f' -> frontier(s, p + 2);
                    default -> again(s, p + 1);
                };
        };
    }

    private int open(int s, int p) {
        boolean position = pattern.at(p) == ')';
        captures.open(s, position);
        int end = rest(s, position ? p + 1 : p);
        if (end == NONE) {
            captures.dropLast();
        }
        return end;
    }

    private int close(int s, int p) {
        int closed = captures.close(s);
        int end = rest(s, p);
        if (end == NONE) {
            captures.reopen(closed);
        }
        return end;
    }

    /** {@code %bxy}. */
    private int balanced(int start, int p) {
        if (p + 1 >= pattern.length) {
            throw Fault.of("unbalanced pattern");
        }
        if (start >= length || at(start) != pattern.at(p)) {
            return NONE;
        }
        int depth = 1;
        for (int s = start + 1; s < length; s++) {
            if (at(s) == pattern.at(p + 1)) {
                if (--depth == 0) {
                    return rest(s + 1, p + 2);
                }
            } else if (at(s) == pattern.at(p)) {
                depth++;
            }
        }
        return NONE;
    }

    /** {@code %f[set]}: as if there were a NUL before and after the subject. */
    private int frontier(int s, int p) {
        if (pattern.at(p) != '[') {
            throw Fault.of("missing '[' after '%f' in pattern");
        }
        int end = pattern.itemEnd(p);
        int before = s == 0 ? 0 : at(s - 1);
        int here = s == length ? 0 : at(s);
        return !pattern.inSet(before, p, end - 1) && pattern.inSet(here, p, end - 1) ? rest(s, end) : NONE;
    }

    /** {@code %1}: what a capture holds, once more. */
    private int again(int s, int p) {
        int size = captures.sizeIfRepeated(pattern.at(p) - '1', s);
        return size < 0 ? NONE : rest(s + size, p + 1);
    }

    private int repeated(int s, int item, int next, int suffix) {
        if (suffix == '-') {
            return shortest(s, item, next);
        }
        int least = suffix == '+' ? 1 : 0;
        int count = 0;
        while (fits(s + count, item, next)) {
            count++;
        }
        for (; count >= least; count--) {
            int end = rest(s + count, next + 1);
            if (end != NONE) {
                return end;
            }
        }
        return NONE;
    }

    private int shortest(int start, int item, int next) {
        int s = start;
        while (true) {
            int end = rest(s, next + 1);
            if (end != NONE || !fits(s, item, next)) {
                return end;
            }
            s++;
        }
    }

    private boolean fits(int s, int item, int next) {
        return s < length && pattern.matches(at(s), item, next);
    }

    private int at(int index) {
        return bytes[offset + index] & 0xff;
    }
}

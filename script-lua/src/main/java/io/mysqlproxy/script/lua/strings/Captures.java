package io.mysqlproxy.script.lua.strings;

import io.mysqlproxy.script.lua.call.Fault;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** What the parentheses of a pattern have caught so far. */
final class Captures {
    private static final int MOST = 32;
    private static final int UNFINISHED = -1;
    private static final int POSITION = -2;
    private static final int[] EMPTY = {};

    final LuaString subject;
    /** Pairs of start and length; made when the first capture is opened. */
    private int[] pairs = EMPTY;

    private int count;

    Captures(LuaString subject) {
        this.subject = subject;
    }

    void clear() {
        count = 0;
    }

    void open(int start, boolean position) {
        if (count == MOST) {
            throw Fault.of("too many captures");
        }
        if (pairs.length == 0) {
            pairs = new int[2 * MOST];
        }
        pairs[2 * count] = start;
        pairs[2 * count + 1] = position ? POSITION : UNFINISHED;
        count++;
    }

    void dropLast() {
        count--;
    }

    /** Ends the last capture that is open, and gives its index. */
    int close(int end) {
        for (int i = count - 1; i >= 0; i--) {
            if (pairs[2 * i + 1] == UNFINISHED) {
                pairs[2 * i + 1] = end - pairs[2 * i];
                return i;
            }
        }
        throw Fault.of("invalid pattern capture");
    }

    void reopen(int index) {
        pairs[2 * index + 1] = UNFINISHED;
    }

    /** The size of a capture if the subject has its bytes at an index once more, else -1. */
    int sizeIfRepeated(int index, int at) {
        if (index < 0 || index >= count || pairs[2 * index + 1] == UNFINISHED) {
            throw Fault.of("invalid capture index");
        }
        int size = pairs[2 * index + 1];
        if (size == POSITION || subject.m_length - at < size) {
            return -1;
        }
        for (int i = 0; i < size; i++) {
            if (subject.luaByte(pairs[2 * index] + i) != subject.luaByte(at + i)) {
                return -1;
            }
        }
        return size;
    }

    /** The captures; without any, the whole match. */
    Varargs results(int start, int end) {
        return count <= 1 ? get(0, start, end) : after(LuaValue.NONE);
    }

    /** Values and then the captures. */
    Varargs after(Varargs first) {
        if (count == 0) {
            return first;
        }
        LuaValue[] values = new LuaValue[first.narg() + count];
        for (int i = 0; i < values.length; i++) {
            values[i] = i < first.narg() ? first.arg(i + 1) : get(i - first.narg(), 0, 0);
        }
        return LuaValue.varargsOf(values);
    }

    /** One capture, counted from 0; the whole match if there are none. */
    LuaValue get(int index, int start, int end) {
        if (index >= count) {
            if (index == 0) {
                return subject.substring(start, end);
            }
            throw Fault.of("invalid capture index");
        }
        int from = pairs[2 * index];
        int size = pairs[2 * index + 1];
        if (size == UNFINISHED) {
            throw Fault.of("unfinished capture");
        }
        return size == POSITION ? LuaInteger.valueOf(from + 1) : subject.substring(from, from + size);
    }
}

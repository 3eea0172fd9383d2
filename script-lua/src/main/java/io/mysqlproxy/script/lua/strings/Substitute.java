package io.mysqlproxy.script.lua.strings;

import io.mysqlproxy.script.lua.call.Arguments;
import io.mysqlproxy.script.lua.call.Fault;
import java.io.ByteArrayOutputStream;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** One call of {@code gsub}. */
final class Substitute {
    private final LuaString subject;
    private final Pattern pattern;
    private final LuaValue replacement;
    private final long most;
    private final Captures captures;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Substitute(Arguments arguments) {
        subject = arguments.string(1);
        pattern = new Pattern(arguments.string(2));
        replacement = arguments.get(3);
        most = arguments.integer(4, subject.m_length + 1L);
        if (!replacement.isstring() && !replacement.istable() && !replacement.isfunction()) {
            throw arguments.bad(3, "string/function/table expected");
        }
        captures = new Captures(subject);
    }

    Varargs run() {
        Matcher matcher = new Matcher(captures, pattern);
        int from = pattern.isAnchored() ? 1 : 0;
        int s = 0;
        int count = 0;
        while (count < most) {
            int end = matcher.match(s, from);
            if (end >= 0) {
                count++;
                replace(s, end);
            }
            if (end > s) {
                s = end;
            } else if (s < subject.m_length) {
                out.write(subject.luaByte(s++));
            } else {
                break;
            }
            if (from == 1) {
                break;
            }
        }
        write(s, subject.m_length);
        return LuaValue.varargsOf(LuaString.valueUsing(out.toByteArray()), LuaValue.valueOf(count));
    }

    private void replace(int start, int end) {
        if (replacement.isstring()) {
            fill(replacement.strvalue(), start, end);
            return;
        }
        LuaValue value = replacement.istable()
                ? replacement.get(captures.get(0, start, end))
                : replacement.invoke(captures.results(start, end)).arg1();
        if (!value.toboolean()) {
            write(start, end);
        } else if (value.isstring()) {
            write(value.strvalue());
        } else {
            throw Fault.of("invalid replacement value (a " + value.typename() + ")");
        }
    }

    private void fill(LuaString text, int start, int end) {
        for (int i = 0; i < text.m_length; i++) {
            int b = text.luaByte(i);
            if (b != Pattern.ESCAPE) {
                out.write(b);
                continue;
            }
            // C reads the NUL behind a text that ends here
            b = ++i < text.m_length ? text.luaByte(i) : 0;
            if (!CharacterClass.isDigit(b)) {
                out.write(b);
            } else if (b == '0') {
                write(start, end);
            } else {
                write(captures.get(b - '1', start, end).strvalue());
            }
        }
    }

    private void write(int start, int end) {
        out.write(subject.m_bytes, subject.m_offset + start, end - start);
    }

    private void write(LuaString text) {
        out.write(text.m_bytes, text.m_offset, text.m_length);
    }
}

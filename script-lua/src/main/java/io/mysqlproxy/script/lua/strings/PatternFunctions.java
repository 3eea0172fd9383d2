package io.mysqlproxy.script.lua.strings;

import io.mysqlproxy.script.lua.call.Arguments;
import io.mysqlproxy.script.lua.call.Builtin;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The functions of {@code string} that take a pattern. */
final class PatternFunctions {
    private PatternFunctions() {}

    /** Puts them into {@code string}. */
    static void open(LuaTable string) {
        Builtin.add(string, "find", a -> search(a, true));
        Builtin.add(string, "match", a -> search(a, false));
        Builtin.add(string, "gmatch", PatternFunctions::gmatch);
        Builtin.add(string, "gsub", a -> new Substitute(a).run());
        string.rawset("gfind", string.get("gmatch"));
    }

    private static Varargs search(Arguments arguments, boolean find) {
        LuaString subject = arguments.string(1);
        Pattern pattern = new Pattern(arguments.string(2));
        int start = start(arguments.integer(3, 1), subject.m_length);
        if (find && (arguments.get(4).toboolean() || pattern.isPlain())) {
            return plain(subject, arguments.string(2), start);
        }
        Captures captures = new Captures(subject);
        Matcher matcher = new Matcher(captures, pattern);
        int from = pattern.isAnchored() ? 1 : 0;
        int last = from == 1 ? start : subject.m_length;
        for (int s = start; s <= last; s++) {
            int end = matcher.match(s, from);
            if (end >= 0) {
                return find
                        ? captures.after(LuaValue.varargsOf(LuaInteger.valueOf(s + 1), LuaInteger.valueOf(end)))
                        : captures.results(s, end);
            }
        }
        return LuaValue.NIL;
    }

    private static int start(long given, int length) {
        long start = given < 0 ? Math.max(0, length + given) : given - 1;
        return (int) Math.max(0, Math.min(start, length));
    }

    private static Varargs plain(LuaString subject, LuaString wanted, int start) {
        int found = subject.indexOf(wanted, start);
        return found < 0
                ? LuaValue.NIL
                : LuaValue.varargsOf(LuaInteger.valueOf(found + 1), LuaInteger.valueOf(found + wanted.m_length));
    }

    private static Varargs gmatch(Arguments arguments) {
        LuaString subject = arguments.string(1);
        Captures captures = new Captures(subject);
        Matcher matcher = new Matcher(captures, new Pattern(arguments.string(2)));
        int[] next = {0};
        return new Builtin("gmatch_aux", none -> {
            for (int s = next[0]; s <= subject.m_length; s++) {
                int end = matcher.match(s, 0);
                if (end >= 0) {
                    // an empty match would be found again and again
                    next[0] = end == s ? end + 1 : end;
                    return captures.results(s, end);
                }
            }
            return LuaValue.NIL;
        });
    }
}

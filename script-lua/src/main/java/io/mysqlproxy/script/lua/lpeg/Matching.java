package io.mysqlproxy.script.lua.lpeg;

import io.mysqlproxy.script.lua.call.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** One run of a pattern over a subject. */
final class Matching {
    final LuaString subject;
    final int length;
    final CaptureValues values;
    private List<Capture> captures = new ArrayList<>();
    private Map<LuaValue, Peg> rules = Map.of();

    /** @param extra what {@code Carg} gives */
    Matching(LuaString subject, Varargs extra) {
        this.subject = subject;
        this.length = subject.m_length;
        this.values = new CaptureValues(subject, extra);
    }

    int byteAt(int index) {
        return subject.m_bytes[subject.m_offset + index] & 0xFF;
    }

    /** How many captures there are; for {@link #forget}. */
    int mark() {
        return captures.size();
    }

    /** Drops the captures of a try that failed. */
    void forget(int mark) {
        captures.subList(mark, captures.size()).clear();
    }

    /** Those since a mark, which no longer count on their own. */
    List<Capture> take(int mark) {
        List<Capture> since = captures.subList(mark, captures.size());
        List<Capture> taken = List.copyOf(since);
        since.clear();
        return taken;
    }

    void add(Capture capture) {
        captures.add(capture);
    }

    List<LuaValue> captured() {
        return values.all(captures);
    }

    /** Matches with the rules of a grammar, which hides the one around it. */
    int within(Map<LuaValue, Peg> grammar, Peg start, int at) {
        Map<LuaValue, Peg> outer = rules;
        rules = grammar;
        try {
            return start.match(this, at);
        } finally {
            rules = outer;
        }
    }

    Peg rule(LuaValue name) {
        Peg rule = rules.get(name);
        if (rule == null) {
            throw Fault.of("rule '" + name.tojstring() + "' is used outside a grammar that has it");
        }
        return rule;
    }
}

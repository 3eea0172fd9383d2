package io.mysqlproxy.script.lua.lpeg;

import io.mysqlproxy.script.lua.call.Fault;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Knows of the rules of a grammar which may match without taking a byte, and refuses those that would never end. */
final class Rules {
    /** Outside of any grammar nothing is known of a rule yet. */
    static final Rules NONE = new Rules(Map.of());

    private final Map<LuaValue, Peg> rules;
    private final Map<LuaValue, Boolean> known = new HashMap<>();
    private final Set<LuaValue> asking = new HashSet<>();

    private Rules(Map<LuaValue, Peg> rules) {
        this.rules = rules;
    }

    /** A checked grammar of a table: rules by name, and at 1 the first rule or its name. */
    static Peg grammar(LuaTable table, Function<LuaValue, Peg> pattern) {
        LuaValue first = table.get(1);
        if (first.isnil()) {
            throw Fault.of("grammar has no initial rule");
        }
        LuaValue start = first.isstring() ? first : LuaValue.ONE;
        Map<LuaValue, Peg> found = new HashMap<>();
        for (Varargs entry = table.next(LuaValue.NIL); !entry.arg1().isnil(); entry = table.next(entry.arg1())) {
            if (!entry.arg1().raweq(LuaValue.ONE) || !first.isstring()) {
                found.put(entry.arg1(), pattern.apply(entry.arg(2)));
            }
        }
        if (!found.containsKey(start)) {
            throw Fault.of("rule '" + start.tojstring() + "' is not defined in given grammar");
        }
        Rules rules = new Rules(found);
        found.values().forEach(rules::check);
        return new Peg.Grammar(found, found.get(start), rules.empties(start));
    }

    /** Whether a rule may match without taking a byte. */
    boolean empties(LuaValue name) {
        if (this == NONE) {
            return false;
        }
        Boolean answer = known.get(name);
        if (answer == null) {
            answer = ask(name);
            known.put(name, answer);
        }
        return answer;
    }

    private boolean ask(LuaValue name) {
        Peg rule = rules.get(name);
        if (rule == null) {
            throw Fault.of("rule '" + name.tojstring() + "' is not defined in given grammar");
        }
        if (!asking.add(name)) {
            throw Fault.of("rule '" + name.tojstring() + "' is left recursive");
        }
        boolean empties = rule.empties(this);
        asking.remove(name);
        return empties;
    }

    private void check(Peg peg) {
        if (peg instanceof Peg.Reference reference) {
            empties(reference.name());
        } else if (peg instanceof Peg.Repeat repeat && repeat.most() == Integer.MAX_VALUE) {
            checkLoop(repeat.body());
        }
        peg.parts().forEach(this::check);
    }

    /** Refuses what could be repeated for ever. */
    void checkLoop(Peg body) {
        if (body.empties(this)) {
            throw Fault.of("loop body may accept empty string");
        }
    }
}

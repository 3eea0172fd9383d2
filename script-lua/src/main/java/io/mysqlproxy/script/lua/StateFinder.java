package io.mysqlproxy.script.lua;

import io.mysqlproxy.script.ScopeWarning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.luaj.vm2.Lua;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;
import org.luaj.vm2.Upvaldesc;

/**
 * Finds variables of a script's top level that one function sets, or sets a field of, and another one reads, or the same one
 * before it sets them: what is kept in them is lost where each hook runs the body anew (J-03).
 *
 * <p>It reads the compiled body, since the compiler has worked out already which name means which variable.
 */
final class StateFinder {
    private static final String ENVIRONMENT = "_ENV";

    /** Tables that outlast the body run, and so does what is set in them. */
    private static final Set<String> LASTING = Set.of("proxy", "_G", "package", "string", "table", "math", "os", "io");

    private final Map<String, Variable> variables = new TreeMap<>();

    /** What the functions do to one variable; functions are numbered in the order of the text. */
    private static final class Variable {
        final String name;
        final Map<Integer, Integer> firstWrite = new HashMap<>();
        final Map<Integer, Integer> firstRead = new HashMap<>();
        final Set<Integer> lines = new TreeSet<>();
        final Set<Integer> fieldLines = new TreeSet<>();

        Variable(String name) {
            this.name = name;
        }

        boolean outlivesItsCall() {
            for (Map.Entry<Integer, Integer> write : firstWrite.entrySet()) {
                for (Map.Entry<Integer, Integer> read : firstRead.entrySet()) {
                    if (!read.getKey().equals(write.getKey()) || read.getValue() < write.getValue()) {
                        return true;
                    }
                }
            }
            return !fieldLines.isEmpty();
        }
    }

    /** One function: its number, and which variable of the top level each of its upvalues is; null for others. */
    private record Scope(Prototype code, int number, String[] upvalues) {}

    private final Set<String> tables = new HashSet<>();
    private int functions;

    /** Where the current function begins, if all are thought of as one text. */
    private int base;

    private StateFinder() {}

    /** @param body the compiled top level */
    static List<ScopeWarning> find(Prototype body) {
        StateFinder finder = new StateFinder();
        String[] own = new String[body.upvalues.length];
        for (int i = 0; i < own.length; i++) {
            own[i] = ENVIRONMENT.equals(name(body.upvalues[i])) ? ENVIRONMENT : null;
        }
        Scope top = new Scope(body, 0, own);
        finder.tables(top);
        finder.inner(top, true);
        List<ScopeWarning> warnings = new ArrayList<>();
        finder.variables.values().stream().filter(Variable::outlivesItsCall).forEach(v -> {
            Set<Integer> lines = new TreeSet<>(v.lines);
            lines.addAll(v.fieldLines);
            warnings.add(new ScopeWarning(v.name, List.copyOf(lines)));
        });
        return warnings;
    }

    /** The variables that the top level makes a table of its own: fields of others may well be kept elsewhere. */
    private void tables(Scope top) {
        Set<Integer> fresh = new HashSet<>();
        for (int i : top.code().code) {
            int opcode = Lua.GET_OPCODE(i);
            if (opcode == Lua.OP_NEWTABLE) {
                fresh.add(Lua.GETARG_A(i));
                tables.add(String.valueOf(Lua.GETARG_A(i)));
            } else if (opcode == Lua.OP_SETTABUP && fresh.contains(Lua.GETARG_C(i))) {
                tables.add(String.valueOf(global(top, Lua.GETARG_B(i))));
            }
        }
    }

    private boolean isTable(String variable) {
        return tables.contains(variable) || tables.contains(variable.substring(0, variable.indexOf(':')));
    }

    private static String name(Upvaldesc upvalue) {
        return upvalue.name == null ? null : upvalue.name.tojstring();
    }

    /** The functions in a function; a local of the top level is known by its place in the frame and its name. */
    private void inner(Scope outer, boolean top) {
        for (Prototype code : outer.code().p) {
            String[] upvalues = new String[code.upvalues.length];
            for (int i = 0; i < upvalues.length; i++) {
                Upvaldesc upvalue = code.upvalues[i];
                if (!upvalue.instack) {
                    upvalues[i] = outer.upvalues()[upvalue.idx];
                } else if (top && name(upvalue) != null) {
                    upvalues[i] = upvalue.idx + ":" + name(upvalue);
                }
            }
            // a function in a function belongs to the call of the outer one
            Scope scope = new Scope(code, top ? ++functions : outer.number(), upvalues);
            read(scope);
            inner(scope, false);
        }
    }

    private void read(Scope scope) {
        int[] code = scope.code().code;
        Map<Integer, String> held = new HashMap<>();
        Set<Integer> targets = targets(code);
        for (int pc = 0; pc < code.length; pc++) {
            if (targets.contains(pc)) {
                held.clear();
            }
            instruction(scope, pc, code[pc], held);
        }
        base += code.length;
    }

    /**
     * @param held which registers hold a variable of the top level just now: a field that is set in one is kept in that variable
     */
    private void instruction(Scope scope, int pc, int i, Map<Integer, String> held) {
        int a = Lua.GETARG_A(i);
        switch (Lua.GET_OPCODE(i)) {
            case Lua.OP_GETUPVAL -> {
                String variable = scope.upvalues()[Lua.GETARG_B(i)];
                readAt(scope, pc, variable);
                held.put(a, variable);
            }
            case Lua.OP_SETUPVAL -> writtenAt(scope, pc, scope.upvalues()[Lua.GETARG_B(i)]);
            case Lua.OP_GETTABUP -> {
                String table = scope.upvalues()[Lua.GETARG_B(i)];
                String variable = ENVIRONMENT.equals(table) ? global(scope, Lua.GETARG_C(i)) : table;
                readAt(scope, pc, variable);
                held.remove(a);
                if (ENVIRONMENT.equals(table) && variable != null) {
                    held.put(a, variable);
                }
            }
            case Lua.OP_SETTABUP -> {
                String table = scope.upvalues()[a];
                if (ENVIRONMENT.equals(table)) {
                    writtenAt(scope, pc, global(scope, Lua.GETARG_B(i)));
                } else {
                    fieldAt(scope, pc, table);
                }
            }
            case Lua.OP_SETTABLE -> fieldAt(scope, pc, held.get(a));
            case Lua.OP_SETLIST, Lua.OP_TFORCALL, Lua.OP_CALL, Lua.OP_TAILCALL, Lua.OP_VARARG, Lua.OP_LOADNIL ->
                held.keySet().removeIf(register -> register >= a);
            default -> held.remove(a);
        }
    }

    /** Where jumps lead to: what registers hold there depends on the way. */
    private static Set<Integer> targets(int[] code) {
        Set<Integer> targets = new HashSet<>();
        for (int pc = 0; pc < code.length; pc++) {
            switch (Lua.GET_OPCODE(code[pc])) {
                case Lua.OP_JMP, Lua.OP_FORLOOP, Lua.OP_FORPREP, Lua.OP_TFORLOOP ->
                    targets.add(pc + 1 + Lua.GETARG_sBx(code[pc]));
                default -> {}
            }
        }
        return targets;
    }

    private static String global(Scope scope, int operand) {
        if (!Lua.ISK(operand)) {
            return null;
        }
        LuaValue key = scope.code().k[Lua.INDEXK(operand)];
        return key.isstring() && !LASTING.contains(key.tojstring()) ? "_:" + key.tojstring() : null;
    }

    private void readAt(Scope scope, int pc, String variable) {
        if (variable != null && !variable.equals(ENVIRONMENT)) {
            variable(variable).firstRead.putIfAbsent(scope.number(), base + pc);
        }
    }

    private void writtenAt(Scope scope, int pc, String variable) {
        if (variable != null) {
            variable(variable).firstWrite.putIfAbsent(scope.number(), base + pc);
            variable(variable).lines.add(scope.code().lineinfo[pc]);
        }
    }

    private void fieldAt(Scope scope, int pc, String variable) {
        if (variable != null && !variable.equals(ENVIRONMENT) && isTable(variable)) {
            variable(variable).fieldLines.add(scope.code().lineinfo[pc]);
        }
    }

    private Variable variable(String key) {
        return variables.computeIfAbsent(key, k -> new Variable(k.substring(k.indexOf(':') + 1)));
    }
}

package io.mysqlproxy.script.lua.call;

import org.luaj.vm2.Lua;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;
import org.luaj.vm2.Varargs;

/**
 * The local variable {@code arg} of a function with {@code ...}: a table, unless the function mentions {@code ...} itself.
 *
 * <p>LuaJ compiles {@code arg} as a global. Here those accesses become accesses to one more register, which is filled when
 * the function starts.
 */
public final class ImplicitArg {
    private static final LuaString NAME = LuaValue.valueOf("arg");
    private static final LuaString COUNT = LuaValue.valueOf("n");
    /** In {@link Prototype#is_vararg}: any value but 0 means the same to LuaJ. */
    private static final int DECLARED = 2;

    private static final int NEEDED = 4;

    private static final int MOST_REGISTERS = 250;

    private ImplicitArg() {}

    /** Corrects a compiled chunk. */
    public static void correct(Prototype chunk) {
        for (Prototype inner : chunk.p) {
            if (inner.is_vararg != 0 && inner.maxstacksize < MOST_REGISTERS && correctOne(inner)) {
                inner.maxstacksize++;
                inner.is_vararg |= mentionsDots(inner) ? DECLARED : NEEDED;
            }
            correct(inner);
        }
    }

    /** A function that has the variable starts. */
    static void fill(Prototype function, LuaValue[] stack, Varargs arguments) {
        if ((function.is_vararg & NEEDED) == 0) {
            stack[function.maxstacksize - 1] = LuaValue.NIL;
            return;
        }
        LuaTable table = new LuaTable(arguments.narg(), 1);
        for (int i = 1; i <= arguments.narg(); i++) {
            table.rawset(i, arguments.arg(i));
        }
        table.rawset(COUNT, LuaValue.valueOf(arguments.narg()));
        stack[function.maxstacksize - 1] = table;
    }

    private static boolean mentionsDots(Prototype function) {
        for (int instruction : function.code) {
            if (Lua.GET_OPCODE(instruction) == Lua.OP_VARARG) {
                return true;
            }
        }
        return false;
    }

    private static boolean correctOne(Prototype function) {
        int register = function.maxstacksize;
        boolean found = false;
        for (int pc = 0; pc < function.code.length; pc++) {
            int instruction = function.code[pc];
            int operation = Lua.GET_OPCODE(instruction);
            int a = Lua.GETARG_A(instruction);
            if (operation == Lua.OP_GETTABUP && isArg(function, Lua.GETARG_B(instruction), Lua.GETARG_C(instruction))) {
                function.code[pc] = move(a, register);
                found = true;
            } else if (operation == Lua.OP_SETTABUP && isArg(function, a, Lua.GETARG_B(instruction))) {
                function.code[pc] = assign(register, Lua.GETARG_C(instruction));
                found = true;
            }
        }
        return found;
    }

    private static boolean isArg(Prototype function, int upvalue, int key) {
        return Lua.ISK(key)
                && NAME.equals(function.k[Lua.INDEXK(key)])
                && LuaValue.ENV.equals(function.upvalues[upvalue].name);
    }

    private static int move(int to, int from) {
        return Lua.OP_MOVE | to << Lua.POS_A | from << Lua.POS_B;
    }

    private static int assign(int register, int value) {
        return Lua.ISK(value)
                ? Lua.OP_LOADK | register << Lua.POS_A | Lua.INDEXK(value) << Lua.POS_Bx
                : move(register, value);
    }
}

package io.mysqlproxy.script.lua.call;

import org.luaj.vm2.Lua;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;

/**
 * What a script calls a value.
 *
 * @param kind {@code global}, {@code local}, {@code method}, {@code field} or {@code upvalue}
 * @param name its name
 */
public record Variable(String kind, String name) {
    private static final String ENVIRONMENT = "_ENV";
    private static final String UNKNOWN = "?";

    /** The function that the instruction calls; null if it calls none, or one without a name. */
    static Variable called(LuaClosure function, int pc) {
        int instruction = function.p.code[pc];
        return switch (Lua.GET_OPCODE(instruction)) {
            case Lua.OP_CALL, Lua.OP_TAILCALL, Lua.OP_TFORCALL -> inRegister(function.p, pc, Lua.GETARG_A(instruction));
            default -> null;
        };
    }

    /** What was put into a register before an instruction. */
    static Variable inRegister(Prototype prototype, int pc, int register) {
        LuaString local = prototype.getlocalname(register + 1, pc);
        if (local != null) {
            return new Variable("local", Positions.text(local));
        }
        int setter = setter(prototype, pc, register);
        return setter < 0 ? null : assigned(prototype, pc, prototype.code[setter]);
    }

    /** The name of a function's own upvalue. */
    static Variable upvalue(Prototype prototype, int index) {
        return new Variable("upvalue", upvalueName(prototype, index));
    }

    private static Variable assigned(Prototype prototype, int pc, int instruction) {
        int b = Lua.GETARG_B(instruction);
        return switch (Lua.GET_OPCODE(instruction)) {
            case Lua.OP_MOVE -> b < Lua.GETARG_A(instruction) ? inRegister(prototype, pc, b) : null;
            case Lua.OP_GETUPVAL -> upvalue(prototype, b);
            case Lua.OP_GETTABUP ->
                new Variable(
                        ENVIRONMENT.equals(upvalueName(prototype, b)) ? "global" : "field",
                        key(prototype, instruction));
            case Lua.OP_GETTABLE -> new Variable("field", key(prototype, instruction));
            case Lua.OP_SELF -> new Variable("method", key(prototype, instruction));
            default -> null;
        };
    }

    private static String key(Prototype prototype, int instruction) {
        int c = Lua.GETARG_C(instruction);
        LuaValue key = Lua.ISK(c) ? prototype.k[Lua.INDEXK(c)] : LuaValue.NIL;
        return key instanceof LuaString name ? Positions.text(name) : UNKNOWN;
    }

    private static String upvalueName(Prototype prototype, int index) {
        LuaString name = prototype.upvalues[index].name;
        return name == null ? UNKNOWN : Positions.text(name);
    }

    /** The last instruction before another that sets a register, on the way that takes every jump; -1 for a parameter. */
    private static int setter(Prototype prototype, int last, int register) {
        int setter = -1;
        for (int pc = 0; pc < last; pc++) {
            int instruction = prototype.code[pc];
            if (sets(instruction, register)) {
                setter = pc;
            }
            if (Lua.GET_OPCODE(instruction) == Lua.OP_JMP) {
                int target = pc + 1 + Lua.GETARG_sBx(instruction);
                pc = target > pc && target <= last ? target - 1 : pc;
            }
        }
        return setter;
    }

    private static boolean sets(int instruction, int register) {
        int a = Lua.GETARG_A(instruction);
        return switch (Lua.GET_OPCODE(instruction)) {
            case Lua.OP_LOADNIL -> a <= register && register <= a + Lua.GETARG_B(instruction);
            case Lua.OP_TFORCALL -> register >= a + 2;
            case Lua.OP_CALL, Lua.OP_TAILCALL -> register >= a;
            case Lua.OP_SELF -> register == a || register == a + 1;
            case Lua.OP_VARARG -> register >= a;
            case Lua.OP_JMP, Lua.OP_SETTABUP, Lua.OP_SETUPVAL, Lua.OP_SETTABLE, Lua.OP_EQ, Lua.OP_LT, Lua.OP_LE ->
                false;
            case Lua.OP_RETURN, Lua.OP_SETLIST, Lua.OP_EXTRAARG -> false;
            // OP_TEST too: what follows it may come from elsewhere
            default -> register == a;
        };
    }
}

package io.mysqlproxy.script.lua.call;

import org.luaj.vm2.Lua;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * The texts of Lua 5.1 for what LuaJ raises without saying which variable is to blame.
 *
 * <p>The instruction that failed has changed nothing, so its operands are still where they were.
 */
public final class TypeErrors {
    private static final int MOST_STEPS = 100;

    private final LuaClosure function;
    private final LuaValue[] stack;
    private final int pc;
    private final int instruction;

    private TypeErrors(LuaClosure function, Frame frame) {
        this.function = function;
        this.stack = frame.stack;
        this.pc = frame.pc;
        this.instruction = function.p.code[pc];
    }

    /** The text for an error of LuaJ's that reaches a function. */
    static String text(LuaError error, Frame frame) {
        String text = null;
        if (frame != null && frame.function instanceof LuaClosure closure) {
            text = new TypeErrors(closure, frame).text();
        }
        return text == null ? String.valueOf(error.getMessage()) : text;
    }

    /** What the function that runs is told of its assignment into something of the proxy that takes none. */
    public static String unassignable() {
        Frame top = Frames.current().at(0);
        String text = top != null && top.function instanceof LuaClosure closure
                ? new TypeErrors(closure, top).assignment()
                : null;
        return text == null ? "attempt to index a userdata value" : text;
    }

    /** {@code attempt to compare ...}, as 5.1 puts it: it looks at the third letter of the types only. */
    public static String order(LuaValue left, LuaValue right) {
        String first = left.typename();
        String second = right.typename();
        return first.charAt(2) == second.charAt(2)
                ? "attempt to compare two " + first + " values"
                : "attempt to compare " + first + " with " + second;
    }

    private String text() {
        int a = Lua.GETARG_A(instruction);
        int b = Lua.GETARG_B(instruction);
        int c = Lua.GETARG_C(instruction);
        return switch (Lua.GET_OPCODE(instruction)) {
            case Lua.OP_GETTABUP -> index(function.upValues[b].getValue(), upvalue(b), LuaValue.INDEX, c);
            case Lua.OP_SETTABUP -> index(function.upValues[a].getValue(), upvalue(a), LuaValue.NEWINDEX, b);
            case Lua.OP_GETTABLE, Lua.OP_SELF -> index(stack[b], register(b), LuaValue.INDEX, c);
            case Lua.OP_SETTABLE -> index(stack[a], register(a), LuaValue.NEWINDEX, b);
            case Lua.OP_ADD, Lua.OP_SUB, Lua.OP_MUL, Lua.OP_DIV, Lua.OP_MOD, Lua.OP_POW -> arithmetic(b, c);
            case Lua.OP_UNM -> arithmetic(b, b);
            case Lua.OP_LEN -> blamed("get length of", stack[b], register(b));
            case Lua.OP_CONCAT -> concatenation(b, c);
            case Lua.OP_LT, Lua.OP_LE -> order(operand(b), operand(c));
            case Lua.OP_CALL, Lua.OP_TAILCALL -> isCallable(stack[a]) ? null : blamed("call", stack[a], register(a));
            case Lua.OP_TFORCALL -> isCallable(stack[a]) ? null : blamed("call", stack[a], null);
            default -> null;
        };
    }

    private String assignment() {
        int a = Lua.GETARG_A(instruction);
        return switch (Lua.GET_OPCODE(instruction)) {
            case Lua.OP_SETTABUP -> blamed("index", function.upValues[a].getValue(), upvalue(a));
            case Lua.OP_SETTABLE -> blamed("index", stack[a], register(a));
            default -> null;
        };
    }

    private String index(LuaValue given, Variable name, LuaString event, int key) {
        LuaValue at = given;
        for (int i = 0; i < MOST_STEPS; i++) {
            LuaValue next = at.metatag(event);
            if (next.isnil()) {
                return at instanceof LuaTable ? badKey(operand(key)) : blamed("index", at, at == given ? name : null);
            }
            if (next.isfunction()) {
                return null;
            }
            at = next;
        }
        return event == LuaValue.INDEX ? "loop in gettable" : "loop in settable";
    }

    private static String badKey(LuaValue key) {
        return key.isnil() ? "table index is nil" : "table index is NaN";
    }

    private String arithmetic(int left, int right) {
        int wrong = operand(left).isnumber() ? right : left;
        return blamed("perform arithmetic on", operand(wrong), operandName(wrong));
    }

    /** From the right: what was put together last, is on the left. */
    private String concatenation(int first, int last) {
        for (int i = last - 1; i >= first; i--) {
            int wrong = stack[i].isstring() ? i + 1 : i;
            if (!stack[wrong].isstring()
                    && stack[wrong].metatag(LuaValue.CONCAT).isnil()) {
                return blamed("concatenate", stack[wrong], register(wrong));
            }
        }
        return null;
    }

    private static String blamed(String operation, LuaValue value, Variable name) {
        String type = value.typename() + " value";
        return "attempt to " + operation + " "
                + (name == null ? "a " + type : name.kind() + " '" + name.name() + "' (a " + type + ")");
    }

    private static boolean isCallable(LuaValue value) {
        return value.isfunction() || value.metatag(LuaValue.CALL).isfunction();
    }

    private LuaValue operand(int index) {
        return Lua.ISK(index) ? function.p.k[Lua.INDEXK(index)] : stack[index];
    }

    private Variable operandName(int index) {
        return Lua.ISK(index) ? null : register(index);
    }

    private Variable register(int index) {
        return Variable.inRegister(function.p, pc, index);
    }

    private Variable upvalue(int index) {
        return Variable.upvalue(function.p, index);
    }
}

package io.mysqlproxy.script.lua.patch;

import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;

/** Operators through metamethods as in Lua 5.1. Called from substituted methods. */
public final class Operators {
    private Operators() {}

    /** {@code -a}: the metamethod gets its operand twice. */
    public static LuaValue negated(LuaValue operand) {
        LuaValue method = operand.metatag(LuaValue.UNM);
        if (method.isnil()) {
            throw new LuaError("attempt to perform arithmetic");
        }
        return method.call(operand, operand);
    }

    /** {@code a < b} or {@code a <= b}: for two of the same type that have the same metamethod. */
    public static LuaValue compared(LuaValue left, LuaValue event, LuaValue right) {
        if (left.type() == right.type()) {
            LuaValue method = shared(left, right, event);
            if (method != null) {
                return LuaValue.valueOf(method.call(left, right).toboolean());
            }
            method = event.raweq(LuaValue.LE) ? shared(left, right, LuaValue.LT) : null;
            if (method != null) {
                return method.call(right, left).not();
            }
        }
        throw new LuaError("attempt to compare");
    }

    private static LuaValue shared(LuaValue left, LuaValue right, LuaValue event) {
        LuaValue method = left.metatag(event);
        return !method.isnil() && method.raweq(right.metatag(event)) ? method : null;
    }
}

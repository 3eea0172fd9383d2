package io.mysqlproxy.script.lua.host;

import io.mysqlproxy.script.Kind;
import io.mysqlproxy.script.lua.call.Fault;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** Lua values as what a {@link Kind} says, and the errors for those that are something else. */
final class Arguments {
    private Arguments() {}

    /** The value for the core, or null if it is of another type. */
    static Object convert(Kind kind, LuaValue value) {
        return switch (kind) {
            case INTEGER -> value.isnumber() ? (Long) (long) value.todouble() : null;
            case INDEX -> value.isnumber() ? (Long) ((long) value.todouble() - 1) : null;
            case BOOLEAN -> value.isboolean() ? value.toboolean() : null;
            case BYTES -> value.isstring() ? LuaValues.bytes(value.strvalue()) : null;
            case RECORD -> value instanceof LuaTable table ? new LuaRef(table) : null;
        };
    }

    /** Whatever the value is; null for what the core has no use for. */
    static Object convert(LuaValue value) {
        return switch (value.type()) {
            case LuaValue.TBOOLEAN -> value.toboolean();
            case LuaValue.TNUMBER -> value.islong() ? (Object) value.tolong() : (Object) value.todouble();
            case LuaValue.TSTRING -> LuaValues.bytes(value.strvalue());
            case LuaValue.TTABLE -> new LuaRef(value.checktable());
            default -> value instanceof LuaHost host ? host.object() : null;
        };
    }

    static Fault wrongType(int index, String function, Kind kind, LuaValue value) {
        String got = value == LuaValue.NONE ? "no value" : value.typename();
        return bad(index, function, typeName(kind) + " expected, got " + got);
    }

    static Fault bad(int index, String function, String text) {
        return Fault.of("bad argument #" + index + " to '" + function + "' (" + text + ")");
    }

    static String typeName(Kind kind) {
        return switch (kind) {
            case INTEGER, INDEX -> "number";
            case BOOLEAN -> "boolean";
            case BYTES -> "string";
            case RECORD -> "table";
        };
    }
}

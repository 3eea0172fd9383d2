package io.mysqlproxy.script.lua.call;

import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The arguments of one call of a library function, checked with the texts of Lua 5.1.
 *
 * @param values what was given
 */
public record Arguments(Varargs values) {
    /** How many there are. */
    public int count() {
        return values.narg();
    }

    /** An argument as it is; nil if it is missing. */
    public LuaValue get(int index) {
        return values.arg(index);
    }

    /** Whether an argument is missing or nil. */
    public boolean missing(int index) {
        return values.arg(index).isnil();
    }

    /** Anything, even nil, but given. */
    public LuaValue any(int index) {
        if (index > values.narg()) {
            throw bad(index, "value expected");
        }
        return values.arg(index);
    }

    /** A string, or a number as its text. */
    public LuaString string(int index) {
        LuaValue value = values.arg(index);
        if (value instanceof LuaString text) {
            return text;
        }
        if (!value.isstring()) {
            throw wrongType(index, "string");
        }
        return value.strvalue();
    }

    /** A string, or the default for nil. */
    public LuaString string(int index, LuaString otherwise) {
        return missing(index) ? otherwise : string(index);
    }

    /** A number, or a string that looks like one. */
    public double number(int index) {
        LuaValue value = values.arg(index);
        if (!value.isnumber()) {
            throw wrongType(index, "number");
        }
        return value.todouble();
    }

    /** A number without its fraction. */
    public long integer(int index) {
        return (long) number(index);
    }

    /** A number without its fraction, or the default for nil. */
    public long integer(int index, long otherwise) {
        return missing(index) ? otherwise : integer(index);
    }

    /** A number as C's {@code int} keeps it. */
    public int small(int index) {
        return (int) integer(index);
    }

    /** The same, or the default for nil. */
    public int small(int index, int otherwise) {
        return missing(index) ? otherwise : small(index);
    }

    /** A table. */
    public LuaTable table(int index) {
        if (values.arg(index) instanceof LuaTable table) {
            return table;
        }
        throw wrongType(index, "table");
    }

    /** A function. */
    public LuaFunction function(int index) {
        if (values.arg(index) instanceof LuaFunction found) {
            return found;
        }
        throw wrongType(index, "function");
    }

    /** One of several words. */
    public String option(int index, String otherwise, String... options) {
        String given = missing(index) && otherwise != null ? otherwise : Positions.text(string(index));
        for (String option : options) {
            if (option.equals(given)) {
                return given;
            }
        }
        throw bad(index, "invalid option '" + given + "'");
    }

    /** The error for an argument of the wrong type. */
    public Fault wrongType(int index, String expected) {
        String got = index > values.narg() ? "no value" : values.arg(index).typename();
        return bad(index, expected + " expected, got " + got);
    }

    /** The error for an argument. What the function is called is up to the script, and {@code a:f()} counts from the next. */
    public Fault bad(int index, String text) {
        Variable called = Frames.current().nameOf(0);
        String name = called == null ? "?" : called.name();
        int shown = called != null && called.kind().equals("method") ? index - 1 : index;
        return Fault.of(
                shown == 0
                        ? "calling '" + name + "' on bad self (" + text + ")"
                        : "bad argument #" + shown + " to '" + name + "' (" + text + ")");
    }
}

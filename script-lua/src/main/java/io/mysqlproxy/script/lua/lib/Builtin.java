package io.mysqlproxy.script.lua.lib;

import java.util.function.Function;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/** A library function of ours. */
public final class Builtin extends VarArgFunction {
    private final Function<Arguments, Varargs> body;

    /**
     * @param name for error texts
     * @param body gives the results
     */
    public Builtin(String name, Function<Arguments, Varargs> body) {
        this.name = name;
        this.body = body;
    }

    /** Puts a function into a table under its name. */
    static void add(LuaValue table, String name, Function<Arguments, Varargs> body) {
        table.rawset(name, new Builtin(name, body));
    }

    @Override
    public Varargs invoke(Varargs arguments) {
        return body.apply(new Arguments(name, arguments));
    }

    @Override
    public String tojstring() {
        return "function: builtin: " + Integer.toHexString(hashCode());
    }
}

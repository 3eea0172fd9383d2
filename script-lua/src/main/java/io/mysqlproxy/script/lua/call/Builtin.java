package io.mysqlproxy.script.lua.call;

import java.util.function.Function;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/** A library function of ours: noted as running, as Lua 5.1 does with those written in C. */
public final class Builtin extends VarArgFunction {
    private final Function<Arguments, Varargs> body;

    /**
     * @param name for the case that a script never names it
     * @param body gives the results
     */
    public Builtin(String name, Function<Arguments, Varargs> body) {
        this.name = name;
        this.body = body;
    }

    /** Puts a function into a table under its name. */
    public static void add(LuaValue table, String name, Function<Arguments, Varargs> body) {
        table.rawset(name, new Builtin(name, body));
    }

    @Override
    public Varargs invoke(Varargs arguments) {
        Frames frames = Frames.current();
        int depth = frames.depth;
        try {
            frames.enter(this);
            return body.apply(new Arguments(arguments));
        } catch (LuaError e) {
            throw frames.raised(e);
        } catch (StackOverflowError e) {
            frames.raised(e);
            throw e;
        } finally {
            frames.depth = depth;
        }
    }

    @Override
    public String tojstring() {
        return "function: builtin: " + name;
    }
}

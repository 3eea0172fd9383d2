package io.mysqlproxy.script.lua.coroutine;

import io.mysqlproxy.script.lua.call.Arguments;
import io.mysqlproxy.script.lua.call.Builtin;
import io.mysqlproxy.script.lua.call.Fault;
import io.mysqlproxy.script.lua.text.Latin1;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code coroutine}. */
public final class CoroutineLibrary {
    private CoroutineLibrary() {}

    /** The table of the library. */
    public static LuaTable table(Globals globals) {
        LuaTable coroutine = new LuaTable();
        Builtin.add(coroutine, "create", a -> create(globals, a));
        Builtin.add(coroutine, "resume", a -> coroutine(a).resume(a.values().subargs(2)));
        Builtin.add(coroutine, "running", a -> globals.running instanceof Coroutine ? globals.running : LuaValue.NIL);
        Builtin.add(coroutine, "status", a -> Latin1.string(coroutine(a).status()));
        Builtin.add(coroutine, "wrap", a -> {
            Coroutine created = create(globals, a);
            return new Builtin("wrap", b -> orThrow(created.resume(b.values())));
        });
        Builtin.add(coroutine, "yield", a -> {
            if (globals.running instanceof Coroutine running) {
                return running.yield(a.values());
            }
            throw new Fault(LuaValue.valueOf("attempt to yield across metamethod/C-call boundary"), 0);
        });
        return coroutine;
    }

    private static Coroutine create(Globals globals, Arguments arguments) {
        if (!(arguments.get(1) instanceof LuaClosure function)) {
            throw arguments.bad(1, "Lua function expected");
        }
        return new Coroutine(globals, function);
    }

    private static Coroutine coroutine(Arguments arguments) {
        if (arguments.get(1) instanceof Coroutine coroutine) {
            return coroutine;
        }
        throw arguments.bad(1, "coroutine expected");
    }

    private static Varargs orThrow(Varargs results) {
        if (results.arg1().toboolean()) {
            return results.subargs(2);
        }
        LuaValue value = results.arg(2);
        throw new Fault(value, value.isstring() ? 1 : 0);
    }
}

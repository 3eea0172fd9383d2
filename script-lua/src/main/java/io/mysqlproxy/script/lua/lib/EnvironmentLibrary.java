package io.mysqlproxy.script.lua.lib;

import io.mysqlproxy.script.lua.call.Arguments;
import io.mysqlproxy.script.lua.call.Builtin;
import io.mysqlproxy.script.lua.call.Fault;
import io.mysqlproxy.script.lua.call.Frame;
import io.mysqlproxy.script.lua.call.Frames;
import java.util.Map;
import java.util.WeakHashMap;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;
import org.luaj.vm2.UpValue;
import org.luaj.vm2.Varargs;

/** {@code getfenv} and {@code setfenv} over LuaJ's upvalue {@code _ENV}. */
final class EnvironmentLibrary {
    private final Globals globals;
    /** Functions that use no global variable have no {@code _ENV}; what was set for them is kept here. */
    private final Map<LuaValue, LuaValue> unused = new WeakHashMap<>();

    private EnvironmentLibrary(Globals globals) {
        this.globals = globals;
    }

    static EnvironmentLibrary open(Globals globals) {
        EnvironmentLibrary library = new EnvironmentLibrary(globals);
        Builtin.add(globals, "getfenv", library::getfenv);
        Builtin.add(globals, "setfenv", library::setfenv);
        return library;
    }

    /** Gives the running function at a level another environment. */
    void set(int level, LuaTable environment) {
        Frame frame = Frames.current().at(level);
        if (frame == null || !(frame.function() instanceof LuaClosure function)) {
            throw Fault.of("'module' not called from a Lua function");
        }
        set(function, environment);
    }

    /** The environment of chunks that are loaded: the globals, unless {@code setfenv(0, t)} says otherwise. */
    LuaTable current() {
        LuaTable environment = Frames.current().environment;
        return environment == null ? globals : environment;
    }

    LuaValue get(LuaValue function) {
        if (function instanceof LuaClosure closure) {
            int index = indexOf(closure.p);
            return index < 0 ? unused.getOrDefault(closure, globals) : closure.upValues[index].getValue();
        }
        return current();
    }

    private Varargs getfenv(Arguments arguments) {
        return get(arguments.get(1).isfunction() ? arguments.get(1) : running(arguments, arguments.small(1, 1)));
    }

    private Varargs setfenv(Arguments arguments) {
        LuaTable environment = arguments.table(2);
        LuaValue given = arguments.get(1);
        if (given.isnumber() && given.todouble() == 0) {
            Frames.current().environment = environment;
            return LuaValue.NONE;
        }
        LuaValue function = given.isfunction() ? given : running(arguments, arguments.small(1));
        if (!(function instanceof LuaClosure closure)) {
            throw Fault.of("'setfenv' cannot change environment of given object");
        }
        set(closure, environment);
        return closure;
    }

    private static LuaValue running(Arguments arguments, int level) {
        if (level < 0) {
            throw arguments.bad(1, "level must be non-negative");
        }
        Frame frame = Frames.current().at(level);
        if (frame == null) {
            throw arguments.bad(1, "invalid level");
        }
        if (Frames.isGivenUp(frame)) {
            throw Fault.of("no function environment for tail call at level " + level);
        }
        return frame.function();
    }

    /** A new upvalue in place of the old one, which the other functions of the chunk go on sharing. */
    private void set(LuaClosure function, LuaTable environment) {
        int index = indexOf(function.p);
        if (index < 0) {
            unused.put(function, environment);
        } else {
            function.upValues[index] = new UpValue(new LuaValue[] {environment}, 0);
        }
    }

    private static int indexOf(Prototype prototype) {
        for (int i = 0; i < prototype.upvalues.length; i++) {
            if (LuaValue.ENV.equals(prototype.upvalues[i].name)) {
                return i;
            }
        }
        return -1;
    }
}

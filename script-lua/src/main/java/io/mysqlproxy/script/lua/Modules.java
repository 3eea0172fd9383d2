package io.mysqlproxy.script.lua;

import io.mysqlproxy.script.HostObject;
import io.mysqlproxy.script.RealmSettings;
import io.mysqlproxy.script.lua.call.Builtin;
import io.mysqlproxy.script.lua.call.Fault;
import io.mysqlproxy.script.lua.host.LuaValues;
import io.mysqlproxy.script.lua.lfs.FileSystemModule;
import io.mysqlproxy.script.lua.lpeg.LpegModule;
import java.util.function.Supplier;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Modules written in Java: found by {@code require} whatever its paths, and set as a global by their last name. */
final class Modules {
    private Modules() {}

    static void preload(SharedGlobals globals, LuaValues values, RealmSettings settings) {
        LuaValue preload = globals.get("package").get("preload");
        preload.set("lfs", new Builtin("lfs", a -> load(globals, "lfs", FileSystemModule::open)));
        preload.set("lpeg", new Builtin("lpeg", a -> load(globals, "lpeg", LpegModule::open)));
        for (String name : settings.modules().keySet()) {
            preload.set(
                    name, new Builtin(name, a -> load(globals, name, () -> members(globals, values, name, settings))));
        }
    }

    private static LuaTable members(SharedGlobals globals, LuaValues values, String name, RealmSettings settings) {
        HostObject module = settings.modules().get(name);
        LuaTable members = values.type(module.type()).record(module.target());
        if (name.equals("chassis")) {
            ChassisLog.open(globals, members, settings.basedir());
        }
        return members;
    }

    private static LuaTable load(SharedGlobals globals, String name, Supplier<LuaTable> members) {
        LuaString last = LuaValue.valueOf(name.substring(name.lastIndexOf('.') + 1));
        LuaValue known = globals.rawget(last);
        if (!known.isnil() && !known.istable()) {
            throw Fault.of("name conflict for module '" + last.tojstring() + "'");
        }
        LuaTable module = members.get();
        if (known instanceof LuaTable existing) {
            copy(module, existing);
            module = existing;
        }
        globals.rawset(last, module);
        globals.get("package").get("loaded").set(last, module);
        return module;
    }

    private static void copy(LuaTable from, LuaTable to) {
        for (Varargs n = from.next(LuaValue.NIL); !n.arg1().isnil(); n = from.next(n.arg1())) {
            to.rawset(n.arg1(), n.arg(2));
        }
    }
}

package io.mysqlproxy.script.lua;

import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaValue;

/** {@code _G}: what all scripts of the process share. */
final class SharedGlobals extends Globals {
    private final HookMask hooks = new HookMask();

    HookMask hooks() {
        return hooks;
    }

    @Override
    public void hashset(LuaValue key, LuaValue value) {
        super.hashset(key, value);
        hooks.written(key, value);
    }
}

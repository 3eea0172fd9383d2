package io.mysqlproxy.script.lua;

import io.mysqlproxy.script.Hook;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** The environment of one body run: the script's own globals, over the shared ones. */
final class ScriptGlobals extends LuaTable {
    private final SharedGlobals shared;
    private final HookMask hooks = new HookMask();
    private final boolean complete;
    private volatile boolean otherMetatable;

    ScriptGlobals(SharedGlobals shared) {
        super(0, 16);
        this.shared = shared;
        LuaTable metatable = new LuaTable(0, 1);
        metatable.rawset(INDEX, shared);
        super.setmetatable(metatable);
        complete = true;
    }

    HookMask hooks() {
        return hooks;
    }

    /**
     * Whether a look-up with metamethods would find a function. Runs no code of the script: where it put a function of its
     * own in front of the shared globals, that is taken to lead to them.
     */
    boolean defines(Hook hook) {
        if (hooks.holds(hook)) {
            return hooks.holdsFunction(hook);
        }
        return otherMetatable ? otherDefines(hook) : shared.hooks().holdsFunction(hook);
    }

    private boolean otherDefines(Hook hook) {
        LuaValue metatable = getmetatable();
        LuaValue index = metatable == null ? NIL : metatable.rawget(INDEX);
        return index instanceof LuaTable other && other != shared
                ? other.rawget(HookNames.name(hook)).isfunction()
                : !index.isnil() && shared.hooks().holdsFunction(hook);
    }

    @Override
    public void hashset(LuaValue key, LuaValue value) {
        super.hashset(key, value);
        hooks.written(key, value);
    }

    @Override
    public LuaValue setmetatable(LuaValue metatable) {
        otherMetatable = complete;
        return super.setmetatable(metatable);
    }
}

package io.mysqlproxy.script.lua;

import io.mysqlproxy.script.Hook;
import java.util.HashMap;
import java.util.Map;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** The names of the hooks as Lua strings, and a bit for each. */
final class HookNames {
    private static final LuaString[] NAMES = new LuaString[Hook.values().length];
    private static final Map<LuaValue, Integer> BITS = new HashMap<>();

    static {
        for (Hook hook : Hook.values()) {
            NAMES[hook.ordinal()] = LuaValue.valueOf(hook.scriptName());
            BITS.put(NAMES[hook.ordinal()], bit(hook));
        }
    }

    private HookNames() {}

    static LuaString name(Hook hook) {
        return NAMES[hook.ordinal()];
    }

    static int bit(Hook hook) {
        return 1 << hook.ordinal();
    }

    /** The bit of the hook of that name; 0 if it is no hook's. */
    static int bit(LuaValue key) {
        return BITS.getOrDefault(key, 0);
    }
}

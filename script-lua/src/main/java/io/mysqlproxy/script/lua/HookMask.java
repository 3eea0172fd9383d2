package io.mysqlproxy.script.lua;

import io.mysqlproxy.script.Hook;
import org.luaj.vm2.LuaValue;

/**
 * Which hook names a table of globals holds, kept up to date by every write to it. Written with the lock, read by any thread
 * without it.
 */
final class HookMask {
    private volatile int present;
    private volatile int functions;

    void written(LuaValue key, LuaValue value) {
        int bit = HookNames.bit(key);
        if (bit != 0) {
            present = value.isnil() ? present & ~bit : present | bit;
            functions = value.isfunction() ? functions | bit : functions & ~bit;
        }
    }

    /** The bits of all names that hold something. */
    int present() {
        return present;
    }

    boolean holds(Hook hook) {
        return (present & HookNames.bit(hook)) != 0;
    }

    boolean holdsFunction(Hook hook) {
        return (functions & HookNames.bit(hook)) != 0;
    }
}

package io.mysqlproxy.script.lua.call;

import java.util.Arrays;
import org.luaj.vm2.LuaClosure;

/**
 * The Lua functions that are running on a thread. Filled by the substituted {@code LuaClosure.execute}, which also restores
 * {@link #depth} when it leaves.
 *
 * <p>A thread of its own for each coroutine makes this the call stack of a coroutine too.
 */
public final class Frames {
    private static final ThreadLocal<Frames> CURRENT = ThreadLocal.withInitial(Frames::new);

    /** How many functions are running. */
    public int depth;

    private LuaClosure[] running = new LuaClosure[32];

    private Frames() {}

    /** Those of this thread. */
    public static Frames current() {
        return CURRENT.get();
    }

    /** A function starts; gives the depth to return to. */
    public int enter(LuaClosure function) {
        int before = depth;
        if (before == running.length) {
            running = Arrays.copyOf(running, 2 * before);
        }
        running[before] = function;
        depth = before + 1;
        return before;
    }

    /** The function at a level: 1 is the one that called the library; null if there is none. */
    public LuaClosure at(int level) {
        int index = depth - level;
        return index < 0 || index >= depth ? null : running[index];
    }
}

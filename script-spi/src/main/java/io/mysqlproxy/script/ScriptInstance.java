package io.mysqlproxy.script;

/** The result of one body run: hooks that can be called. Needs the realm's lock, except {@link #defines}. */
public interface ScriptInstance {
    /** Whether the hook can be called now. Any thread; under connection scope the answer may change over time. */
    boolean defines(Hook hook);

    /**
     * Calls a hook that is defined, and does nothing if it is not.
     *
     * @param arguments as {@link Hook} says: {@link Bytes} or {@link HostObject}
     * @return the number the script returned, in the eyes of its language, 0 included; null if it returned none
     * @throws ScriptException if the hook raises, returns what its language does not allow, or recurses without end
     */
    Integer call(Hook hook, ScriptContext context, Object... arguments) throws ScriptException;
}

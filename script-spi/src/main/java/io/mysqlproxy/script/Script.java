package io.mysqlproxy.script;

import java.util.List;

/** One compiled version of a script file; immutable but for what it remembers of its last body run. */
public interface Script {
    /** Where it came from. */
    ScriptSource source();

    /**
     * Whether a body run could define the hook (J-31): its name is among the constants of the file, the last body run of
     * this version found it, or the realm's globals hold something of that name. Any thread, no lock, cheap: it is asked
     * for each packet.
     */
    boolean mayDefine(Hook hook);

    /** Variables that would not last under {@link ScriptScope#EXECUTION}, by name; empty if the language cannot tell. */
    default List<ScopeWarning> warnings() {
        return List.of();
    }

    /**
     * Runs the body in an environment of its own. Needs the lock.
     *
     * @param context the connection for which it runs; null in {@link ScriptScope#GLOBAL}
     * @throws ScriptException if the body raises
     */
    ScriptInstance newInstance(ScriptContext context) throws ScriptException;
}

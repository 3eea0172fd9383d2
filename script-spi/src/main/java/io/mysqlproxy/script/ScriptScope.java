package io.mysqlproxy.script;

/** How long the top-level variables of a script live (J-01). The core keeps instances accordingly; engines need not care. */
public enum ScriptScope {
    /** The body runs anew for each hook execution. */
    EXECUTION,
    /** The body runs once per client connection. */
    CONNECTION,
    /** The body runs once per process, at start-up. */
    GLOBAL
}

package io.mysqlproxy.script;

/**
 * What a realm keeps for one client connection in every scope: the attributes that scripts set on {@code proxy} (J-04) and
 * {@code proxy.response}. Needs the realm's lock.
 */
public interface ScriptContext {
    /** {@code proxy.response} as it stands, or null if the script put something unusable in its place. */
    ScriptRef response();

    /** Empties {@code proxy.response}, as before each {@code read_query} (J-06). */
    void clearResponse();
}

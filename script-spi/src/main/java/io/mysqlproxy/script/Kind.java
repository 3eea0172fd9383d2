package io.mysqlproxy.script;

/** What a setter or a parameter accepts; engines check it and word the error in their own manner. */
public enum Kind {
    /** A whole number as {@link Long}. Lua: numbers and numeric strings, truncated. Python: {@code int}. */
    INTEGER,
    /** As {@link #INTEGER}, counting from 0 for the core and from 1 for Lua. */
    INDEX,
    /** A {@link Boolean}. Lua: only booleans. Python: any {@code int} or {@code bool}. */
    BOOLEAN,
    /** {@link Bytes}. Lua: strings and numbers. Python: {@code str}. */
    BYTES,
    /** A table or dict as {@link ScriptRef}. */
    RECORD
}

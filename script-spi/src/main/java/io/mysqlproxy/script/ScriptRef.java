package io.mysqlproxy.script;

import java.util.Map;

/**
 * A value that belongs to the script, a Lua table or a Python object, read in the manner of its language.
 *
 * <p>The core uses it to read {@code proxy.response}. Every method must be called with the realm's lock held, and may run
 * code of the script (metamethods, properties); what that code raises comes out as {@link ScriptException}. So does what the
 * language itself objects to, where null would be too lax: a result set in Python that is no dict.
 */
public interface ScriptRef {
    /** Whether the key is there: not nil in Lua, an attribute or dict key, even if {@code None}, in Python. */
    boolean has(String key) throws ScriptException;

    /**
     * A number under a key, truncated to a whole one; null if absent or not a number in the eyes of the language (Lua takes
     * numeric strings, Python takes {@code bool}, {@code int}, {@code long} and {@code float}).
     */
    Long number(String key) throws ScriptException;

    /** The truth of a value under a key; null if absent. */
    Boolean flag(String key) throws ScriptException;

    /** A byte string under a key; null if absent or not a string in the eyes of the language (Lua takes numbers). */
    Bytes text(String key) throws ScriptException;

    /** A container under a key: a Lua table, a Python dict, sequence or object; null if absent or something else. */
    ScriptRef child(String key) throws ScriptException;

    /**
     * All entries that have a byte string as their key, with the texts that {@link #cellAt} would give for their values; null is
     * SQL NULL.
     */
    Map<Bytes, Bytes> cells() throws ScriptException;

    /** How many entries this has as a sequence (Lua: up to the first nil); -1 if it is none in this language. */
    int size() throws ScriptException;

    /** Entry {@code index}, counted from 0, as a container; null if it is none. */
    ScriptRef childAt(int index) throws ScriptException;

    /**
     * Entry {@code index} as a record with named members. Lua: a table. Python: a dict, an object, a sequence whose items
     * stand for {@code names} in order, or a bare value standing for the first name. Null if it is none of these.
     */
    ScriptRef recordAt(int index, String... names) throws ScriptException;

    /** Entry {@code index} as a byte string; null if absent or not a string in the eyes of the language. */
    Bytes textAt(int index) throws ScriptException;

    /**
     * Entry {@code index} as the text of a result cell; null is SQL NULL, also for an index past the end.
     *
     * <p>Lua: strings and numbers ({@code %.14g}), anything else is NULL (lua-api.md 5). Python: J-09.
     */
    Bytes cellAt(int index) throws ScriptException;
}

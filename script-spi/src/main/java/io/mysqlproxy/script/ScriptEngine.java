package io.mysqlproxy.script;

/**
 * A script language. Found by {@link java.util.ServiceLoader}; an instance is cheap and does nothing before {@link #open}.
 */
public interface ScriptEngine {
    /** The name by which plugins ask for it: {@code lua} or {@code python}. Also the language of {@link Member#languages}. */
    String name();

    /** The scope of scripts that ask for none. */
    ScriptScope scope();

    /** What happens after a failed hook unless the user decides otherwise. */
    FailureMode failureMode();

    /** The language's own words. */
    Dialect dialect();

    /** Starts the one interpreter that all scripts of this language share. May take a second. */
    ScriptRealm open(RealmSettings settings);
}

package io.mysqlproxy.script;

import java.util.concurrent.locks.Lock;

/**
 * One interpreter: all scripts that share {@code proxy.global}, a module cache and one lock (J-08).
 *
 * <p>Everything but {@link #lock()} and {@link #compile} needs the lock. Whoever takes it holds it for a body run or a hook
 * call and the reading of {@code proxy.response} after it, never across I/O.
 */
public interface ScriptRealm extends AutoCloseable {
    /** The lock around every use of the interpreter. */
    Lock lock();

    /**
     * Compiles one version of a file, without running it. Any thread, no lock.
     *
     * @throws ScriptException if the text is not a program
     */
    Script compile(ScriptSource source) throws ScriptException;

    /** A client has connected: what this realm keeps for it, whatever the scope. Needs the lock. */
    ScriptContext newContext(HostObject proxy);

    /** Ends the interpreter's own threads, if it has any. */
    @Override
    void close();
}

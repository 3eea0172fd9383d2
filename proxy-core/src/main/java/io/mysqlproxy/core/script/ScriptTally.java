package io.mysqlproxy.core.script;

import io.mysqlproxy.script.Hook;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLongArray;

/** What has become of a script so far: versions, errors, and the time its hooks took. Any thread. */
public final class ScriptTally {
    private static final int HOOKS = Hook.values().length;

    private final AtomicLongArray calls = new AtomicLongArray(HOOKS);
    private final AtomicLongArray total = new AtomicLongArray(HOOKS);
    private final AtomicLongArray longest = new AtomicLongArray(HOOKS);
    private volatile int version;
    private volatile Instant loadedAt;
    private volatile long errors;
    private volatile String lastError;

    /** A version was compiled. */
    synchronized void loaded() {
        version++;
        loadedAt = Instant.now();
    }

    /** Something of the script failed. */
    synchronized void failed(String message) {
        errors++;
        lastError = message;
    }

    /** A hook was called. */
    void called(Hook hook, long nanos) {
        int i = hook.ordinal();
        calls.incrementAndGet(i);
        total.addAndGet(i, nanos);
        longest.accumulateAndGet(i, nanos, Math::max);
    }

    /** How many versions of the file were compiled. */
    public int version() {
        return version;
    }

    /** When the last one was; null if none was. */
    public Instant loadedAt() {
        return loadedAt;
    }

    /** How many errors there were. */
    public long errors() {
        return errors;
    }

    /** The last one as it was logged; null if there was none. */
    public String lastError() {
        return lastError;
    }

    /** How often a hook was called. */
    public long calls(Hook hook) {
        return calls.get(hook.ordinal());
    }

    /** The nanoseconds of all calls of a hook, body runs included. */
    public long total(Hook hook) {
        return total.get(hook.ordinal());
    }

    /** The nanoseconds of the longest call. */
    public long longest(Hook hook) {
        return longest.get(hook.ordinal());
    }
}

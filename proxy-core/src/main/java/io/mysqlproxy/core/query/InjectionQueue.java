package io.mysqlproxy.core.query;

import io.mysqlproxy.script.Bytes;
import java.util.ArrayDeque;
import java.util.Deque;

/** The commands a script has queued for one client and that were not sent yet ({@code proxy.queries}). */
public final class InjectionQueue {
    private final Deque<Injection> waiting = new ArrayDeque<>();
    private final Clock clock;
    private boolean hookRuns;

    /** @param clock times the injections */
    public InjectionQueue(Clock clock) {
        this.clock = clock;
    }

    /** Adds a command at the end. */
    public void append(int id, Bytes query, boolean buffered) {
        waiting.addLast(new Injection(id, query, buffered, clock));
    }

    /** Adds a command at the front. */
    public void prepend(int id, Bytes query, boolean buffered) {
        waiting.addFirst(new Injection(id, query, buffered, clock));
    }

    /** Forgets all commands. */
    public void reset() {
        waiting.clear();
    }

    /**
     * Whether a hook of this connection runs. Only then may scripts change anything of it: one that kept it for longer would
     * meddle with another thread's connection, or with one that has ended. Needs the realm's lock.
     */
    public boolean hookRuns() {
        return hookRuns;
    }

    /** A hook of this connection begins or ends. */
    public void hookRuns(boolean value) {
        hookRuns = value;
    }

    /** How many commands wait. */
    public int size() {
        return waiting.size();
    }

    /** Takes the command at the front; null if none waits. */
    public Injection poll() {
        return waiting.poll();
    }
}

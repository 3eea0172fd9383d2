package io.mysqlproxy.core.query;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.packet.QueryAttributes.Entry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

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
        append(id, query, buffered, null);
    }

    /** @param attributes null for the client's, if it is the client's command, else for none */
    public void append(int id, Bytes query, boolean buffered, List<Entry> attributes) {
        waiting.addLast(new Injection(id, query, buffered, attributes, clock));
    }

    /** Adds a command at the front. */
    public void prepend(int id, Bytes query, boolean buffered) {
        prepend(id, query, buffered, null);
    }

    /** @param attributes null for the client's, if it is the client's command, else for none */
    public void prepend(int id, Bytes query, boolean buffered, List<Entry> attributes) {
        waiting.addFirst(new Injection(id, query, buffered, attributes, clock));
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

package io.mysqlproxy.core.backend;

import io.mysqlproxy.core.config.Address;
import io.mysqlproxy.script.Bytes;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * One server: where it is, whether it was reachable lately, and how many clients it serves.
 *
 * <p>Any thread. Scripts may store any integer as the state (lua-api.md 3.5), so it is a number here, too.
 */
public final class Backend {
    /** State: not tried, or not tried for a while. Eligible. */
    public static final int UNKNOWN = 0;

    /** State: the last attempt to connect succeeded. */
    public static final int UP = 1;

    /** State: the last attempt to connect failed. Not eligible. */
    public static final int DOWN = 2;

    /** A backend is DOWN for more than this many whole seconds before it is tried again (lua-api.md 6.3). */
    private static final long RETRY_AFTER_SECONDS = 4;

    private final Address address;
    private final SocketAddress socketAddress;
    private final BackendType type;
    private final IdlePool pool = new IdlePool();
    private final LongSupplier clock;
    private final AtomicInteger clients = new AtomicInteger();
    private final AtomicLong since;
    private volatile int state = UNKNOWN;
    private volatile Bytes uuid;

    /**
     * A backend nobody has tried yet.
     *
     * @param address as configured
     * @param socketAddress the same, resolved
     * @param clock seconds of a clock that never goes back
     */
    public Backend(Address address, SocketAddress socketAddress, BackendType type, LongSupplier clock) {
        this.address = address;
        this.socketAddress = socketAddress;
        this.type = type;
        this.clock = clock;
        this.since = new AtomicLong(clock.getAsLong());
    }

    /** The address as configured. */
    public Address address() {
        return address;
    }

    /** The resolved address. */
    public SocketAddress socketAddress() {
        return socketAddress;
    }

    /** Read/write or read-only. */
    public BackendType type() {
        return type;
    }

    /** Idle connections to it. */
    public IdlePool pool() {
        return pool;
    }

    /** {@link #UNKNOWN}, {@link #UP}, {@link #DOWN} or whatever a script stored. */
    public int state() {
        return state;
    }

    /** A script's assignment: stored unchecked, and the time of the last change stays as it is. */
    public void assignState(int state) {
        this.state = state;
    }

    /** A connection to it succeeded. */
    public void connected() {
        change(UP);
    }

    /** A connection to it failed. */
    public void unreachable() {
        change(DOWN);
    }

    /** Makes a backend that has been DOWN for a while eligible again. */
    void sweep() {
        if (state == DOWN && clock.getAsLong() - since.get() > RETRY_AFTER_SECONDS) {
            change(UNKNOWN);
        }
    }

    /** Clients that hold a connection to it; pooled idle connections do not count. */
    public int clients() {
        return clients.get();
    }

    /** A client got a connection to it. */
    public void attach() {
        clients.incrementAndGet();
    }

    /** A client gave its connection up. */
    public void detach() {
        clients.updateAndGet(n -> Math.max(0, n - 1));
    }

    /** A name scripts may give it; null if none. */
    public Bytes uuid() {
        return uuid;
    }

    /** Names it; null takes the name away. */
    public void uuid(Bytes value) {
        uuid = value == null || value.length() == 0 ? null : value;
    }

    private void change(int next) {
        if (state != next) {
            since.set(clock.getAsLong());
            state = next;
        }
    }

    @Override
    public String toString() {
        return address.text();
    }
}

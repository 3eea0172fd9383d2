package io.mysqlproxy.core.backend;

import io.mysqlproxy.core.leg.Peer;
import io.mysqlproxy.script.Bytes;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The idle connections to one backend, in a queue for each user (lua-api.md 6.4). Any thread.
 *
 * <p>A pooled connection dies with its server, and anything that arrives on it ends it: nothing a server says to nobody is ever
 * taken for an answer (W-40).
 */
public final class IdlePool implements ServerOwner {
    private static final Logger LOG = LoggerFactory.getLogger(IdlePool.class);

    private final Map<Bytes, Deque<ServerLink>> users = new LinkedHashMap<>();
    private volatile long minIdle;
    private volatile long maxIdle;

    /**
     * Takes over a connection that waits for a command. It is closed if it is not fit to be used again.
     *
     * @param link authenticated, its last response read to the end
     */
    public void put(ServerLink link) {
        link.count(false);
        if (!link.authenticated() || link.leg().in().bytes() > 0) {
            link.close();
            return;
        }
        synchronized (users) {
            users.computeIfAbsent(link.leg().login().user(), u -> new ArrayDeque<>())
                    .addLast(link);
            link.owner(this); // only now: if it has ended, this takes it out again
        }
        link.leg().peer().reading(true);
    }

    /**
     * Gives a connection away, the oldest one that can be used.
     *
     * @param user who asks; empty for a client that has not logged in yet, which may get any user's spare connection and has
     *     to be authenticated on it
     * @param usable whether the client could work with it
     * @param owner who has it from now on
     * @return null if there is none
     */
    public ServerLink take(Bytes user, Predicate<ServerLink> usable, ServerOwner owner) {
        synchronized (users) {
            return queues(user)
                    .map(queue -> first(queue, usable, owner))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
    }

    private static ServerLink first(Deque<ServerLink> queue, Predicate<ServerLink> usable, ServerOwner owner) {
        for (Iterator<ServerLink> i = queue.iterator(); i.hasNext(); ) {
            ServerLink link = i.next();
            if (!link.ended() && usable.test(link)) {
                i.remove();
                link.owner(owner);
                link.count(true);
                return link;
            }
        }
        return null;
    }

    /** How many connections the first queue has that {@link #take} would look through. */
    public int idle(Bytes user) {
        synchronized (users) {
            return queues(user).findFirst().map(Deque::size).orElse(0);
        }
    }

    /** The users that have, or had, idle connections. */
    public List<Bytes> users() {
        synchronized (users) {
            return List.copyOf(users.keySet());
        }
    }

    /** A user's own queue; for nobody in particular those with connections to spare. */
    private Stream<Deque<ServerLink>> queues(Bytes user) {
        return user.length() > 0
                ? Stream.ofNullable(users.get(user))
                : users.values().stream().filter(queue -> queue.size() > minIdle);
    }

    /** Connections of each user that are kept for that user. */
    public long minIdle() {
        return minIdle;
    }

    /** Sets {@link #minIdle()}; kept as an unsigned 32-bit number. */
    public void minIdle(long value) {
        minIdle = value & 0xFFFFFFFFL;
    }

    /** A number scripts park here; nothing enforces it. */
    public long maxIdle() {
        return maxIdle;
    }

    /** Sets {@link #maxIdle()}; kept as an unsigned 32-bit number. */
    public void maxIdle(long value) {
        maxIdle = value & 0xFFFFFFFFL;
    }

    @Override
    public void fromServer(Peer peer, ByteBuf bytes) {
        bytes.release();
        discard(peer, "said something unasked");
    }

    @Override
    public void received(Peer peer) {}

    @Override
    public void writabilityChanged(Peer peer) {}

    @Override
    public void serverClosed(Peer peer) {
        discard(peer, "closed the connection");
    }

    @Override
    public void fail(Throwable cause) {
        LOG.error("an idle connection failed", cause);
    }

    /** Events of idle connections need no order: each ends its connection. */
    @Override
    public Executor executor() {
        return Runnable::run;
    }

    /** Closes all connections. */
    public void close() {
        List<ServerLink> all = new ArrayList<>();
        synchronized (users) {
            users.values().forEach(all::addAll);
            users.clear();
        }
        all.forEach(ServerLink::close);
    }

    private void discard(Peer peer, String why) {
        ServerLink found = null;
        synchronized (users) {
            for (Deque<ServerLink> queue : users.values()) {
                for (ServerLink link : queue) {
                    found = link.is(peer) ? link : found;
                }
            }
            if (found != null) {
                users.get(found.leg().login().user()).remove(found);
            }
        }
        if (found != null) {
            LOG.info("{} {} while it was idle; it leaves the pool", found.backend(), why);
            found.close();
        }
    }
}

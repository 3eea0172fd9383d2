package io.mysqlproxy.core.session;

import io.mysqlproxy.core.backend.Backend;
import io.mysqlproxy.core.hook.Hooks;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.leg.Connector;
import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.leg.Peer;
import io.mysqlproxy.core.leg.ServerLink;
import io.mysqlproxy.core.query.InjectionQueue;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client, at most one server, the current phase and the queue of injections.
 *
 * <p>The public methods are the events of its two connections; all of them, and everything they lead to, happen on one event
 * loop. Bytes are taken from a side only when the current phase hears it and the other side drains; the rest waits, and the
 * side is not read meanwhile.
 */
public final class Session implements Connector.Outcome {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /** Bytes that may wait on a side that is not heard, before it is not read any more. */
    private static final int WAITING_LIMIT = 64 * 1024;

    private final long id;
    private final Plugin plugin;
    private final Connector connector;
    private final Leg client;
    private final Hooks hooks;
    private final InjectionQueue queue;
    private Phase phase = Closed.INSTANCE;
    private ServerLink server;
    private Backend connectingTo;
    private int backendIndex = -1;
    private boolean closeRequested;
    private boolean clientGone;
    private boolean serverGone;
    private long heardAt;

    /** Events that have come while another one was handled: a write or an attempt to connect may tell before it returns. */
    private final Deque<Runnable> events = new ArrayDeque<>(2);

    private boolean handling;

    /**
     * A client has connected.
     *
     * @param id for logs; unique in the process
     * @param connector makes connections whose bytes come to this session
     */
    public Session(long id, Plugin plugin, Connector connector, Peer client) {
        this.id = id;
        this.plugin = plugin;
        this.connector = connector;
        this.client = Leg.client(client);
        this.queue = new InjectionQueue(plugin.clock());
        this.hooks = plugin.hooks().apply(this);
    }

    /** Begins the conversation. */
    public void start() {
        event(() -> become(new Connecting()));
    }

    /** Bytes of the client have come in; takes them over. They are looked at when {@link #received} is called. */
    public void fromClient(ByteBuf bytes) {
        if (phase == Closed.INSTANCE) {
            bytes.release();
        } else {
            client.in().feed(bytes);
        }
    }

    /** Bytes of the server have come in; takes them over. They are looked at when {@link #received} is called. */
    public void fromServer(ByteBuf bytes) {
        if (server == null) {
            bytes.release();
        } else {
            server.leg().in().feed(bytes);
        }
    }

    /** No more bytes are at hand just now. */
    public void received() {
        event(() -> {});
    }

    /** The client's connection has ended. */
    public void clientClosed() {
        clientGone = true;
        event(() -> become(phase.clientClosed(this)));
    }

    /** The server's connection has ended; what it sent before may still wait here. */
    public void serverClosed() {
        serverGone = true;
        event(() -> {});
    }

    /** A side has begun, or ceased, to drain what it is sent. */
    public void writabilityChanged() {
        event(() -> {});
    }

    /** Either side was heard at this time of the monotonic clock. */
    public void heard(long nanos) {
        heardAt = nanos;
    }

    /** When a side was heard last. */
    public long heard() {
        return heardAt;
    }

    /** Ends the session from outside. */
    public void end(CloseReason reason) {
        event(() -> become(closed(reason)));
    }

    @Override
    public void connected(Peer peer) {
        if (phase == Closed.INSTANCE) {
            peer.close();
            return;
        }
        server = new ServerLink(peer, connectingTo);
        event(() -> become(phase.serverOpened(this)));
    }

    @Override
    public void refused(Throwable cause) {
        event(() -> become(phase.serverRefused(this, cause)));
    }

    /** Something went wrong on this session's event loop. */
    public void fail(Throwable cause) {
        event(() -> failed(cause));
    }

    /** Anything that goes wrong ends here: the one place where causes are told apart. */
    private void failed(Throwable cause) {
        if (!(cause instanceof ProtocolException)) {
            LOG.error("[{}] {} in {}", id, client.peer().remote(), phaseName(), cause);
            become(closed(CloseReason.INTERNAL));
        } else if (phase != Closed.INSTANCE) {
            LOG.info("[{}] {} in {}: {}", id, client.peer().remote(), phaseName(), cause.getMessage());
            become(closed(CloseReason.PROTOCOL));
        }
    }

    /** For logs. */
    public long id() {
        return id;
    }

    /** What this session has in common with others. */
    public Plugin plugin() {
        return plugin;
    }

    /** The client's side. */
    public Leg client() {
        return client;
    }

    /** The server's side; null if there is none. */
    public ServerLink server() {
        return server;
    }

    /** What scripts have queued. */
    public InjectionQueue queue() {
        return queue;
    }

    /** The index scripts read and write, from 0; -1 for none. It does not prove that a server is attached. */
    public int backendIndex() {
        return backendIndex;
    }

    /** Sets {@link #backendIndex()}. */
    public void backendIndex(int index) {
        backendIndex = index;
    }

    /** A script wants the connection closed after the next answer, or not any more. */
    public void closeRequested(boolean wanted) {
        closeRequested = wanted;
    }

    boolean closeRequested() {
        return closeRequested;
    }

    Hooks hooks() {
        return hooks;
    }

    /** Connects to the backend of an index; the outcome is an event. */
    void connect(int index) {
        backendIndex = index;
        connectingTo = plugin.backends().get(index);
        connector.connect(connectingTo, this);
    }

    /** The backend of the latest attempt. */
    Backend connectingTo() {
        return connectingTo;
    }

    /** Ends the conversation: the result is the last phase. */
    Phase closed(CloseReason reason) {
        if (phase == Closed.INSTANCE) {
            return phase;
        }
        Phase last = phase;
        phase = Closed.INSTANCE;
        LOG.debug(
                "[{}] {} closed in {}: {}",
                id,
                client.peer().remote(),
                last.getClass().getSimpleName(),
                reason.text());
        last.abandoned();
        try {
            hooks.disconnectClient();
        } finally {
            disconnect();
        }
        return phase;
    }

    private void disconnect() {
        queue.reset();
        if (server != null) {
            server.leg().flush();
            server.close();
            server = null;
        }
        client.flush();
        client.release();
        client.peer().close();
    }

    /** An event that a phase does not know. The packet, if any, is released. */
    ProtocolException unexpected(Phase phase, String event, Packet packet) {
        String what = packet == null ? event : event + " " + packet;
        if (packet != null) {
            packet.release();
        }
        return new ProtocolException(
                "unexpected " + what + " in " + phase.getClass().getSimpleName());
    }

    private String phaseName() {
        return phase.getClass().getSimpleName();
    }

    /** Handles an event, and then those that have come meanwhile: no phase is left in the middle of another's work. */
    private void event(Runnable meaning) {
        events.add(meaning);
        if (handling) {
            return;
        }
        handling = true;
        try {
            for (Runnable next = events.poll(); next != null; next = events.poll()) {
                handle(next);
            }
        } finally {
            handling = false;
        }
    }

    /** Runs what an event means, then everything it makes possible. */
    private void handle(Runnable meaning) {
        try {
            meaning.run();
            pump();
        } catch (Throwable t) { // the boundary of the session: see failed
            failed(t);
        }
    }

    private void become(Phase next) {
        while (next != phase) {
            phase = next;
            next = phase.entered(this);
        }
    }

    /** Takes bytes from both sides as long as they mean something; then says which sides may send more. */
    private void pump() {
        try {
            boolean moved;
            do {
                moved = pumpServer() | pumpClient();
            } while (moved);
            if (serverGone
                    && server != null
                    && (client.peer().writable() || server.leg().in().bytes() == 0)) {
                become(phase.serverClosed(this));
            }
        } finally {
            settle();
        }
    }

    private boolean pumpServer() {
        ServerLink link = server;
        if (link == null || !phase.hearsServer() || !client.peer().writable()) {
            return false;
        }
        int bytes = link.leg().in().bytes();
        if (bytes == 0) {
            return false;
        }
        Phase before = phase;
        become(phase.serverBytes(this));
        return phase != before || link != server || link.leg().in().bytes() != bytes;
    }

    private boolean pumpClient() {
        if (!phase.hearsClient()
                || clientGone
                || server != null && !server.leg().peer().writable()) {
            return false;
        }
        int bytes = client.in().bytes();
        if (bytes == 0) {
            return false;
        }
        Phase before = phase;
        become(phase.clientBytes(this));
        return phase != before || client.in().bytes() != bytes;
    }

    private void settle() {
        if (phase == Closed.INSTANCE) {
            return;
        }
        client.flush();
        boolean serverDrains = server == null || server.leg().peer().writable();
        client.peer()
                .reading(serverDrains && (phase.hearsClient() || client.in().bytes() < WAITING_LIMIT));
        if (server != null) {
            server.leg().flush();
            boolean room = phase.hearsServer() || server.leg().in().bytes() < WAITING_LIMIT;
            server.leg().peer().reading(room && client.peer().writable());
        }
    }
}

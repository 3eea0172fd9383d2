package io.mysqlproxy.core.session;

import io.mysqlproxy.core.backend.Backend;
import io.mysqlproxy.core.backend.Connector;
import io.mysqlproxy.core.backend.Farewell;
import io.mysqlproxy.core.backend.ServerLink;
import io.mysqlproxy.core.backend.ServerOwner;
import io.mysqlproxy.core.backend.ServerPeer;
import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.hook.Hooks;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.leg.Peer;
import io.mysqlproxy.core.query.Budget;
import io.mysqlproxy.core.query.InjectionQueue;
import io.mysqlproxy.core.query.StatementTimer;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client, at most one server, the current phase and the queue of injections.
 *
 * <p>The public methods are the events of its two connections; all of them, and everything they lead to, happen on one event
 * loop. Bytes are taken from a side only when the current phase hears it and the other side drains; the rest waits, and the
 * side is not read meanwhile.
 */
public final class Session implements Connector.Outcome, ServerOwner {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final int ERR = 0xFF;

    /** ER_SERVER_SHUTDOWN. */
    private static final Answer SHUTDOWN = new Answer.Error(1053, "08S01", Bytes.latin1("Server shutdown in progress"));

    private final long id;
    private final Plugin plugin;
    private final Connector connector;
    private final Leg client;
    private final Hooks hooks;
    private final InjectionQueue queue;
    private final ServerSlot slot;
    private final Budget.Share share;
    private final Activity activity = new Activity();
    private final Pump pump = new Pump(this);
    private final StatementTimer timer;
    private Phase phase = Closed.INSTANCE;
    private Backend connectingTo;
    private Phase last;
    private boolean closeRequested;
    private boolean serverGone;
    private boolean finishing;

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
        this.slot = new ServerSlot(this, plugin.backends());
        this.queue = new InjectionQueue(plugin.clock());
        this.share = plugin.budget().open();
        this.timer = plugin.statements().timer();
        this.hooks = plugin.hooks().apply(this);
    }

    /** Begins the conversation. */
    public void start() {
        event(() -> become(plugin.gate() == null ? new Connecting() : new AdminLogin()));
    }

    /** Bytes of the client have come in; takes them over. They are looked at when {@link #received} is called. */
    public void fromClient(ByteBuf bytes) {
        if (phase == Closed.INSTANCE) {
            bytes.release();
        } else {
            client.in().feed(bytes);
        }
    }

    @Override
    public void fromServer(Peer peer, ByteBuf bytes) {
        if (isServer(peer)) {
            server().leg().in().feed(bytes);
        } else {
            // It was given to a pool, or closed, while this was on its way: nobody asked for it.
            bytes.release();
            peer.close();
        }
    }

    /** No more bytes are at hand just now. */
    public void received() {
        activity.heard();
        event(() -> {});
    }

    @Override
    public void received(Peer peer) {
        activity.heard();
        event(() -> {});
    }

    /** The client's connection has ended. */
    public void clientClosed() {
        event(() -> become(phase.clientClosed(this)));
    }

    /** What the server sent before its end may still wait here. */
    @Override
    public void serverClosed(Peer peer) {
        if (isServer(peer)) {
            serverGone = true;
            event(() -> {});
        }
    }

    /** The client has begun, or ceased, to drain what it is sent. */
    public void writabilityChanged() {
        event(() -> {});
    }

    @Override
    public void writabilityChanged(Peer peer) {
        event(() -> {});
    }

    @Override
    public void secured(Peer peer, Throwable failure) {
        if (isServer(peer)) {
            event(() -> become(failure == null ? phase.serverSecured(this) : phase.serverRefused(this, failure)));
        }
    }

    @Override
    public Executor executor() {
        return client.peer().executor();
    }

    private boolean isServer(Peer peer) {
        return server() != null && server().is(peer);
    }

    /** How long it is since something happened. */
    public Activity activity() {
        return activity;
    }

    /** Ends the session from outside. */
    public void end(CloseReason reason) {
        event(() -> become(closed(reason)));
    }

    /** Ends the session from outside, but lets a command in flight come to its end. */
    public void finish() {
        event(() -> {
            finishing = true;
            if (!phase.busy()) {
                become(finished());
            }
        });
    }

    boolean finishing() {
        return finishing;
    }

    /** The last word to a client that waits for nothing (W-40). */
    Phase finished() {
        if (phase.betweenCommands()) {
            client.sequence(0);
            SHUTDOWN.send(client);
        }
        return closed(CloseReason.SHUTDOWN);
    }

    /** Goes on after a while, unless the phase has changed meanwhile. */
    void later(Duration delay, Supplier<Phase> then) {
        Phase now = phase;
        Executor clock = CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, executor());
        clock.execute(() -> event(() -> become(phase == now ? then.get() : phase)));
    }

    @Override
    public void connected(ServerPeer peer) {
        if (phase == Closed.INSTANCE) {
            Farewell.say(new ServerLink(peer, connectingTo));
            return;
        }
        serverGone = false;
        slot.fill(new ServerLink(peer, connectingTo));
        event(() -> become(phase.serverOpened(this)));
    }

    @Override
    public void refused(Throwable cause) {
        event(() -> become(phase.serverRefused(this, cause)));
    }

    /** Something went wrong on this session's event loop. */
    @Override
    public void fail(Throwable cause) {
        event(() -> failed(cause));
    }

    /** Anything that goes wrong ends here: the one place where causes are told apart. */
    void failed(Throwable cause) {
        if (!(cause instanceof ProtocolException)) {
            LOG.error("in {}", phaseName(), cause);
            become(closed(CloseReason.INTERNAL));
        } else if (phase != Closed.INSTANCE) {
            LOG.info("in {}: {}", phaseName(), cause.getMessage());
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
        return slot.link();
    }

    /** What scripts have queued. */
    public InjectionQueue queue() {
        return queue;
    }

    /** What it holds for its script. */
    Budget.Share share() {
        return share;
    }

    /** The index scripts read, from 0; -1 for none. It does not prove that a server is attached. */
    public int backendIndex() {
        return slot.index();
    }

    /** A script assigns the index: lets the server go, takes an idle connection, or chooses where to connect to. */
    public void assignBackend(int index) {
        ServerLink before = slot.link();
        slot.assign(index);
        serverGone &= before == slot.link();
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
        slot.index(index);
        connectingTo = plugin.backends().get(index);
        connector.connect(connectingTo, this);
    }

    /** Times what the client asks. */
    StatementTimer timer() {
        return timer;
    }

    /** The server's connection and its index. */
    ServerSlot slot() {
        return slot;
    }

    /** Whether the server waits for a command, and nothing of an answer is still to come. */
    boolean serverIdle() {
        return (phase == Closed.INSTANCE ? last : phase).serverIdle();
    }

    boolean serverGone() {
        return serverGone;
    }

    Phase phase() {
        return phase;
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
        last = phase;
        phase = Closed.INSTANCE;
        LOG.debug("closed in {}: {}", last.getClass().getSimpleName(), reason.text());
        last.abandoned();
        try {
            hooks.disconnectClient();
        } finally {
            disconnect(reason);
        }
        return phase;
    }

    private void disconnect(CloseReason reason) {
        queue.reset();
        share.free();
        slot.close(reason);
        client.flush();
        client.release();
        client.peer().close();
    }

    /**
     * A server that gives up while the client still speaks, over a command that is too large for example, says so and goes:
     * that ERR waits behind what nobody hears any more, and is all the client will ever learn.
     */
    void lastWords() {
        Packet packet = phase.hearsServer() ? null : server().leg().nextCommand();
        if (packet == null) {
            return;
        }
        if (packet.first() == ERR) {
            client.forward(packet);
        } else {
            packet.release();
        }
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

    private void event(Runnable meaning) {
        pump.event(meaning);
    }

    /** The current phase is over. */
    void become(Phase next) {
        while (next != phase) {
            if (next.isLogin() || activity.loggingIn()) {
                activity.login(next.isLogin());
            }
            phase = next;
            next = phase.entered(this);
        }
    }
}

package io.mysqlproxy.core.session;

import io.mysqlproxy.core.backend.Connector;
import io.mysqlproxy.core.backend.ServerLink;
import io.mysqlproxy.core.hook.Hooks;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.leg.Peer;
import io.mysqlproxy.core.query.Budget;
import io.mysqlproxy.core.query.InjectionQueue;
import io.mysqlproxy.core.query.LastPrepared;
import io.mysqlproxy.core.query.StatementTimer;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * One client, at most one server, the current phase and the queue of injections.
 *
 * <p>The public methods are the events of the client's connection, what phases do, and what scripts and administrators ask; all
 * of them, and everything they lead to, happen on one event loop. Bytes are taken from a side only when the current phase hears
 * it and the other side drains; the rest waits, and the side is not read meanwhile.
 */
public final class Session {
    private final long id;
    private final Plugin plugin;
    private final Leg client;
    private final Hooks hooks;
    private final InjectionQueue queue;
    private final LastPrepared lastPrepared = new LastPrepared();
    private final ServerSlot slot;
    private final Budget.Share share;
    private final Activity activity = new Activity();
    private final Ending ending = new Ending(this);
    private final Pump pump = new Pump(this);
    private final StatementTimer timer;
    private Phase phase = Closed.INSTANCE;
    private final Patience patience;
    private boolean closeRequested;

    /**
     * A client has connected.
     *
     * @param id for logs; unique in the process
     * @param connector makes connections whose bytes come to this session's {@link #slot()}
     */
    public Session(long id, Plugin plugin, Connector connector, Peer client) {
        this.id = id;
        this.plugin = plugin;
        this.client = Leg.client(client);
        this.slot = new ServerSlot(this, plugin.backends(), connector);
        this.queue = new InjectionQueue(plugin.clock());
        this.share = plugin.budget().open();
        this.timer = plugin.statements().timer();
        this.patience = new Patience(this, plugin.protocol().limits().allowance());
        this.hooks = plugin.hooks().apply(this);
    }

    /** Begins the conversation. */
    public void start(Phase first) {
        event(() -> become(first));
    }

    /** Bytes of the client have come in; takes them over. They are looked at when {@link #received} is called. */
    public void fromClient(ByteBuf bytes) {
        if (phase == Closed.INSTANCE) {
            bytes.release();
        } else {
            client.in().feed(bytes);
            flowIfMuch(client);
        }
    }

    /** Of a peer that sends much every read goes on at once, while the processor's cache has it, and the next may not be wanted. */
    void flowIfMuch(Leg side) {
        if (side.in().bytes() >= Pump.MUCH) {
            event(() -> {});
        }
    }

    /** No more bytes are at hand just now. */
    public void received() {
        activity.heard();
        event(() -> {});
    }

    /** The client's connection has ended. */
    public void clientClosed() {
        event(() -> become(phase.clientClosed(this)));
    }

    /** The client has begun, or ceased, to drain what it is sent. */
    public void writabilityChanged() {
        event(() -> {});
    }

    /** Where everything of this session happens. */
    public Executor executor() {
        return client.peer().executor();
    }

    /** Is told when the conversation has ended: at once if there is none. Event loop of the session. */
    public void whenEnded(Runnable then) {
        if (phase == Closed.INSTANCE) {
            then.run();
        } else {
            ending.then(then);
        }
    }

    /** How long it is since something happened. */
    public Activity activity() {
        return activity;
    }

    /** How long its client may take. */
    public Patience patience() {
        return patience;
    }

    /** Ends the session from outside. */
    public void end(CloseReason reason) {
        event(() -> become(closed(reason)));
    }

    /** Ends the session from outside, but lets a command in flight come to its end. */
    public void finish() {
        event(ending::finish);
    }

    /** How it ends. */
    public Ending ending() {
        return ending;
    }

    /** Goes on from a phase with what has come of something else; nothing happens if the phase has changed meanwhile. */
    public void go(Phase from, Supplier<Phase> then) {
        event(() -> become(phase == from ? then.get() : phase));
    }

    /** Something went wrong on this session's event loop. */
    public void fail(Throwable cause) {
        event(() -> ending.failed(cause));
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

    /** The server's connection and its index. */
    public ServerSlot slot() {
        return slot;
    }

    /** What scripts have queued. */
    public InjectionQueue queue() {
        return queue;
    }

    /** The statement that the client has prepared last. */
    public LastPrepared lastPrepared() {
        return lastPrepared;
    }

    /** What it holds for its script. */
    public Budget.Share share() {
        return share;
    }

    /** The index scripts read, from 0; -1 for none. It does not prove that a server is attached. */
    public int backendIndex() {
        return slot.index();
    }

    /** A script assigns the index: lets the server go, takes an idle connection, or chooses where to connect to. */
    public void assignBackend(int index) {
        slot.assign(index);
    }

    /** A script wants the connection closed after the next answer, or not any more. */
    public void closeRequested(boolean wanted) {
        closeRequested = wanted;
    }

    /** Whether a script wants the connection closed after the next answer. */
    public boolean closeRequested() {
        return closeRequested;
    }

    /** Its script. */
    public Hooks hooks() {
        return hooks;
    }

    /** Times what the client asks. */
    public StatementTimer timer() {
        return timer;
    }

    /** Whether the server waits for a command, and nothing of an answer is still to come. */
    boolean serverIdle() {
        return (phase == Closed.INSTANCE ? ending.last() : phase).serverIdle();
    }

    /** What its events mean at present. */
    public Phase phase() {
        return phase;
    }

    /** Ends the conversation: the result is the last phase. */
    public Phase closed(CloseReason reason) {
        if (phase != Closed.INSTANCE) {
            Phase last = phase;
            phase = Closed.INSTANCE;
            ending.closed(last, reason);
        }
        return phase;
    }

    /** An event that a phase does not know. The packet, if any, is released. */
    public ProtocolException unexpected(Phase phase, String event, Packet packet) {
        String what = packet == null ? event : event + " " + packet;
        if (packet != null) {
            packet.release();
        }
        return new ProtocolException(
                "unexpected " + what + " in " + phase.getClass().getSimpleName());
    }

    /** Handles an event, and what it makes possible. */
    void event(Runnable meaning) {
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

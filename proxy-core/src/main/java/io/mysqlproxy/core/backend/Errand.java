package io.mysqlproxy.core.backend;

import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.leg.Peer;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.ErrorCode;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.packet.Err;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One statement without rows that the proxy itself sends over an idle connection of a pool, which goes back there afterwards.
 *
 * <p>Everything of it happens on one executor, and its outcome is told there: null if the server said OK, else what went wrong.
 */
public final class Errand implements ServerOwner {
    private static final Logger LOG = LoggerFactory.getLogger(Errand.class);
    private static final int OK = 0x00;
    private static final long SECONDS = 10;

    private final Executor executor;
    private final Consumer<Err> outcome;
    private ServerLink link;

    private Errand(Executor executor, Consumer<Err> outcome) {
        this.executor = executor;
        this.outcome = outcome;
    }

    /**
     * Sends a statement in a user's name. To be called on the executor.
     *
     * @param command the payload for a server's flags
     * @return false if the backend has no idle connection of this user: then nothing happens
     */
    public static boolean send(
            Backend backend,
            Bytes user,
            Function<Capabilities, ByteBuf> command,
            Executor executor,
            Consumer<Err> outcome) {
        Errand errand = new Errand(executor, outcome);
        errand.link = user.length() == 0 ? null : backend.pool().take(user, link -> true, errand);
        if (errand.link == null) {
            return false;
        }
        Leg server = errand.link.leg();
        server.beginCommand();
        server.send(command.apply(server.capabilities()));
        server.flush();
        server.peer().reading(true);
        CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS, executor)
                .execute(() -> errand.broken("no answer within " + SECONDS + " seconds"));
        return true;
    }

    @Override
    public void fromServer(Peer peer, ByteBuf bytes) {
        if (link != null) {
            link.leg().in().feed(bytes);
        } else {
            bytes.release();
        }
    }

    @Override
    public void received(Peer peer) {
        if (link == null) {
            return;
        }
        try {
            Packet answer = link.leg().next();
            if (answer != null) {
                answered(answer);
            }
        } catch (ProtocolException e) {
            broken(e.getMessage());
        }
    }

    private void answered(Packet answer) {
        try {
            Err err = answer.first() == OK ? null : Err.read(answer.payload());
            ServerLink done = link;
            link = null;
            done.backend().pool().put(done);
            outcome.accept(err);
        } finally {
            answer.release();
        }
    }

    private void broken(String why) {
        if (link != null) {
            LOG.warn("{}: an errand over an idle connection came to nothing: {}", link.backend(), why);
            link.close();
            link = null;
            outcome.accept(new Err(ErrorCode.UNKNOWN_ERROR, "HY000", "(proxy) " + why));
        }
    }

    @Override
    public void serverClosed(Peer peer) {
        broken("the server closed the connection");
    }

    @Override
    public void fail(Throwable cause) {
        broken(String.valueOf(cause.getMessage()));
    }

    @Override
    public void writabilityChanged(Peer peer) {}

    @Override
    public Executor executor() {
        return executor;
    }
}

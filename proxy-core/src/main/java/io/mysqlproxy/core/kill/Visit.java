package io.mysqlproxy.core.kill;

import io.mysqlproxy.core.backend.Connector;
import io.mysqlproxy.core.backend.ServerPeer;
import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.leg.Peer;
import io.mysqlproxy.core.login.PasswordException;
import io.mysqlproxy.wire.Command;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.packet.Err;
import io.mysqlproxy.wire.packet.Greeting;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * One connection of the proxy's own account: logs in, ends what there is to end, and says goodbye. Everything of it happens on
 * one executor, and each step has a deadline.
 */
final class Visit implements Connector.Asker {
    private static final int ERR = 0xFF;
    private static final long STEP_SECONDS = 5;

    private final Deputy deputy;
    private final Executor executor;
    private final Entrance entrance;
    private Leg server;
    private boolean in;
    private boolean over;
    private int steps;
    private Deputy.Order order;

    Visit(Deputy deputy, Executor executor) {
        this.deputy = deputy;
        this.executor = executor;
        this.entrance = new Entrance(deputy.account(), deputy.config());
    }

    @Override
    public boolean forClient() {
        return false;
    }

    @Override
    public Executor executor() {
        return executor;
    }

    @Override
    public void connected(ServerPeer peer) {
        server = Leg.server(peer);
        step();
    }

    @Override
    public void refused(Throwable cause) {
        broken(cause.getMessage());
    }

    /** The server has something to do, and {@value #STEP_SECONDS} seconds for it. */
    private void step() {
        int now = ++steps;
        CompletableFuture.delayedExecutor(STEP_SECONDS, TimeUnit.SECONDS, executor)
                .execute(() -> {
                    if (now == steps) {
                        broken("no answer within " + STEP_SECONDS + " seconds");
                    }
                });
    }

    @Override
    public void fromServer(Peer peer, ByteBuf bytes) {
        if (over) {
            bytes.release();
        } else {
            server.in().feed(bytes);
        }
    }

    @Override
    public void received(Peer peer) {
        try {
            while (!over) {
                Packet p = in ? server.next() : server.nextOfLogin();
                if (p == null) {
                    break;
                }
                heard(p);
            }
        } catch (ProtocolException | PasswordException e) {
            broken(e.getMessage());
        }
        if (!over) {
            server.flush();
        }
    }

    private void heard(Packet p) {
        try {
            if (p.first() == ERR) {
                Err err = Err.read(p.payload());
                if (in) {
                    answered(err);
                } else {
                    broken(err.code() + " " + err.message());
                }
            } else if (server.greeting() == null) {
                greeted(Greeting.read(p.payload()));
            } else if (in) {
                answered(null);
            } else {
                asked(p);
            }
        } finally {
            p.release();
        }
    }

    private void greeted(Greeting greeting) {
        step();
        entrance.greeted(greeting, server);
    }

    @Override
    public void secured(Peer peer, Throwable failure) {
        if (over) {
            return;
        }
        if (failure != null) {
            broken("TLS failed: " + failure.getMessage());
            return;
        }
        try {
            entrance.answer(server);
            server.flush();
        } catch (PasswordException e) {
            broken(e.getMessage());
        }
    }

    private void asked(Packet p) {
        step();
        if (entrance.asked(p, server)) {
            in = true;
            next();
        }
    }

    private void answered(Err err) {
        order.done(err);
        next();
    }

    private void next() {
        order = deputy.next();
        server.beginCommand();
        if (order != null) {
            step();
            server.send(order.kill().command(server.capabilities()));
            return;
        }
        server.send(Unpooled.wrappedBuffer(new byte[] {(byte) Command.COM_QUIT.code()}));
        server.flush();
        close();
    }

    private void broken(String why) {
        if (!over) {
            close();
            deputy.failed(order, why);
        }
    }

    private void close() {
        over = true;
        steps++;
        entrance.done();
        if (server != null) {
            server.release();
            server.peer().close();
        }
    }

    @Override
    public void writabilityChanged(Peer peer) {}

    @Override
    public void serverClosed(Peer peer) {
        broken("the server closed the connection");
    }

    @Override
    public void fail(Throwable cause) {
        broken(String.valueOf(cause.getMessage()));
    }
}

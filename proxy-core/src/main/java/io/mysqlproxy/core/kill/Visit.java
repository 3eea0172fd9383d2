package io.mysqlproxy.core.kill;

import io.mysqlproxy.core.backend.Connector;
import io.mysqlproxy.core.backend.ServerPeer;
import io.mysqlproxy.core.config.TlsMode;
import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.leg.Peer;
import io.mysqlproxy.core.login.Negotiation;
import io.mysqlproxy.core.login.OwnLogin;
import io.mysqlproxy.core.login.PasswordException;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Collation;
import io.mysqlproxy.wire.Command;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.packet.AuthMoreData;
import io.mysqlproxy.wire.packet.AuthSwitch;
import io.mysqlproxy.wire.packet.Err;
import io.mysqlproxy.wire.packet.Greeting;
import io.mysqlproxy.wire.packet.HandshakeResponse;
import io.mysqlproxy.wire.packet.SslRequest;
import io.mysqlproxy.wire.value.ConnectAttributes;
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
    private static final int OK = 0x00;
    private static final int ERR = 0xFF;
    private static final int MAX_PACKET = 1 << 24;
    private static final long STEP_SECONDS = 5;

    /** {@code SHOW PROCESSLIST} and its kin tell who this is. */
    private static final ConnectAttributes ATTRIBUTES = ConnectAttributes.NONE.with("program_name", "mysql-proxy");

    private static final Capabilities WANTED = new Capabilities(Capabilities.LONG_PASSWORD
            | Capabilities.PROTOCOL_41
            | Capabilities.TRANSACTIONS
            | Capabilities.SECURE_CONNECTION
            | Capabilities.PLUGIN_AUTH
            | Capabilities.PLUGIN_AUTH_LENENC
            | Capabilities.CONNECT_ATTRS);

    private final Deputy deputy;
    private final Executor executor;
    private final OwnLogin login;
    private Leg server;
    private boolean in;
    private boolean over;
    private int steps;
    private Deputy.Order order;

    Visit(Deputy deputy, Executor executor) {
        this.deputy = deputy;
        this.executor = executor;
        this.login = new OwnLogin(deputy.account().secret());
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
        server.greeting(greeting);
        boolean offered = greeting.capabilities().has(Capabilities.SSL);
        boolean tls = Negotiation.wantsTls(deputy.config(), server) && offered;
        TlsMode mode = deputy.config().backendTls().mode();
        if (!tls && Negotiation.wantsTls(deputy.config(), server) && mode.asks(TlsMode.REQUIRED)) {
            broken("the server does not offer TLS");
            return;
        }
        Capabilities own = WANTED.and(greeting.capabilities().with(Capabilities.LONG_PASSWORD));
        server.capabilities(tls ? own.with(Capabilities.SSL) : own);
        if (!tls) {
            login();
            return;
        }
        if (server.in().bytes() > 0) {
            throw new ProtocolException("the server spoke before TLS stood");
        }
        ByteBuf out = server.peer().allocator().buffer();
        new SslRequest(server.capabilities(), MAX_PACKET, Collation.UTF8MB4_GENERAL_CI).write(out);
        server.send(out);
        server.peer().startTls(null);
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
            login();
            server.flush();
        } catch (PasswordException e) {
            broken(e.getMessage());
        }
    }

    private void login() {
        Greeting greeting = server.greeting();
        ByteString answer = login.greeted(greeting.authPlugin(), greeting.scramble(), server);
        HandshakeResponse response = new HandshakeResponse(
                server.capabilities(),
                MAX_PACKET,
                Collation.UTF8MB4_GENERAL_CI,
                ByteString.of(deputy.account().user()),
                answer,
                ByteString.EMPTY,
                login.plugin(),
                ATTRIBUTES,
                0);
        ByteBuf out = server.peer().allocator().buffer();
        response.write(out, server.capabilities());
        server.send(out);
    }

    private void asked(Packet p) {
        step();
        switch (p.first()) {
            case OK -> {
                in = true;
                login.done();
                next();
            }
            case AuthSwitch.HEADER -> {
                AuthSwitch asked = AuthSwitch.read(p.payload());
                say(login.asked(asked.plugin(), asked.data(), server));
            }
            case AuthMoreData.HEADER ->
                say(login.more(AuthMoreData.read(p.payload()).data(), server));
            default -> throw new ProtocolException("unexpected " + p + " in a login");
        }
    }

    private void say(ByteString answer) {
        if (answer != null) {
            server.send(Unpooled.wrappedBuffer(answer.bytes()));
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
        login.done();
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

package io.mysqlproxy.core.kill;

import io.mysqlproxy.core.config.KillAccount;
import io.mysqlproxy.core.config.ProtocolConfig;
import io.mysqlproxy.core.config.TlsMode;
import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.login.Negotiation;
import io.mysqlproxy.core.login.OwnLogin;
import io.mysqlproxy.core.login.PasswordException;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Collation;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.packet.AuthMoreData;
import io.mysqlproxy.wire.packet.AuthSwitch;
import io.mysqlproxy.wire.packet.Greeting;
import io.mysqlproxy.wire.packet.HandshakeResponse;
import io.mysqlproxy.wire.packet.SslRequest;
import io.mysqlproxy.wire.value.ConnectAttributes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** How the proxy's own account logs in to a server: TLS if it is to be used, then its password in whatever form is asked for. */
final class Entrance {
    private static final int OK = 0x00;
    private static final int MAX_PACKET = 1 << 24;

    /** {@code SHOW PROCESSLIST} and its kin tell who this is. */
    private static final ConnectAttributes ATTRIBUTES = ConnectAttributes.NONE.with("program_name", "mysql-proxy");

    private static final Capabilities WANTED = new Capabilities(Capabilities.LONG_PASSWORD
            | Capabilities.PROTOCOL_41
            | Capabilities.TRANSACTIONS
            | Capabilities.SECURE_CONNECTION
            | Capabilities.PLUGIN_AUTH
            | Capabilities.PLUGIN_AUTH_LENENC
            | Capabilities.CONNECT_ATTRS);

    private final KillAccount account;
    private final ProtocolConfig config;
    private final OwnLogin login;

    Entrance(KillAccount account, ProtocolConfig config) {
        this.account = account;
        this.config = config;
        this.login = new OwnLogin(account.secret());
    }

    /**
     * The server has greeted.
     *
     * @throws ProtocolException if there is no TLS where it is required, or the server has said more than it may by now
     * @throws PasswordException if the account cannot log in by the server's method
     */
    void greeted(Greeting greeting, Leg server) {
        server.greeting(greeting);
        boolean tls = usesTls(greeting, server);
        Capabilities own = WANTED.and(greeting.capabilities().with(Capabilities.LONG_PASSWORD));
        server.capabilities(tls ? own.with(Capabilities.SSL) : own);
        if (!tls) {
            answer(server);
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

    private boolean usesTls(Greeting greeting, Leg server) {
        boolean wanted = Negotiation.wantsTls(config, server);
        boolean offered = greeting.capabilities().has(Capabilities.SSL);
        if (wanted && !offered && config.backendTls().mode().asks(TlsMode.REQUIRED)) {
            throw new ProtocolException("the server does not offer TLS");
        }
        return wanted && offered;
    }

    /**
     * Answers the greeting, over TLS if that was to come first.
     *
     * @throws PasswordException if the account cannot log in by the server's method
     */
    void answer(Leg server) {
        Greeting greeting = server.greeting();
        ByteString answer = login.greeted(greeting.authPlugin(), greeting.scramble(), server);
        HandshakeResponse response = new HandshakeResponse(
                server.capabilities(),
                MAX_PACKET,
                Collation.UTF8MB4_GENERAL_CI,
                ByteString.of(account.user()),
                answer,
                ByteString.EMPTY,
                login.plugin(),
                ATTRIBUTES,
                0);
        ByteBuf out = server.peer().allocator().buffer();
        response.write(out, server.capabilities());
        server.send(out);
    }

    /**
     * The server goes on with the login.
     *
     * @param p stays the caller's
     * @return whether that was the end of it
     * @throws ProtocolException if it is nothing of a login
     * @throws PasswordException if the account cannot log in by the method that the server asks for
     */
    boolean asked(Packet p, Leg server) {
        switch (p.first()) {
            case OK -> {
                done();
                return true;
            }
            case AuthSwitch.HEADER -> {
                AuthSwitch asked = AuthSwitch.read(p.payload());
                say(login.asked(asked.plugin(), asked.data(), server), server);
            }
            case AuthMoreData.HEADER ->
                say(login.more(AuthMoreData.read(p.payload()).data(), server), server);
            default -> throw new ProtocolException("unexpected " + p + " in a login");
        }
        return false;
    }

    private static void say(ByteString answer, Leg server) {
        if (answer != null) {
            server.send(Unpooled.wrappedBuffer(answer.bytes()));
        }
    }

    /** The password is not needed any more. */
    void done() {
        login.done();
    }
}

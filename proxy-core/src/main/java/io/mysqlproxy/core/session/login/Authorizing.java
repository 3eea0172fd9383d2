package io.mysqlproxy.core.session.login;

import io.mysqlproxy.core.config.TlsMode;
import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.leg.Login;
import io.mysqlproxy.core.leg.SecretBuffer;
import io.mysqlproxy.core.login.Negotiation;
import io.mysqlproxy.core.session.Admission;
import io.mysqlproxy.core.session.Phase;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.core.session.command.Ready;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.Hook;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.ErrorCode;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.packet.HandshakeResponse;
import io.mysqlproxy.wire.packet.SslRequest;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The client has been greeted and is to log in (lua-api.md 2.3). */
final class Authorizing implements Phase {
    /** CR_VERSION_ERROR, the number lua-api.md 2.3 gives for clients older than 4.1. */
    private static final int TOO_OLD = 2007;

    private static final Logger LOG = LoggerFactory.getLogger(Authorizing.class);

    /** Some clients ask always, and some of them compress then, whatever the answer: said once in a process (W-09). */
    private static final AtomicBoolean TOLD = new AtomicBoolean();

    private final Capabilities offered;
    private final boolean played;
    private boolean upgraded;

    /**
     * @param offered the flags the client was shown
     * @param played whether the greeting was a script's, and there is no server to log in to
     */
    Authorizing(Capabilities offered, boolean played) {
        this.offered = offered;
        this.played = played;
    }

    @Override
    public boolean isLogin() {
        return true;
    }

    @Override
    public boolean serverIdle() {
        return true; // a pooled connection waits for a command; a new one is not authenticated, and never pooled
    }

    @Override
    public boolean hearsClient() {
        return true;
    }

    @Override
    public boolean hearsServer() {
        return true;
    }

    @Override
    public Phase clientBytes(Session s) {
        Packet packet = s.client().nextOfLogin();
        return packet == null ? this : fromClient(s, packet);
    }

    @Override
    public Phase fromClient(Session s, Packet p) {
        try {
            if (!HandshakeResponse.isProtocol41(p.payload())) {
                new Answer.Error(TOO_OLD, Answer.DEFAULT_STATE, Bytes.latin1("4.0 protocol is not supported"))
                        .send(s.client());
                return s.closed(CloseReason.PROTOCOL);
            }
            if (SslRequest.matches(p.payload())) {
                return secure(s);
            }
            return answered(s, HandshakeResponse.read(p.payload(), offered));
        } finally {
            p.wipe();
            p.release();
        }
    }

    private Phase answered(Session s, HandshakeResponse response) {
        try {
            return insecure(s, response) ? refused(s) : login(s, response);
        } finally {
            if (Login.isInClear(response.authPlugin())) {
                Arrays.fill(response.authResponse().bytes(), (byte) 0);
            }
        }
    }

    /** A server that speaks now gives up on the client: its packet is passed on (W-40). */
    @Override
    public Phase fromServer(Session s, Packet p) {
        s.client().forward(p);
        return s.closed(CloseReason.REFUSED_BY_SERVER);
    }

    /** What the client has sent behind its request is TLS, or it has sent the last of it (W-19). */
    private Phase secure(Session s) {
        if (!offered.has(Capabilities.SSL) || upgraded) {
            throw new ProtocolException("the client asks for TLS, which was not offered");
        }
        upgraded = true;
        s.client().peer().startTls(s.client().in().drain());
        return this;
    }

    private boolean insecure(Session s, HandshakeResponse response) {
        if (upgraded && !response.capabilities().has(Capabilities.SSL)) {
            throw new ProtocolException("the client asked for TLS, and now does not");
        }
        return s.plugin().protocol().clientTls().mode().asks(TlsMode.REQUIRED)
                && !s.client().peer().secure();
    }

    private Phase refused(Session s) {
        s.client().capabilities(new Capabilities(Capabilities.PROTOCOL_41));
        new Answer.Error(
                        ErrorCode.SECURE_TRANSPORT_REQUIRED,
                        "HY000",
                        Bytes.latin1("Connections using insecure transport are prohibited while"
                                + " --require_secure_transport=ON."))
                .send(s.client());
        return s.closed(CloseReason.PROTOCOL);
    }

    private Phase login(Session s, HandshakeResponse response) {
        Leg client = s.client();
        // not to have flags of MariaDB's is for the client to say, whatever the greeting said
        client.capabilities(response.capabilities().and(offered.with(Capabilities.LONG_PASSWORD)));
        warnOfCompression(s, response.capabilities());
        client.login(new Login(
                bytes(response.username()),
                bytes(response.authResponse()),
                Bytes.utf8(response.authPlugin()),
                response.charset(),
                response.attributes(),
                response.zstdLevel()));
        client.defaultDb(bytes(response.database()));
        Decision decision = s.hooks().readAuth();
        if (decision instanceof Decision.Reply reply) {
            return replied(s, reply.answer());
        }
        if (s.server() == null) {
            return mock(s, decision);
        }
        if (s.server().authenticated()) {
            return PooledLogin.begin(s, response, decision == Decision.SEND_QUERIES ? ScriptedLogin.queued(s) : null);
        }
        Leg server = s.server().leg();
        server.capabilities(Negotiation.negotiated(
                s.plugin().protocol(), client, server, s.hooks().wants(Hook.READ_QUERY)));
        boolean scripted = decision == Decision.SEND_QUERIES;
        return ServerLogin.begin(s, response, scripted ? ScriptedLogin.agreed(s) : relayed(s, response), scripted);
    }

    private void warnOfCompression(Session s, Capabilities asked) {
        if (asked.has(Capabilities.COMPRESS)
                && !offered.has(Capabilities.COMPRESS)
                && TOLD.compareAndSet(false, true)) {
            LOG.warn(
                    "a client asks for compression, which was not offered to it: if it hangs, allow it (--{}-compress)",
                    s.plugin().name());
        }
    }

    private static ByteBuf relayed(Session s, HandshakeResponse response) {
        ByteBuf out = SecretBuffer.payload(s.client().peer().allocator());
        Leg server = s.server().leg();
        boolean withheld = Negotiation.mustNotPass(s.client(), server, response.authPlugin());
        new HandshakeResponse(
                        server.capabilities(),
                        response.maxPacketSize(),
                        response.charset(),
                        response.username(),
                        withheld ? ByteString.EMPTY : response.authResponse(),
                        response.database(),
                        withheld ? Negotiation.NO_PLUGIN : response.authPlugin(),
                        response.attributes(),
                        s.plugin().protocol().wrapping().compression().zstdLevel())
                .write(out, server.capabilities());
        return out;
    }

    private static Phase replied(Session s, Answer answer) {
        Bytes user = s.client().login().user();
        if (!answer.isError() && !Admission.granted(s, user)) {
            return Admission.refused(s, user);
        }
        if (answer instanceof Answer.Okay) {
            ServerLogin.found(s.client());
        }
        answer.send(s.client());
        if (answer.isError()) {
            return s.closed(CloseReason.REFUSED_BY_SCRIPT);
        }
        ServerLogin.compressClient(s);
        return new Ready();
    }

    /** Without a server every login is welcome: the script plays the server (lua-api.md 2.10). */
    private Phase mock(Session s, Decision decision) {
        if (!played || decision == Decision.SEND_QUERIES) {
            return s.closed(CloseReason.NO_BACKEND);
        }
        return replied(s, new Answer.Okay(0, 0, 0));
    }

    private static Bytes bytes(ByteString value) {
        return value == null ? Bytes.EMPTY : Bytes.of(value.bytes());
    }
}

package io.mysqlproxy.core.session.admin;

import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.leg.Login;
import io.mysqlproxy.core.login.AdminGate;
import io.mysqlproxy.core.session.Phase;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.ServerStatus;
import io.mysqlproxy.wire.auth.CachingSha2;
import io.mysqlproxy.wire.auth.NativePassword;
import io.mysqlproxy.wire.auth.Scramble;
import io.mysqlproxy.wire.packet.AuthMoreData;
import io.mysqlproxy.wire.packet.AuthSwitch;
import io.mysqlproxy.wire.packet.Greeting;
import io.mysqlproxy.wire.packet.HandshakeResponse;
import io.mysqlproxy.wire.value.ConnectAttributes;
import io.netty.buffer.ByteBuf;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An administrator is greeted and logs in: there is no server, the proxy checks the password itself (J-47). */
public final class AdminLogin implements Phase {
    private static final Logger LOG = LoggerFactory.getLogger(AdminLogin.class);
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final String VERSION = "5.0.99-agent-admin";
    private static final int LATIN1 = 8;

    /** A schema can be named and means nothing: clients that have one configured get in all the same (W-04). */
    private static final Capabilities OFFERED = new Capabilities(Capabilities.LONG_PASSWORD
            | Capabilities.CONNECT_WITH_DB
            | Capabilities.PROTOCOL_41
            | Capabilities.SECURE_CONNECTION
            | Capabilities.PLUGIN_AUTH
            | Capabilities.PLUGIN_AUTH_LENENC
            | Capabilities.CONNECT_ATTRS);

    private static final Answer TOO_OLD =
            new Answer.Error(2007, Answer.DEFAULT_STATE, Bytes.latin1("4.0 protocol is not supported"));

    /** One text for both, since two would tell who exists. */
    private static final Answer REFUSED =
            new Answer.Error(1045, "28000", Bytes.latin1("unknown user or password doesn't match"));

    /** Of caching_sha2_password: the hash is known, so the password itself is not needed. */
    private static final ByteString FAST = ByteString.of(new byte[] {3});

    private static final ConnectAttributes.Entry CONNECTOR_J =
            new ConnectAttributes.Entry(ByteString.of("_client_name"), ByteString.of("MySQL Connector/J"));

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private ByteString scramble;
    private HandshakeResponse response;
    private boolean waiting;

    @Override
    public Phase entered(Session s) {
        s.slot().index(0); // what scripts see as 1
        scramble = Scramble.generate(RANDOM);
        Greeting greeting =
                new Greeting(VERSION, 1, scramble, OFFERED, LATIN1, ServerStatus.AUTOCOMMIT, CachingSha2.NAME);
        ByteBuf out = s.client().peer().allocator().buffer();
        greeting.write(out);
        s.client().sequence(0);
        s.client().send(out);
        s.client().greeting(greeting);
        later(s, LIMIT, () -> waiting ? this : s.closed(CloseReason.TIMEOUT));
        return this;
    }

    @Override
    public boolean hearsClient() {
        return !waiting;
    }

    @Override
    public Phase clientBytes(Session s) {
        Packet packet = s.client().nextOfLogin();
        return packet == null ? this : fromClient(s, packet);
    }

    @Override
    public Phase fromClient(Session s, Packet p) {
        try {
            if (response != null) {
                return checked(s, gate(s).admitsNative(response.username(), ByteString.copyOf(p.payload()), scramble));
            }
            if (!HandshakeResponse.isProtocol41(p.payload())) {
                TOO_OLD.send(s.client());
                return s.closed(CloseReason.PROTOCOL);
            }
            return answered(s, HandshakeResponse.read(p.payload(), OFFERED));
        } finally {
            p.release();
        }
    }

    private Phase answered(Session s, HandshakeResponse read) {
        response = read;
        Leg client = s.client();
        client.capabilities(read.capabilities().and(OFFERED));
        client.login(new Login(
                Bytes.of(read.username().bytes()),
                Bytes.of(read.authResponse().bytes()),
                Bytes.utf8(read.authPlugin()),
                read.charset()));
        if (!client.capabilities().has(Capabilities.PLUGIN_AUTH)) {
            return checked(s, gate(s).admitsNative(read.username(), read.authResponse(), scramble));
        }
        if (read.authPlugin().equals(CachingSha2.NAME)) {
            boolean admitted = gate(s).admitsSha2(read.username(), read.authResponse(), scramble);
            if (admitted && !skipsFast(read)) {
                ByteBuf fast = client.peer().allocator().buffer();
                new AuthMoreData(FAST).write(fast);
                client.send(fast);
            }
            return checked(s, admitted);
        }
        return switched(client);
    }

    /**
     * Connector/J reads the packet before OK by the rules of servers before 5.5.16, since our version says so, and takes it for
     * garbage; without that packet it is content.
     */
    private static boolean skipsFast(HandshakeResponse read) {
        return read.attributes().entries().contains(CONNECTOR_J);
    }

    /** What the client sent was not for this method; it is asked again, with a scramble of its own. */
    private Phase switched(Leg client) {
        scramble = Scramble.generate(RANDOM);
        ByteBuf out = client.peer().allocator().buffer();
        new AuthSwitch(NativePassword.NAME, scramble).write(out);
        client.send(out);
        return this;
    }

    private Phase checked(Session s, boolean admitted) {
        if (admitted) {
            new Answer.Okay(0, 0, 0).send(s.client());
            LOG.debug("admin login of '{}'", shown(response.username()));
            return new AdminReady();
        }
        Duration delay = gate(s).failed();
        LOG.warn("admin login of '{}' refused, the answer waits {} ms", shown(response.username()), delay.toMillis());
        waiting = true;
        later(s, delay, () -> {
            REFUSED.send(s.client());
            return s.closed(CloseReason.LOGIN_REFUSED);
        });
        return this;
    }

    /** Goes on after a while, unless the phase has changed meanwhile. */
    private void later(Session s, Duration delay, Supplier<Phase> then) {
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, s.executor())
                .execute(() -> s.go(this, then));
    }

    private static AdminGate gate(Session s) {
        return s.plugin().gate();
    }

    /** Someone who is not logged in writes nothing into the log but what can be read there. */
    private static String shown(ByteString name) {
        String text = name.toString().replaceAll("[^\\p{Graph} ]", "?");
        return text.length() > 64 ? text.substring(0, 64) + "..." : text;
    }
}

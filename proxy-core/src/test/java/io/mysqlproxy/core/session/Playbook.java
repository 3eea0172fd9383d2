package io.mysqlproxy.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.Buffers;
import io.mysqlproxy.core.Frames;
import io.mysqlproxy.core.backend.Backend;
import io.mysqlproxy.core.backend.BackendType;
import io.mysqlproxy.core.backend.Backends;
import io.mysqlproxy.core.backend.Farewell;
import io.mysqlproxy.core.config.Address;
import io.mysqlproxy.core.config.Allowance;
import io.mysqlproxy.core.config.Limits;
import io.mysqlproxy.core.config.ProtocolConfig;
import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.core.query.Clock;
import io.mysqlproxy.core.query.QueryStats;
import io.mysqlproxy.core.session.login.Connecting;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.testing.LogCapture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;

/**
 * A session between a client and a server that the test plays. Every test ends with the client gone, all buffers freed, the
 * backends without clients and {@code disconnect_client} called once.
 */
@InEveryFeed
abstract class Playbook {
    static final String DB = "10.0.0.1:3306";

    @Parameter
    Feed feed;

    Buffers buffers = new Buffers();
    ProtocolConfig protocol = ProtocolConfig.BARE;
    final LogCapture log = new LogCapture();
    final ScriptedHooks hooks = new ScriptedHooks();
    final FakeConnector connector = new FakeConnector();
    List<Backend> backends;
    Session session;
    RecordingPeer serverPeer;
    Side client;
    Side server;

    /** Seconds, of backends. */
    long now = 1000;

    /** Nanoseconds, of injections. */
    long nanos;

    private Backends list;
    private boolean settling;
    private boolean again;

    @BeforeEach
    void oneBackend() {
        backends(DB);
    }

    @AfterEach
    void everythingIsFreed() {
        log.close();
        if (session == null) {
            return;
        }
        client.dies();
        assertThat(client.peer().closed()).as("client closed").isTrue();
        assertThat(client.peer().faults()).isEmpty();
        if (server != null) {
            if (server.peer().owner() instanceof Farewell) {
                server.dies();
            }
            assertThat(server.peer().closed()).as("server closed").isTrue();
            assertThat(server.peer().faults()).isEmpty();
        }
        buffers.assertFreed();
        assertThat(hooks.ends()).as("calls of disconnect_client").isEqualTo(1);
        assertThat(backends).allSatisfy(b -> assertThat(b.clients()).isZero());
    }

    /** Read/write backends, or read-only ones if {@code ro} is in front. */
    void backends(String... addresses) {
        backends = Arrays.stream(addresses).map(this::backend).toList();
        list = new Backends(backends, () -> now);
    }

    private Backend backend(String text) {
        Address address = Address.parse(text.replace("ro ", ""));
        return new Backend(
                address,
                InetSocketAddress.createUnresolved(address.host(), address.port()),
                text.startsWith("ro ") ? BackendType.RO : BackendType.RW,
                () -> now);
    }

    /** A client connects to the proxy. */
    void clientConnects() {
        hooks.calls.clear();
        Clock clock = () -> nanos;
        RecordingPeer peer = new RecordingPeer(buffers.allocator(), new InetSocketAddress("192.0.2.7", 51000));
        session = new Session(1, plugin(clock), connector, peer);
        peer.onWritabilityChanged(session::writabilityChanged);
        client = new Side(
                "client",
                peer,
                feed,
                new Side.Events(session::fromClient, session::received, session::clientClosed, this::settle));
        session.start(new Connecting());
        settle();
    }

    private Plugin plugin(Clock clock) {
        return new Plugin("proxy", list, false, clock, 1 << 28, s -> hooks, QueryStats.OFF, null, protocol);
    }

    /** Sessions that begin later are allowed this much. */
    void allow(Allowance allowance) {
        protocol = protocol.with(Limits.DEFAULT.with(allowance));
    }

    /** The attempt that is open succeeds. */
    void serverAccepts(String address) {
        RecordingPeer peer = serverPeer();
        connector.to(address).connected(peer);
        settle();
    }

    RecordingPeer serverPeer() {
        RecordingPeer peer = new RecordingPeer(buffers.allocator(), new InetSocketAddress("10.0.0.1", 3306));
        serverPeer = peer;
        peer.owner(session.slot());
        peer.onWritabilityChanged(() -> peer.owner().writabilityChanged(peer));
        server = new Side(
                "server",
                peer,
                feed,
                new Side.Events(
                        bytes -> peer.owner().fromServer(peer, bytes),
                        () -> peer.owner().received(peer),
                        () -> peer.owner().serverClosed(peer),
                        this::settle));
        return peer;
    }

    /** The attempt that is open fails. */
    void serverRefuses(String address) {
        connector.to(address).refused(new IOException("Connection refused"));
        settle();
    }

    /** As far as the greeting. */
    void greeted() {
        clientConnects();
        serverAccepts(DB);
        server.sends(Dialogue.GREETING);
        client.expect(Dialogue.GREETING_SHOWN);
    }

    /** As far as a login with classic flags. */
    void loggedIn() {
        loggedIn(Dialogue.LOGIN);
    }

    void loggedIn(String login) {
        greeted();
        client.sends(login);
        server.expect(login);
        server.sends("2: 00 00 00 02 00 00 00");
        client.expect("2: 00 00 00 02 00 00 00");
    }

    /** The server is told that nobody logs in, takes note and is left. */
    void farewell() {
        server.expect(Dialogue.FAREWELL);
        server.sends("2: ff 15 04 '#28000denied'");
        server.expectClosed();
    }

    /** A command and its answer pass, ids unchanged. */
    void passes(String command, String answer) {
        client.sends(command);
        server.expect(command);
        server.sends(answer);
        client.expect(answer);
    }

    /** The connection is of use. */
    void ping() {
        passes("0: 0e", "1: 00 00 00 02 00 00 00");
    }

    static Bytes bytes(String payload) {
        return Bytes.of(Frames.payload(payload));
    }

    static Decision reply(Answer answer) {
        return new Decision.Reply(answer);
    }

    static Decision raw(String... payloads) {
        return reply(new Answer.Raw(Arrays.stream(payloads).map(Playbook::bytes).toList()));
    }

    static Decision okay() {
        return reply(new Answer.Okay(0, 0, 0));
    }

    static Decision denied() {
        return reply(new Answer.Error(1130, "HY000", Bytes.latin1("denied")));
    }

    void append(int id, String query, boolean buffered) {
        session.queue().append(id, bytes(query), buffered);
    }

    void prepend(int id, String query, boolean buffered) {
        session.queue().prepend(id, bytes(query), buffered);
    }

    /** Lets both sides' bytes in, as long as the proxy reads. */
    private void settle() {
        again = true;
        if (settling) {
            return;
        }
        settling = true;
        try {
            while (again) {
                again = client.deliver();
                again |= server != null && server.deliver();
            }
        } finally {
            settling = false;
        }
    }
}

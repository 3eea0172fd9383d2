package io.mysqlproxy.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.mysqlproxy.core.Buffers;
import io.mysqlproxy.core.Frames;
import io.mysqlproxy.core.backend.Backend;
import io.mysqlproxy.core.backend.BackendType;
import io.mysqlproxy.core.backend.Connector;
import io.mysqlproxy.core.backend.ServerLink;
import io.mysqlproxy.core.config.Address;
import io.mysqlproxy.core.config.KillAccount;
import io.mysqlproxy.core.config.Policy;
import io.mysqlproxy.core.config.ProtocolConfig;
import io.mysqlproxy.core.config.TlsConfig;
import io.mysqlproxy.core.config.TlsMode;
import io.mysqlproxy.core.kill.Kill;
import io.mysqlproxy.core.kill.Kills;
import io.mysqlproxy.core.leg.Login;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.testing.LogCapture;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The account that kills, and what a server may say to it. */
@Tag("W-39")
class KillVisitTest {
    private static final String GREETING = Dialogue.GREETING;
    private static final String OK = "00 00 00 02 00 00 00";

    private final Buffers buffers = new Buffers();
    private final LogCapture log = new LogCapture();
    private final FakeConnector connector = new FakeConnector();
    private final Backend backend = new Backend(
            Address.parse(Playbook.DB), InetSocketAddress.createUnresolved("10.0.0.1", 3306), BackendType.RW, () -> 0);
    private final List<String> outcomes = new ArrayList<>();
    private Kills kills = kills(TlsMode.DISABLED);
    private RecordingPeer peer;

    private static Kills kills(TlsMode tls) {
        return new Kills(new ProtocolConfig(TlsConfig.DISABLED, TlsConfig.mode(tls))
                .with(Policy.BARE.with(new KillAccount("killer", "secret"))));
    }

    @AfterEach
    void nothingIsLeft() {
        log.close();
        if (peer != null) {
            assertThat(peer.closed()).isTrue();
        }
        buffers.assertFreed();
    }

    private void kill(long id) {
        boolean sent = kills.send(
                new Kill(backend, Bytes.latin1("joe"), id, false),
                connector,
                Runnable::run,
                err -> outcomes.add(id + " " + (err == null ? "OK" : err.code())));
        assertThat(sent).isTrue();
    }

    private void connects() {
        Connector.Asker asker = connector.to(Playbook.DB);
        peer = new RecordingPeer(buffers.allocator(), new InetSocketAddress("10.0.0.1", 3306));
        peer.owner(asker);
        asker.connected(peer);
    }

    private void says(String frames) {
        peer.owner().fromServer(peer, buffers.of(Frames.join(Frames.of(frames))));
        peer.owner().received(peer);
    }

    private void hears(String frames) {
        assertThat(Frames.show(peer.taken())).isEqualTo(Frames.show(Frames.join(Frames.of(frames))));
    }

    private void greeted() {
        connects();
        says(GREETING);
        peer.taken();
    }

    @Test
    void whatWasSentAndNotAnsweredMayStillCome() {
        kill(1);
        kill(2);
        greeted();
        says("2: " + OK);
        hears("0: 03 'KILL 1'");
        peer.owner().serverClosed(peer);
        assertThat(outcomes).containsExactlyInAnyOrder("1 2013", "2 1105");
    }

    @Test
    void soDoesWhatWasSentOverAnIdleConnection() {
        kills = new Kills(ProtocolConfig.BARE);
        peer = new RecordingPeer(buffers.allocator(), new InetSocketAddress("10.0.0.1", 3306));
        ServerLink idle = new ServerLink(peer, backend);
        idle.leg().login(new Login(Bytes.latin1("joe"), Bytes.EMPTY, Bytes.EMPTY, 0));
        idle.authenticated(true);
        backend.pool().put(idle);
        kill(1);
        hears("0: 03 'KILL 1'");
        peer.owner().serverClosed(peer);
        assertThat(outcomes).containsExactly("1 2013");
    }

    @Test
    void whatComesUpMeanwhileGoesAlong() {
        kill(1);
        kill(2);
        greeted();
        kill(3);
        says("2: " + OK);
        hears("0: 03 'KILL 1'");
        says("1: ff 46 04 '#HY000Unknown thread id: 1'");
        hears("0: 03 'KILL 2'");
        kill(4);
        says("1: " + OK);
        hears("0: 03 'KILL 3'");
        says("1: " + OK);
        hears("0: 03 'KILL 4'");
        says("1: " + OK);
        hears("0: 01");
        assertThat(outcomes).containsExactly("1 1094", "2 OK", "3 OK", "4 OK");
        kill(5);
        greeted();
        says("2: " + OK);
        hears("0: 03 'KILL 5'");
        says("1: " + OK);
        assertThat(connector.attempts()).hasSize(2);
    }

    @Test
    void theServerMayAskForAnotherMethod() {
        kill(1);
        greeted();
        says("2: fe 'mysql_native_password' 00 'ABCDEFGHIJKLMNOPQRST' 00");
        assertThat(Frames.show(peer.taken())).startsWith("3:").doesNotContain("secret");
        says("4: " + OK);
        hears("0: 03 'KILL 1'");
        says("1: " + OK);
    }

    @ParameterizedTest
    @CsvSource({
        "client_ed25519, asks for client_ed25519",
        "mysql_old_password, asks for mysql_old_password",
        "mysql_clear_password, 'in clear, but not inside TLS'",
    })
    void aMethodThatWouldTellThePasswordOrIsUnknownIsRefused(String method, String why) {
        kill(1);
        kill(2);
        greeted();
        says("2: fe '" + method + "' 00 'ABCDEFGHIJKLMNOPQRST' 00");
        hears("");
        assertThat(outcomes).containsExactly("1 1105", "2 1105");
        assertThat(log.lines(Level.WARN)).singleElement().asString().contains("'killer'", why);
    }

    @ParameterizedTest
    @CsvSource({
        "'0: ff 10 04 ''Too many connections''', 1040 Too many connections",
        "'0: 09 00', handshake version 9",
        "'0: 0a', expected",
    })
    void aServerThatDoesNotGreetIsLeft(String frames, String why) {
        kill(1);
        connects();
        says(frames);
        assertThat(outcomes).containsExactly("1 1105");
        assertThat(log.lines(Level.WARN)).singleElement().asString().contains(why);
    }

    @Test
    void whoIsRefusedOrLeftTriesAgainNextTime() {
        kill(1);
        connector.to(Playbook.DB).refused(new java.io.IOException("Connection refused"));
        kill(2);
        greeted();
        says("2: ff 15 04 '#28000Access denied'");
        kill(3);
        connects();
        peer.owner().serverClosed(peer);
        assertThat(outcomes).containsExactly("1 1105", "2 1105", "3 1105");
        assertThat(log.lines(Level.WARN)).hasSize(3);
    }

    @Test
    void whereTlsIsRequiredNothingIsSaidWithoutIt() {
        kills = kills(TlsMode.REQUIRED);
        kill(1);
        connects();
        says(GREETING.replace("ff ff                    | capabilities, low half", "ff f7"));
        hears("");
        assertThat(log.lines(Level.WARN)).singleElement().asString().contains("does not offer TLS");
    }
}

package io.mysqlproxy.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.backend.Backend;
import io.mysqlproxy.core.backend.NoSocketException;
import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.core.leg.CloseReason;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Looking for a backend: lua-api.md 2.1, 6.2, 6.3. */
class ConnectPlaybookTest extends Playbook {
    private static final String ALL_DOWN = "0: ff 51 04 '(proxy) all backends are down'";

    @Test
    @Tag("C-105")
    void theReadWriteBackendWithFewestClientsIsChosen() {
        backends("10.0.0.1:3306", "10.0.0.2:3306", "ro 10.0.0.3:3306");
        backends.get(0).attach();
        clientConnects();
        serverAccepts("10.0.0.2:3306");
        assertThat(backends.get(1).clients()).isEqualTo(1);
        assertThat(backends.get(1).state()).isEqualTo(Backend.UP);
        backends.get(0).detach();
    }

    @Test
    void ofEqualsTheFirstIsChosen() {
        backends("10.0.0.1:3306", "10.0.0.2:3306");
        clientConnects();
        serverAccepts("10.0.0.1:3306");
    }

    @Test
    @Tag("C-26")
    void theNextBackendIsTriedAfterARefusal() {
        backends("10.0.0.1:3306", "10.0.0.2:3306");
        clientConnects();
        serverRefuses("10.0.0.1:3306");
        assertThat(backends.get(0).state()).isEqualTo(Backend.DOWN);
        serverAccepts("10.0.0.2:3306");
        assertThat(hooks.calls).containsExactly("connect_server", "connect_server");
        server.sends(Dialogue.GREETING);
        client.expect(Dialogue.GREETING_SHOWN);
        client.sends(Dialogue.LOGIN);
        server.expect(Dialogue.LOGIN);
        server.sends("2: 00 00 00 02 00 00 00");
        client.expect("2: 00 00 00 02 00 00 00");
        ping();
    }

    /** Of the proxy, that is: the backend is not to blame. */
    @Test
    @Tag("W-01")
    void withoutASocketTheClientIsOneTooMany() {
        clientConnects();
        connector.to(DB).refused(new NoSocketException("Too many open files (24)"));
        client.expect("0: ff 10 04 'Too many connections'");
        client.expectClosed();
        assertThat(backends.get(0).state()).isNotEqualTo(Backend.DOWN);
        assertThat(connector.attempts()).hasSize(1);
    }

    @Test
    @Tag("C-27")
    @Tag("W-01")
    void theClientIsToldThatAllBackendsAreDown() {
        backends("10.0.0.1:3306", "10.0.0.2:3306", "ro 10.0.0.3:3306");
        clientConnects();
        serverRefuses("10.0.0.1:3306");
        serverRefuses("10.0.0.2:3306");
        client.expect(ALL_DOWN);
        client.expectClosed();
        assertThat(connector.attempts()).doesNotContain("10.0.0.3:3306");
        assertThat(hooks.calls).endsWith("disconnect_client");
        assertThat(log.errors()).containsExactly("Cannot connect, all backends are down.");
    }

    @Test
    void withoutBackendsTheClientIsToldTheSame() {
        backends();
        clientConnects();
        client.expect(ALL_DOWN);
        client.expectClosed();
    }

    @Test
    @Tag("C-107")
    void aBackendIsTriedAgainAfterMoreThanFourSeconds() {
        backends.get(0).unreachable();
        now += 4;
        clientConnects();
        client.expect(ALL_DOWN);
        now += 1;
        hooks.connectServer = () -> {
            assertThat(backends.get(0).state()).isEqualTo(Backend.UNKNOWN);
            return Decision.PROCEED;
        };
        clientConnects();
        serverAccepts(DB);
    }

    @Test
    @Tag("C-106")
    void aScriptCanChooseAReadOnlyBackend() {
        backends("10.0.0.1:3306", "ro 10.0.0.2:3306");
        hooks.connectServer = () -> {
            session.assignBackend(1);
            return Decision.PROCEED;
        };
        clientConnects();
        serverAccepts("10.0.0.2:3306");
        assertThat(session.backendIndex()).isEqualTo(1);
    }

    @Test
    @Tag("C-106")
    void aChosenBackendThatIsDownGivesWayToTheRule() {
        backends("10.0.0.1:3306", "ro 10.0.0.2:3306");
        backends.get(1).unreachable();
        hooks.connectServer = () -> {
            session.assignBackend(1);
            return Decision.PROCEED;
        };
        clientConnects();
        serverAccepts("10.0.0.1:3306");
        assertThat(session.backendIndex()).isZero();
    }

    @Test
    @Tag("C-106")
    void anIndexWithoutABackendMeansThatAllAreDown() {
        hooks.connectServer = () -> {
            session.assignBackend(98);
            return Decision.PROCEED;
        };
        clientConnects();
        client.expect(ALL_DOWN);
        client.expectClosed();
    }

    @Test
    void eachAttemptStartsWithoutAChoiceAndWithoutAQueue() {
        backends("10.0.0.1:3306", "10.0.0.2:3306");
        hooks.connectServer = () -> {
            assertThat(session.backendIndex()).isEqualTo(-1);
            assertThat(session.queue().size()).isZero();
            session.assignBackend(0);
            append(1, "03 'SELECT 1'", true);
            return Decision.PROCEED;
        };
        clientConnects();
        serverRefuses("10.0.0.1:3306");
        serverAccepts("10.0.0.2:3306");
        assertThat(log.errors()).isEmpty();
    }

    @Test
    void droppedMeansAPooledConnectionAndWithoutOneANewOne() {
        hooks.connectServer = () -> Decision.DROP;
        clientConnects();
        serverAccepts(DB);
        server.sends(Dialogue.GREETING);
        client.expect(Dialogue.GREETING_SHOWN);
    }

    @Test
    @Tag("C-21")
    void anErrorOfAScriptHasNoStateAndIsTheLastWord() {
        hooks.connectServer = Playbook::denied;
        clientConnects();
        client.expect("0: ff 6a 04 'denied'");
        client.expectClosed();
        assertThat(connector.attempts()).isEmpty();
    }

    @Test
    void whateverIsNoGreetingIsTheLastWord() {
        hooks.connectServer = Playbook::okay;
        clientConnects();
        client.expect("0: 00 00 00 02 00 00 00");
        client.expectClosed();
    }

    @Test
    void anEmptyPacketIsNoGreeting() {
        hooks.connectServer = () -> raw("", "'second'");
        clientConnects();
        client.expect("""
                0:
                1: 'second'""");
        client.expectClosed();
    }

    @Test
    void aGreetingThatIsCutOffIsSentAndTheLastWord() {
        hooks.connectServer = () -> raw("0a '8.0'");
        clientConnects();
        client.expect("0: 0a '8.0'");
        client.expectClosed();
    }

    @Test
    void theClientLeavesWhileTheServerIsConnectedTo() {
        clientConnects();
        client.leaves();
        client.expectClosed();
        serverAccepts(DB);
        server.expectNothing();
        assertThat(backends.get(0).clients()).isZero();
        server.sends(Dialogue.GREETING);
        farewell();
    }

    @Test
    void theClientLeavesBeforeTheServerRefuses() {
        clientConnects();
        client.leaves();
        serverRefuses(DB);
        client.expectClosed();
        assertThat(connector.attempts()).hasSize(1);
    }

    @Test
    void anAttemptMayFailAtOnce() {
        backends("10.0.0.1:3306", "10.0.0.2:3306");
        connector.atOnce((backend, outcome) -> outcome.refused(new IOException("Connection refused")));
        clientConnects();
        client.expect(ALL_DOWN);
        client.expectClosed();
        assertThat(connector.attempts()).containsExactly("10.0.0.1:3306", "10.0.0.2:3306");
    }

    @Test
    void anAttemptMaySucceedAtOnce() {
        connector.atOnce((backend, outcome) -> outcome.connected(serverPeer()));
        clientConnects();
        server.sends(Dialogue.GREETING);
        client.expect(Dialogue.GREETING_SHOWN);
        assertThat(connector.attempts()).hasSize(1);
    }

    @Test
    void theSessionEndsFromOutside() {
        greeted();
        session.end(CloseReason.SHUTDOWN);
        client.expectClosed();
        server.expectClosed();
    }

    @Test
    void aHookThatBreaksAtTheEndKeepsNothingOpen() {
        greeted();
        hooks.disconnectClient = () -> {
            throw new IllegalStateException("a fault of the proxy");
        };
        client.leaves();
        client.expectClosed();
        farewell();
        assertThat(log.errors()).hasSize(1);
    }
}

package io.mysqlproxy.core.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.core.hook.Hooks;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.Hook;
import io.mysqlproxy.script.ScriptScope;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which version of a script runs when, in each scope: J-01, J-02, J-08, J-31, J-32. */
class SessionHooksTest extends ScriptFixture {
    private static final Bytes QUERY = Bytes.latin1("\003SELECT 1");

    @Test
    @Tag("J-02")
    void underExecutionScopeTheBodyRunsForEachHook() {
        script("connect_server 0", "read_query 0");
        Hooks hooks = client(plugin()).hooks();
        hooks.connectServer();
        hooks.readQuery(QUERY);
        hooks.readQuery(QUERY);
        assertThat(engine.ran)
                .containsExactly("compile", "body", "connect_server", "body", "read_query", "body", "read_query");
        assertThat(engine.contexts)
                .as("what survives is kept for the connection")
                .isEqualTo(1);
        assertThat(engine.arguments.get(1)).containsExactly(QUERY);
    }

    @Test
    @Tag("J-31")
    void theConnectStepRunsTheBodyEvenWithoutAHook() {
        script("read_query 0");
        Hooks hooks = client(plugin()).hooks();
        assertThat(hooks.connectServer()).isEqualTo(Decision.PROCEED);
        assertThat(engine.ran).containsExactly("compile", "body");
        hooks.connectServer();
        assertThat(engine.ran).as("one load run is enough").containsExactly("compile", "body");
    }

    @Test
    @Tag("J-02")
    void aHookThatCannotBeDefinedCostsNothing() {
        script("read_query 0");
        Hooks hooks = client(plugin()).hooks();
        hooks.connectServer();
        engine.ran.clear();
        assertThat(hooks.wants(Hook.READ_QUERY_RESULT)).isFalse();
        assertThat(hooks.wants(Hook.READ_QUERY)).isTrue();
        hooks.readHandshake();
        hooks.readAuth();
        hooks.disconnectClient();
        assertThat(engine.ran).isEmpty();
    }

    @Test
    void aHookThatIsOnlyMentionedIsLookedForAndNotCalled() {
        script("perhaps read_query now");
        Hooks hooks = client(plugin()).hooks();
        hooks.connectServer();
        assertThat(hooks.wants(Hook.READ_QUERY)).isTrue();
        assertThat(hooks.readQuery(QUERY)).isEqualTo(Decision.PROCEED);
        assertThat(engine.ran).containsExactly("compile", "body", "body");
    }

    @Test
    void underConnectionScopeTheBodyRunsOncePerConnection() {
        scope = Optional.of(ScriptScope.CONNECTION);
        script("connect_server 0", "read_query 0");
        PluginScript plugin = plugin();
        for (int i = 0; i < 2; i++) {
            Hooks hooks = client(plugin).hooks();
            hooks.connectServer();
            hooks.readQuery(QUERY);
            hooks.readQuery(QUERY);
        }
        assertThat(engine.ran).filteredOn("body"::equals).hasSize(2);
    }

    @Test
    @Tag("J-32")
    void underConnectionScopeAnOpenConnectionKeepsItsVersion() {
        scope = Optional.of(ScriptScope.CONNECTION);
        script("read_query 0");
        PluginScript plugin = plugin();
        Hooks old = client(plugin).hooks();
        old.connectServer();
        script("read_auth 0");
        Hooks young = client(plugin).hooks();
        young.connectServer();
        aWhile();
        assertThat(old.wants(Hook.READ_QUERY)).isTrue();
        assertThat(old.wants(Hook.READ_AUTH)).isFalse();
        assertThat(young.wants(Hook.READ_QUERY)).isFalse();
        assertThat(young.wants(Hook.READ_AUTH)).isTrue();
    }

    @Test
    void underExecutionScopeAnOpenConnectionTakesTheNewVersion() {
        script("read_query 0");
        Hooks hooks = client(plugin()).hooks();
        hooks.connectServer();
        script("read_auth 0");
        aWhile();
        assertThat(hooks.wants(Hook.READ_QUERY)).isFalse();
        assertThat(hooks.wants(Hook.READ_AUTH)).isTrue();
    }

    @Test
    @Tag("J-06")
    void theResponseIsEmptiedBeforeReadQueryOnly() {
        script("connect_server 0", "read_auth 0", "read_query 0", "disconnect_client 0");
        Hooks hooks = client(plugin()).hooks();
        hooks.connectServer();
        hooks.readAuth();
        assertThat(engine.clears).isZero();
        hooks.readQuery(QUERY);
        assertThat(engine.clears).isEqualTo(1);
        hooks.disconnectClient();
        assertThat(engine.clears).isEqualTo(1);
    }

    @Test
    void theQueueIsEmptiedBeforeReadQuery() {
        script("read_query 1");
        Client client = client(plugin());
        client.hooks().connectServer();
        client.session().queue().append(1, QUERY, false);
        assertThat(client.hooks().readQuery(QUERY)).isEqualTo(Decision.PROCEED);
        assertThat(client.session().queue().size()).isZero();
    }

    @Test
    void theLastHookRuns() {
        script("disconnect_client 0");
        Hooks hooks = client(plugin()).hooks();
        hooks.connectServer();
        hooks.disconnectClient();
        assertThat(engine.ran).endsWith("disconnect_client");
    }

    @Test
    @Tag("J-08")
    void aSlowHookIsLogged() {
        warnAfter = Duration.ofMillis(5);
        script("read_query 0");
        engine.acts.put(Hook.READ_QUERY, ScriptFixture::aWhile);
        Hooks hooks = client(plugin()).hooks();
        hooks.connectServer();
        assertThat(warnings()).isEmpty();
        hooks.readQuery(QUERY);
        assertThat(warnings()).singleElement().asString().contains("read_query", file.toString(), " ms");
    }

    @Test
    @Tag("J-08")
    void aHookThatWaitedForAnotherOneIsNotSlow() throws InterruptedException {
        warnAfter = Duration.ofMillis(50);
        script("read_query 0");
        Hooks hooks = client(plugin()).hooks();
        hooks.connectServer();
        CountDownLatch locked = new CountDownLatch(1);
        Thread other = new Thread(() -> {
            engine.lock.lock();
            locked.countDown();
            aWhile();
            engine.lock.unlock();
        });
        other.start();
        locked.await();
        hooks.readQuery(QUERY);
        other.join();
        assertThat(engine.ran).endsWith("read_query");
        assertThat(warnings()).isEmpty();
    }
}

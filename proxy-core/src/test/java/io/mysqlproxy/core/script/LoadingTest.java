package io.mysqlproxy.core.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.core.hook.Hooks;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.ScriptScope;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is told about a script that does not load, and when: J-31, J-32. */
class LoadingTest extends ScriptFixture {
    private static final Bytes QUERY = Bytes.latin1("\003SELECT 1");
    private static final Decision LOAD_FAILED = new Decision.Reply(Answer.error("load failed"));
    private static final Decision BODY_FAILED = new Decision.Reply(Answer.error("body failed"));

    @Test
    void underGlobalScopeTheBodyRunsAtTheStartAndNeverAgain() {
        engine.scope = ScriptScope.GLOBAL;
        script("read_query 0");
        PluginScript plugin = plugin();
        plugin.load();
        assertThat(engine.ran).containsExactly("compile", "body");
        script("!");
        aWhile();
        for (int i = 0; i < 2; i++) {
            Hooks hooks = client(plugin).hooks();
            assertThat(hooks.connectServer()).isEqualTo(Decision.PROCEED);
            hooks.readQuery(QUERY);
        }
        assertThat(engine.ran).containsExactly("compile", "body", "read_query", "read_query");
        assertThat(engine.contexts).isEqualTo(2);
    }

    @Test
    @Tag("J-32")
    void aLanguageLoadedAtTheStartStopsItInEveryScope() {
        engine.scope = ScriptScope.GLOBAL;
        engine.trace = "Traceback\n";
        assertThatThrownBy(() -> plugin().load()).isInstanceOf(ConfigException.class);
        script("raise");
        assertThatThrownBy(() -> plugin().load())
                .isInstanceOf(ConfigException.class)
                .hasMessage("loading " + file + " failed: Traceback");
        assertThat(engine.lock.isLocked()).isFalse();
        scope = Optional.of(ScriptScope.CONNECTION);
        script("!");
        assertThatThrownBy(() -> plugin().load())
                .isInstanceOf(ConfigException.class)
                .hasMessage("loading " + file + " failed: syntax error");
        script("raise");
        plugin().load();
    }

    @Test
    void otherLanguagesAreNotReadAtTheStart() {
        plugin().load();
        assertThat(engine.ran).isEmpty();
    }

    @Test
    void aFileThatCannotBeLoadedIsToldInTheConnectStep() {
        PluginScript plugin = plugin();
        assertThat(client(plugin).hooks().connectServer()).isEqualTo(LOAD_FAILED);
        script("!");
        assertThat(client(plugin).hooks().connectServer()).isEqualTo(LOAD_FAILED);
        script("read_query 0");
        assertThat(client(plugin).hooks().connectServer()).isEqualTo(Decision.PROCEED);
    }

    @Test
    @Tag("J-31")
    void aBodyThatRaisesIsToldInEveryConnectStepUntilOneSucceeds() {
        script("raise");
        Hooks hooks = client(plugin()).hooks();
        assertThat(hooks.connectServer()).isEqualTo(BODY_FAILED);
        assertThat(hooks.connectServer()).isEqualTo(BODY_FAILED);
        script("read_query 0");
        aWhile();
        assertThat(hooks.connectServer()).isEqualTo(Decision.PROCEED);
        assertThat(log.errors()).containsExactly("body: body raised", "body: body raised");
    }

    @Test
    void aClientThatNeverGotAScriptHasNoLastHook() {
        script("!", "disconnect_client 0");
        Hooks hooks = client(plugin()).hooks();
        hooks.connectServer();
        hooks.disconnectClient();
        assertThat(engine.ran).containsExactly("compile");
    }
}

package io.mysqlproxy.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.core.config.KillAccount;
import io.mysqlproxy.core.config.Timeouts;
import io.mysqlproxy.core.config.server.BackendConfig;
import io.mysqlproxy.core.config.server.ListenerConfig;
import io.mysqlproxy.core.config.server.ScriptConfig;
import io.mysqlproxy.core.config.server.ServerConfig;
import io.mysqlproxy.script.FailureMode;
import io.mysqlproxy.script.ScriptScope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WiringTest {
    @TempDir
    private Path folder;

    @Test
    void defaults() {
        ServerConfig config = config("--basedir=/base", "--plugins=proxy,pyproxy");

        List<ListenerConfig> listeners = listeners("--basedir=/base", "--plugins=proxy,pyproxy");

        assertThat(config.basedir()).isEqualTo(Path.of("/base"));
        assertThat(listeners).extracting(ListenerConfig::plugin).containsExactly("proxy", "pyproxy");
        assertThat(listeners).extracting(listener -> listener.address().port()).containsExactly(4040, 4045);
        assertThat(listeners).allSatisfy(listener -> {
            assertThat(listener.timeouts()).isEqualTo(Timeouts.DEFAULT);
            assertThat(listener.script()).isEmpty();
            assertThat(listener.profiling()).isTrue();
            assertThat(listener.backends())
                    .extracting(backend -> backend.address().text())
                    .containsExactly("127.0.0.1:3306");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy", "pyproxy"})
    void theAccountThatEndsStatementsKeepsItsSecret(String plugin) throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), "out of a file\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        String kill = "--" + plugin + "-kill-";
        String plugins = "--plugins=" + plugin;

        assertThat(account(plugins)).isEmpty();
        assertThat(account(plugins, kill + "user=joe", kill + "password=given"))
                .contains(new KillAccount("joe", "given"));
        assertThat(account(plugins, kill + "user=joe", kill + "password-file=" + file))
                .contains(new KillAccount("joe", "out of a file"));
        assertThat(new KillAccount("joe", "given").toString()).doesNotContain("given");
        assertThat(CommandLine.parse(plugins, kill + "user=joe", kill + "password=given")
                        .shownOptions())
                .containsEntry(plugin + "-kill-user", "joe")
                .doesNotContainValue("given");

        assertThatThrownBy(() -> account(plugins, kill + "user=joe"))
                .hasMessageContaining(
                        kill + "user needs a password: " + kill + "password or " + kill + "password-file");
        assertThatThrownBy(() -> account(plugins, kill + "password=given"))
                .hasMessageContaining("of no use without " + kill + "user")
                .hasMessageNotContaining("given");
        assertThatThrownBy(() ->
                        account(plugins, kill + "user=joe", kill + "password=given", kill + "password-file=" + file))
                .hasMessageContaining("only one is allowed");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> account(plugins, kill + "user=joe", kill + "password-file=" + file))
                .hasMessageContaining("aren't secure");
        assertThatThrownBy(() -> account(plugins, kill + "user=joe", kill + "password-file=" + folder + "/none"))
                .hasMessageContaining("No such file");
    }

    private static Optional<KillAccount> account(String... options) {
        return listeners(options).get(0).protocol().policy().killAccount();
    }

    @Test
    void readOnlyBackendsFollowTheOthers() {
        ListenerConfig listener =
                listeners("-r", "c:3", "-b", "a:1,b:2", "-r", "d:4").get(0);

        assertThat(listener.backends())
                .extracting(backend -> backend.address().text())
                .containsExactly("a:1", "b:2", "c:3", "d:4");
        assertThat(listener.backends()).extracting(BackendConfig::readOnly).containsExactly(false, false, true, true);
    }

    @Test
    void theScriptKnowsWhatTheUserWants() {
        ListenerConfig listener = listeners(
                        "--basedir=/base",
                        "-s",
                        "x.lua",
                        "--proxy-lua-scope=connection",
                        "--proxy-on-script-error=refuse",
                        "--proxy-script-warn-ms=5",
                        "--proxy-skip-profiling")
                .get(0);

        assertThat(listener.script())
                .contains(new ScriptConfig(
                        "proxy",
                        "lua",
                        Path.of("/base/x.lua"),
                        Optional.of(ScriptScope.CONNECTION),
                        Optional.of(FailureMode.REFUSE),
                        Duration.ofMillis(5)));
        assertThat(listener.profiling()).isFalse();
    }

    @Test
    void eachPluginHasItsLimitOfHeldResults() {
        ServerConfig config = config("--plugins=proxy,pyproxy", "--pyproxy-max-buffered-result=1000");

        assertThat(config.listeners())
                .extracting(plugin -> ((ListenerConfig) plugin).maxBufferedResult())
                .containsExactly(268435456L, 1000L);
        assertThatThrownBy(() -> config("--proxy-max-buffered-result=0"))
                .hasStackTraceContaining("max-buffered-result has to be > 0, is 0");
    }

    @Test
    void negativeTimeoutsKeepTheDefault() {
        Timeouts timeouts = listeners(
                        "--proxy-connect-timeout=0.25", "--proxy-read-timeout=-1", "--proxy-write-timeout=1e300")
                .get(0)
                .timeouts();

        assertThat(timeouts.connect()).isEqualTo(Duration.ofMillis(250));
        assertThat(timeouts.read()).isEqualTo(Timeouts.DEFAULT.read());
        assertThat(timeouts.write()).isGreaterThan(Duration.ofDays(365));
    }

    @Test
    void eachLanguageHasItsLimitOfTime() {
        assertThat(config().engineProperties())
                .containsEntry("lua.timeout-ms", "0")
                .containsEntry("python.timeout-ms", "0");
        assertThat(config("--plugins=proxy,pyproxy", "--proxy-script-timeout=2.5", "--pyproxy-script-timeout=0.0001")
                        .engineProperties())
                .containsEntry("lua.timeout-ms", "2500")
                .containsEntry("python.timeout-ms", "1");
        assertThat(config("--plugins=proxy,pyproxy", "--proxy-script-timeout=-3", "--pyproxy-script-timeout=1e300")
                        .engineProperties())
                .containsEntry("lua.timeout-ms", "0")
                .containsEntry("python.timeout-ms", Integer.toString(Integer.MAX_VALUE));
        assertThatThrownBy(() -> config("--proxy-script-timeout=soon"))
                .hasMessageContaining("--proxy-script-timeout")
                .hasMessageContaining("soon");
    }

    @Test
    void aPluginThatIsOffDoesNotListen() {
        assertThat(listeners("--plugins=proxy,pyproxy", "--no-proxy"))
                .extracting(ListenerConfig::plugin)
                .containsExactly("pyproxy");
    }

    static Stream<Arguments> badAddresses() {
        return Stream.of(
                Arguments.of(
                        "--proxy-address=a:",
                        "proxy",
                        "IP-address has to be in the form [<ip>][:<port>], is 'a:'. No port number"),
                Arguments.of(
                        "--pyproxy-address=a:12x",
                        "pyproxy",
                        "IP-address has to be in the form [<ip>][:<port>], is 'a:12x'. Failed to parse the port at 'x'"),
                Arguments.of(
                        "--pyproxy-backend-addresses=a:99999",
                        "pyproxy",
                        "illegal value 99999 for port, only 1 ... 65535 allowed"));
    }

    @ParameterizedTest
    @MethodSource("badAddresses")
    @Tag("J-39")
    void aBadAddressIsRefusedInThePluginsName(String argument, String plugin, String message) {
        assertThatThrownBy(() -> config("--plugins=proxy,pyproxy", argument))
                .isInstanceOfSatisfying(
                        PluginRefusal.class,
                        refusal -> assertThat(refusal.plugin()).isEqualTo(plugin))
                .hasMessage(message);
    }

    private static List<ListenerConfig> listeners(String... arguments) {
        return config(arguments).listeners().stream()
                .map(ListenerConfig.class::cast)
                .toList();
    }

    private static ServerConfig config(String... arguments) {
        return new Wiring(CommandLine.parse(arguments)).config();
    }
}

package io.mysqlproxy.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.launcher.log.LogLevel;
import io.mysqlproxy.launcher.option.ChassisOptions;
import io.mysqlproxy.launcher.option.ProxyOptions;
import io.mysqlproxy.launcher.option.Setting;
import io.mysqlproxy.script.FailureMode;
import io.mysqlproxy.script.ScriptScope;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    private static final String BOTH = "--plugins=proxy,pyproxy";

    @Test
    void withoutArgumentsTheLuaProxyRunsWithItsDefaults() {
        CommandLine line = CommandLine.parse();

        assertThat(line.plugins()).containsExactly(ProxyOptions.LUA);
        assertThat(line.logLevel()).isEqualTo(LogLevel.MESSAGE);
        assertThat(line.settings().get(ProxyOptions.LUA.address)).isEqualTo(":4040");
        assertThat(line.settings().get(ProxyOptions.LUA.backends)).containsExactly("127.0.0.1:3306");
        assertThat(line.settings().find(ProxyOptions.LUA.readOnlyBackends)).isEmpty();
        assertThat(line.file(ProxyOptions.LUA.script)).isEmpty();
    }

    @Test
    @Tag("J-48")
    void thereAreAsManyThreadsAsCores() {
        assertThat(CommandLine.parse().settings().get(ChassisOptions.EVENT_THREADS))
                .isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    static Stream<List<String>> spellingsOfTheAddress() {
        return Stream.of(
                List.of("-P", ":4141"),
                List.of("-P:4141"),
                List.of("--proxy-address", ":4141"),
                List.of("--proxy-address=:4141"));
    }

    @ParameterizedTest
    @MethodSource("spellingsOfTheAddress")
    @Tag("A-06")
    void longAndShortNamesTakeTheirValueEitherWay(List<String> arguments) {
        assertThat(parse(arguments).settings().get(ProxyOptions.LUA.address)).isEqualTo(":4141");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-b a:1 -b b:2", "-b a:1,b:2", "--proxy-backend-addresses=a:1 -bb:2", "-b a:1, -b ,b:2,"})
    @Tag("A-06")
    @Tag("A-22")
    @Tag("J-21")
    void listsAddUp(String arguments) {
        assertThat(split(arguments).settings().get(ProxyOptions.LUA.backends)).containsExactly("a:1", "b:2");
    }

    @Test
    @Tag("A-22")
    void anEscapedCommaDoesNotSplitAndAnEmptyListIsEmpty() {
        assertThat(CommandLine.parse("-b", "a\\,b , c").settings().get(ProxyOptions.LUA.backends))
                .containsExactly("a,b", "c");
        assertThat(CommandLine.parse("-b", "").settings().get(ProxyOptions.LUA.backends))
                .isEmpty();
        assertThat(CommandLine.parse("--plugins=").plugins()).isEmpty();
    }

    @Test
    @Tag("J-23")
    void whatOldConfigurationsSayIsTakenAndDoesNothing() {
        CommandLine line = CommandLine.parse("--plugin-dir=/x", "--proxy-fix-bug-25371", "--log-backtrace-on-crash");

        assertThat(line.settings().given())
                .containsOnlyKeys("plugin-dir", "proxy-fix-bug-25371", "log-backtrace-on-crash");
        assertThat(new Wiring(line).config()).isEqualTo(new Wiring(CommandLine.parse()).config());
        assertThatThrownBy(() -> CommandLine.parse("--plugins=pyproxy", "--pyproxy-fix-bug-25371"))
                .hasMessageStartingWith("Unknown option --pyproxy-fix-bug-25371 ");
    }

    @Test
    @Tag("J-27")
    @Tag("J-39")
    void everyOptionOfOneProxyHasATwinOfTheOther() {
        Function<ProxyOptions, List<String>> names = options -> options.group().settings().stream()
                .map(Setting::name)
                .map(name ->
                        name.replaceFirst("^(no-)?(py)?proxy", "$1p").replaceFirst("^(p-)(lua|python)-", "$1language-"))
                .filter(name -> !name.equals("p-fix-bug-25371"))
                .toList();

        assertThat(names.apply(ProxyOptions.PYTHON))
                .containsExactlyElementsOf(names.apply(ProxyOptions.LUA))
                .contains("p-language-script", "no-p", "p-ssl-cert", "p-backend-ssl-mode");
    }

    @ParameterizedTest
    @ValueSource(strings = {"debug", "replicant", "client"})
    @Tag("J-45")
    void otherPluginsOfTheOriginalAreNotThere(String plugin) {
        assertThatThrownBy(() -> CommandLine.parse("--plugins=proxy," + plugin))
                .hasMessage("loading module '" + plugin + "' failed: unknown plugin, known are: admin, proxy, pyproxy");
    }

    @Test
    void theLastOfRepeatedValuesCounts() {
        assertThat(CommandLine.parse("--event-threads=2", "--event-threads", "3")
                        .settings()
                        .get(ChassisOptions.EVENT_THREADS))
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "false", "no", "off"})
    void aFlagCanBeOff(String off) {
        assertThat(CommandLine.parse("--no-proxy", "--no-proxy=" + off)
                        .settings()
                        .get(ProxyOptions.LUA.disabled))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=1", "=true", "=yes", "=anything"})
    void aFlagIsOnOtherwise(String on) {
        assertThat(CommandLine.parse("--no-proxy" + on).settings().get(ProxyOptions.LUA.disabled))
                .isTrue();
    }

    @Test
    void aValueMayLookLikeAnythingButAnOption() {
        CommandLine line = CommandLine.parse("-s=x=y.lua", "--lua-path", "\"quoted\"", "--lua-cpath=");

        assertThat(line.settings().get(ProxyOptions.LUA.script)).isEqualTo(Path.of("=x=y.lua"));
        assertThat(line.settings().get(ChassisOptions.LUA_PATH)).isEqualTo("\"quoted\"");
        assertThat(line.settings().get(ChassisOptions.LUA_CPATH)).isEmpty();
    }

    @Test
    @Tag("A-08")
    void pluginsAreLoadedOnceInTheOrderGiven() {
        assertThat(CommandLine.parse("--plugins=pyproxy", "--plugins=proxy,pyproxy,")
                        .plugins())
                .containsExactly(ProxyOptions.PYTHON, ProxyOptions.LUA);
        assertThat(CommandLine.parse("--plugins", "proxy,pyproxy").plugins())
                .containsExactly(ProxyOptions.LUA, ProxyOptions.PYTHON);
    }

    @Test
    @Tag("J-21")
    void thePythonProxyHasTheSameOptionsUnderItsPrefix() {
        CommandLine line = CommandLine.parse(
                BOTH,
                "--pyproxy-backend-addresses=a:1,b:2",
                "--pyproxy-readonly-backend-address=c:3",
                "--pyproxy-read-only-backend-addresses=d:4",
                "--pyproxy-python-script=x.py",
                "--pyproxy-python-scope=connection",
                "--pyproxy-on-script-error=proceed",
                "--pyproxy-connect-timeout=0.5");

        ProxyOptions python = ProxyOptions.PYTHON;
        assertThat(line.settings().get(python.address)).isEqualTo(":4045");
        assertThat(line.settings().get(python.backends)).containsExactly("a:1", "b:2");
        assertThat(line.settings().get(python.readOnlyBackends)).containsExactly("c:3", "d:4");
        assertThat(line.settings().get(python.scope)).isEqualTo(ScriptScope.CONNECTION);
        assertThat(line.settings().get(python.onScriptError)).isEqualTo(FailureMode.PROCEED);
        assertThat(line.settings().get(python.connectTimeout)).isEqualTo(0.5);
    }

    @Test
    @Tag("J-23")
    void whatDoesNothingAnyMoreIsAccepted() {
        CommandLine line = CommandLine.parse("--proxy-fix-bug-25371", "--plugin-dir=/none", "-P", ":1");

        assertThat(line.settings().get(ProxyOptions.LUA.address)).isEqualTo(":1");
    }

    @Test
    @Tag("J-27")
    void everyOptionOfOneProxyHasItsTwin() {
        assertThat(restsOf(ProxyOptions.LUA, "lua")).contains("ssl-cert", "ssl-key", "ssl-ca", "backend-ssl-mode");
        assertThat(restsOf(ProxyOptions.PYTHON, "python")).isEqualTo(restsOf(ProxyOptions.LUA, "lua"));
    }

    private static List<String> restsOf(ProxyOptions options, String engine) {
        return options.group().settings().stream()
                .map(Setting::name)
                .filter(name -> !name.equals("proxy-fix-bug-25371")) // it was never a bug of the other one
                .map(name -> name.replaceFirst("^(no-)?" + options.plugin() + "-?", "$1")
                        .replace(engine, "ENGINE"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy,pyproxy", "pyproxy,proxy"})
    @Tag("J-39")
    void theLettersMeanTheLuaProxyIfItIsThere(String plugins) {
        CommandLine line = CommandLine.parse("--plugins=" + plugins, "-P", ":1", "-s", "x");

        assertThat(line.settings().get(ProxyOptions.LUA.address)).isEqualTo(":1");
        assertThat(line.settings().has(ProxyOptions.PYTHON.address)).isFalse();
    }

    @Test
    @Tag("J-39")
    void theLettersMeanThePythonProxyAlone() {
        CommandLine line = CommandLine.parse("--plugins=pyproxy", "-P:1", "-b", "a:1", "-r", "b:2", "-s", "x.py");

        ProxyOptions python = ProxyOptions.PYTHON;
        assertThat(line.settings().get(python.address)).isEqualTo(":1");
        assertThat(line.settings().get(python.backends)).containsExactly("a:1");
        assertThat(line.settings().get(python.readOnlyBackends)).containsExactly("b:2");
        assertThat(line.settings().get(python.script)).isEqualTo(Path.of("x.py"));
    }

    @Test
    @Tag("A-09")
    void filesAreBelowTheBaseDirectory() {
        CommandLine line = CommandLine.parse(
                "--basedir=/base", "--log-file=a.log", "--pid-file", "/run/a.pid", "--proxy-lua-script=scripts/x.lua");

        assertThat(line.file(ChassisOptions.LOG_FILE)).contains(Path.of("/base/a.log"));
        assertThat(line.file(ChassisOptions.PID_FILE)).contains(Path.of("/run/a.pid"));
        assertThat(line.file(ProxyOptions.LUA.script)).contains(Path.of("/base/scripts/x.lua"));
    }

    private static CommandLine split(String arguments) {
        return CommandLine.parse(arguments.split(" "));
    }

    private static CommandLine parse(List<String> arguments) {
        return CommandLine.parse(arguments.toArray(String[]::new));
    }
}

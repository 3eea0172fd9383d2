package io.mysqlproxy.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.core.config.ConfigException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionErrorsTest {
    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("--nosuch", "Unknown option --nosuch (use --help to show all options)"),
                Arguments.of("--nosuch=1", "Unknown option --nosuch=1 (use --help to show all options)"),
                Arguments.of("-x", "Unknown option -x (use --help to show all options)"),
                Arguments.of("foo", "unknown option: foo"),
                Arguments.of("-- --version", "unknown option: --version"),
                Arguments.of("--proxy-addr=:1", "Unknown option --proxy-addr=:1 (use --help to show all options)"),
                Arguments.of(
                        "--pyproxy-address=:1", "Unknown option --pyproxy-address=:1 (use --help to show all options)"),
                Arguments.of(
                        "--admin-username=x", "Unknown option --admin-username=x (use --help to show all options)"),
                Arguments.of("--help-admin", "Unknown option --help-admin (use --help to show all options)"),
                Arguments.of("--no-daemon", "Unknown option --no-daemon (use --help to show all options)"),
                Arguments.of("--log-level", "Missing argument for --log-level"),
                Arguments.of("-P", "Missing argument for --proxy-address"),
                Arguments.of("--event-threads=x", "Cannot parse integer value “x” for --event-threads"),
                Arguments.of("--event-threads=0", "--event-threads has to be >= 1, is 0"),
                Arguments.of("--event-threads=1025", "--event-threads has to be <= 1024, is 1025"),
                Arguments.of("--proxy-script-warn-ms=-1", "--proxy-script-warn-ms has to be >= 0, is -1"),
                Arguments.of(
                        "--plugins=pyproxy --pyproxy-script-warn-ms=-1",
                        "--pyproxy-script-warn-ms has to be >= 0, is -1"),
                Arguments.of(
                        "--event-threads=99999999999", "Integer value “99999999999” for --event-threads out of range"),
                Arguments.of(
                        "--proxy-connect-timeout=abc", "Cannot parse double value “abc” for --proxy-connect-timeout"),
                Arguments.of("--log-level=foo", "--log-level=... failed, level 'foo' is unknown "),
                Arguments.of("--log-level=DEBUG", "--log-level=... failed, level 'DEBUG' is unknown "),
                Arguments.of("--log-level=", "--log-level=... failed, level '' is unknown "),
                Arguments.of("--basedir=rel", "--basedir option must be an absolute path, but was rel"),
                Arguments.of(
                        "--plugins=nosuch",
                        "loading module 'nosuch' failed: unknown plugin, known are: admin, proxy, pyproxy"),
                Arguments.of(
                        "--plugins=proxy,debug",
                        "loading module 'debug' failed: unknown plugin, known are: admin, proxy, pyproxy"),
                Arguments.of(
                        "--plugins=replicant",
                        "loading module 'replicant' failed: unknown plugin, known are: admin, proxy, pyproxy"),
                Arguments.of(
                        "--plugins=client",
                        "loading module 'client' failed: unknown plugin, known are: admin, proxy, pyproxy"),
                Arguments.of(
                        "--plugins=admin --proxy-address=:1",
                        "Unknown option --proxy-address=:1 (use --help to show all options)"),
                Arguments.of("--check", "--check needs the files to check"),
                Arguments.of("--log-format=xml", "--log-format has to be one of text, json, is 'xml'"),
                Arguments.of("--query-stats=-1", "--query-stats has to be >= 0, is -1"),
                Arguments.of(
                        "--log-file=x --log-use-syslog",
                        "log-file and log-use-syslog were given, but only one is allowed"),
                Arguments.of(
                        "--plugins=nosuch --nosuch",
                        "loading module 'nosuch' failed: unknown plugin, known are: admin, proxy, pyproxy"),
                Arguments.of(
                        "--proxy-lua-scope=global",
                        "--proxy-lua-scope has to be one of execution, connection, is 'global'"),
                Arguments.of("--keep-running", "--keep-running needs --demo"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    @Tag("A-03")
    @Tag("A-04")
    @Tag("A-05")
    @Tag("A-07")
    @Tag("A-08")
    @Tag("A-09")
    @Tag("J-45")
    void whatCannotBeUsedIsNamed(String arguments, String message) {
        assertThatThrownBy(() -> split(arguments))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "critical", "warning", "message", "info", "debug"})
    @Tag("A-05")
    void levelsHaveTheirOriginalNames(String level) {
        assertThat(CommandLine.parse("--log-level", level).logLevel()).hasToString(level);
    }

    private static CommandLine split(String arguments) {
        return CommandLine.parse(arguments.split(" "));
    }
}

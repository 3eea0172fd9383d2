package io.mysqlproxy.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.core.config.server.ServerConfig;
import io.mysqlproxy.launcher.option.AdminOptions;
import io.mysqlproxy.launcher.option.ChassisOptions;
import io.mysqlproxy.launcher.option.PluginOptions;
import io.mysqlproxy.launcher.option.ProxyOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefaultsFileTest {
    private static final ProxyOptions LUA = ProxyOptions.LUA;

    @TempDir
    private Path folder;

    @Test
    @Tag("A-18")
    void settingsStandInOneGroup() throws Exception {
        CommandLine line = parse("""
                # comment
                [other]
                proxy-address=:1
                nonsense = x
                 [mysql-proxy]\s
                plugins=proxy, admin
                  # comment
                proxy-backend-addresses=a:1, b:2
                event-threads = 2\s
                daemon=false
                proxy-address = :2
                proxy-address = :3 # no comment
                no_such = 1
                pyproxy-address=:4
                version=true
                [more]
                event-threads=x
                [mysql-proxy]
                proxy-read-timeout=1e2
                """);

        assertThat(line.plugins()).extracting(PluginOptions::plugin).containsExactly("proxy", "admin");
        assertThat(line.settings().get(LUA.backends)).containsExactly("a:1", "b:2");
        assertThat(line.settings().get(ChassisOptions.EVENT_THREADS)).isEqualTo(2);
        assertThat(line.settings().get(ChassisOptions.DAEMON)).isFalse();
        assertThat(line.settings().get(LUA.address)).isEqualTo(":3 # no comment");
        assertThat(line.settings().get(LUA.readTimeout)).isEqualTo(100);
        assertThat(line.wantsVersion()).isFalse();
        assertThat(line.warnings()).containsExactly(file() + ":13: unknown key 'no_such' is ignored");
    }

    @Test
    void aFileWithoutOurGroupSaysNothing() throws Exception {
        assertThat(parse("[x]\r\na=b\r\n").settings().given()).containsOnlyKeys("defaults-file");
        assertThat(parse("[mysql-proxy]\r\nproxy-address = :1 \r\n").settings().get(LUA.address))
                .isEqualTo(":1");
    }

    @ParameterizedTest
    @CsvSource({
        "proxy-address,:1,:2",
        "proxy-lua-script,a.lua,b.lua",
        "event-threads,3,4",
        "proxy-connect-timeout,0.5,0.25",
        "no-proxy,true,false",
        "no-proxy,false,true",
        "proxy-skip-profiling,1,0",
        "log-level,debug,info",
        "proxy-lua-scope,connection,execution"
    })
    @Tag("A-19")
    void argumentsWin(String option, String inFile, String argument) throws Exception {
        String text = "[mysql-proxy]\n" + option + "=" + inFile;

        assertThat(parse(text).shownOptions()).containsEntry(option, inFile.equals("1") ? "true" : inFile);
        assertThat(parse(text, "--" + option + "=" + argument).shownOptions())
                .containsEntry(option, argument.equals("0") ? "false" : argument);
    }

    @Test
    @Tag("A-19")
    void aListOfArgumentsReplacesTheFiles() throws Exception {
        CommandLine line = parse(
                "[mysql-proxy]\nproxy-backend-addresses=a:1,b:2\nplugins=proxy,pyproxy", "-b", "c:3", "-b", "d:4");

        assertThat(line.settings().get(LUA.backends)).containsExactly("c:3", "d:4");
        assertThat(parse("[mysql-proxy]\nplugins=proxy,pyproxy", "--plugins=admin")
                        .plugins())
                .containsExactly(AdminOptions.ADMIN);
    }

    @Test
    @Tag("A-20")
    void negatedFlagsAndTimesMeanWhatTheySay() throws Exception {
        assertThat(config("[mysql-proxy]\nno-proxy=true").listeners()).isEmpty();
        assertThat(config("[mysql-proxy]\nno-proxy=false").listeners()).hasSize(1);
        assertThat(config("[mysql-proxy]\nproxy-connect-timeout=0.5")
                        .listeners()
                        .get(0)
                        .timeouts()
                        .connect())
                .hasMillis(500);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "daemon=maybe|daemon",
                "daemon=yes|daemon",
                "daemon=on|daemon",
                "event-threads=abc|event-threads",
                "event-threads=1.5|event-threads",
                "event-threads=|event-threads",
                "proxy-connect-timeout=1s|proxy-connect-timeout"
            })
    @Tag("A-21")
    void aValueThatCannotBeReadIsNamed(String text, String key) {
        assertThatThrownBy(() -> parse("[mysql-proxy]\n" + text))
                .isInstanceOf(ConfigException.class)
                .hasMessage("loading config from '" + file() + "' failed: Key file contains key “" + key
                        + "” in group “mysql-proxy” which has a value that cannot be interpreted.");
    }

    @Test
    @Tag("A-22")
    void listsAreSplitAtCommasOnly() throws Exception {
        assertThat(backends("a:1;b:2 , c\\,d,")).containsExactly("a:1;b:2", "c,d");
        assertThat(backends("")).isEmpty();
        assertThat(parse("[mysql-proxy]\nplugins=").plugins()).isEmpty();
    }

    @Test
    void valuesHaveEscapes() throws Exception {
        CommandLine line = parse("[mysql-proxy]\nlua-path=\\s\\ta\\\\b\\n\nproxy-address=\"x\"");

        assertThat(line.settings().get(ChassisOptions.LUA_PATH)).isEqualTo(" \ta\\b\n");
        assertThat(line.settings().get(LUA.address)).isEqualTo("\"x\"");
        assertThatThrownBy(() -> parse("[mysql-proxy]\nproxy-address=a\\x"))
                .hasMessageEndingWith(
                        "Key file contains key “proxy-address” which has a value that cannot be interpreted.");
    }

    @Test
    void valuesAreUtf8() throws Exception {
        assertThat(parse("[mysql-proxy]\nlua-path=ä").settings().get(ChassisOptions.LUA_PATH))
                .isEqualTo("ä");
        Path file = write("[mysql-proxy]\nlua-path=ä", "rw-------");
        Files.write(file, "[mysql-proxy]\nlua-path=ä".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> CommandLine.parse("--defaults-file=" + file))
                .hasMessageEndingWith("Key file contains key “lua-path” with value “\uFFFD” which is not UTF-8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a=b'|Key file does not start with a group",
                "'[mysql-proxy]\nfoo'|Key file contains line “foo” which is not a key-value pair, group, or comment",
                "'[x]\n; foo = 1'|Key file contains line “; foo = 1” which is not a key-value pair, group, or comment",
                "'[x]\n=1'|Key file contains line “=1” which is not a key-value pair, group, or comment"
            })
    @Tag("A-17")
    void linesOfNoKnownFormAreErrors(String text, String reason) {
        assertThatThrownBy(() -> parse(text)).hasMessage("loading config from '" + file() + "' failed: " + reason);
    }

    @Test
    @Tag("A-17")
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> CommandLine.parse("--defaults-file=/none/x"))
                .hasMessage("loading config from '/none/x' failed: cannot stat(/none/x): No such file or directory");
        assertThatThrownBy(() -> CommandLine.parse("--defaults-file="))
                .hasMessage("loading config from '' failed: cannot stat(): No such file or directory");
        assertThatThrownBy(() -> CommandLine.parse("--defaults-file=" + folder))
                .hasMessage("loading config from '" + folder + "' failed: " + folder + " isn't a regular file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-rw----", "rw-r-----", "rw-------"})
    @Tag("A-16")
    void othersMustNotReadIt(String allowed) throws Exception {
        Path file = write("[mysql-proxy]\n", allowed);
        CommandLine.parse("--defaults-file=" + file);

        write("[mysql-proxy]\n", "rw-r--r--");
        assertThatThrownBy(() -> CommandLine.parse("--defaults-file=" + file))
                .hasMessage("loading config from '" + file + "' failed: permissions of " + file
                        + " aren't secure (0660 or stricter required)");
    }

    @Test
    @Tag("A-09")
    void relativeFilesInItAreBelowTheBaseDirectory() throws Exception {
        CommandLine line = parse("[mysql-proxy]\nbasedir=/base\nproxy-lua-script=x.lua\nlog-file=/var/y.log");

        assertThat(line.file(LUA.script)).contains(Path.of("/base/x.lua"));
        assertThat(line.file(ChassisOptions.LOG_FILE)).contains(Path.of("/var/y.log"));
    }

    private List<String> backends(String value) throws IOException {
        return parse("[mysql-proxy]\nproxy-backend-addresses=" + value)
                .settings()
                .get(LUA.backends);
    }

    private ServerConfig config(String text) throws IOException {
        return new Wiring(parse(text)).config();
    }

    private CommandLine parse(String text, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--defaults-file=" + write(text, "rw-------")));
        arguments.addAll(List.of(more));
        return CommandLine.parse(arguments.toArray(String[]::new));
    }

    private Path write(String text, String permissions) throws IOException {
        Path file = Files.writeString(file(), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private Path file() {
        return folder.resolve("x.cnf");
    }
}

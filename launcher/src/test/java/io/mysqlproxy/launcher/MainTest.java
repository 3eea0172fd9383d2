package io.mysqlproxy.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    @Tag("A-01")
    @Tag("J-17")
    void versionSaysWhatThisIsMadeOf() {
        assertThat(run("--plugins=proxy,pyproxy", "--basedir=/base", "--lua-path=x/?.lua", "--version"))
                .isZero();

        assertThat(printed().lines().toList())
                .hasSize(11)
                .first()
                .asString()
                .matches("mysql-proxy \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        assertThat(printed())
                .contains("\n  LUA: Lua 5.1\n    package.path: x/?.lua\n    package.cpath: ")
                .containsPattern("\n  netty: 4\\.[0-9.]+Final\n  luaj: 3[0-9.]+\n  jython: 2\\.7[0-9.]+\n")
                .containsPattern("-- modules\n  proxy: [0-9].*\n  pyproxy: [0-9].*\n$");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "-?", "--help-all", "--help-proxy"})
    @Tag("A-02")
    void helpGoesToStandardOutput(String option) {
        assertThat(run(option)).isZero();
        assertThat(printed()).startsWith("Usage:\n  launcher [OPTION...] - mysql-proxy\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help-admin", "--nosuch", "foo", "--event-threads=0", "--plugins=nosuch"})
    @Tag("A-02")
    @Tag("A-03")
    void whatCannotBeUsedEndsInStatus1(String argument) {
        assertThat(run(argument)).isEqualTo(1);
        assertThat(printed()).isEmpty();
    }

    @Test
    @Tag("A-01")
    void librariesAreListedBeforeAPluginThatIsNotThere() {
        assertThat(run("--version", "--plugins=nosuch")).isEqualTo(1);
        assertThat(printed())
                .startsWith("mysql-proxy ")
                .contains("\n  jython: ")
                .doesNotContain("-- modules");
        out.reset();
        assertThat(run("--plugins=nosuch")).isEqualTo(1);
        assertThat(printed()).isEmpty();
    }

    @Test
    @Tag("A-01")
    void versionsCountMoreThanUnknownOptions() {
        assertThat(run("--version", "--nosuch")).isZero();
        assertThat(printed()).contains("-- modules\n  proxy: ");
    }

    private int run(String... arguments) {
        return Main.run(new PrintStream(out, true, StandardCharsets.UTF_8), arguments);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }
}

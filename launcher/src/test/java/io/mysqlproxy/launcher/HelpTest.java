package io.mysqlproxy.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.option.AdminOptions;
import io.mysqlproxy.launcher.option.ChassisOptions;
import io.mysqlproxy.launcher.option.ProxyOptions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HelpTest {
    private static final String BOTH = "--plugins=proxy,pyproxy,admin";

    @Test
    void helpShowsEveryOptionWithin80Columns() {
        String help = CommandLine.parse(BOTH, "--help-all").help().orElseThrow();

        assertThat(help.lines()).allMatch(text -> text.length() <= 80);
        Stream.of(
                        ProxyOptions.LUA.group(),
                        ProxyOptions.PYTHON.group(),
                        AdminOptions.ADMIN.group(),
                        ChassisOptions.application())
                .flatMap(group -> group.settings().stream())
                .forEach(setting -> assertThat(help).contains("--" + setting.name()));
        assertThat(help)
                .contains(
                        "--pyproxy-readonly-backend-address",
                        "  -P, --proxy-address",
                        "      --pyproxy-address",
                        "-h, -?, --help");
    }

    @Test
    void helpHasTheSectionsAskedFor() {
        assertThat(sections("--help")).containsExactly("Usage:", "Help Options:", "Application Options:");
        assertThat(sections("-?")).containsExactly("Usage:", "Help Options:", "Application Options:");
        assertThat(sections("--help-proxy")).containsExactly("Usage:", "proxy-module:");
        assertThat(sections("--help-all", BOTH))
                .containsExactly(
                        "Usage:",
                        "Help Options:",
                        "proxy-module:",
                        "pyproxy-module:",
                        "admin-module:",
                        "Application Options:");
    }

    private static List<String> sections(String... arguments) {
        return CommandLine.parse(arguments)
                .help()
                .orElseThrow()
                .lines()
                .filter(text -> text.matches("\\S.*:"))
                .toList();
    }
}

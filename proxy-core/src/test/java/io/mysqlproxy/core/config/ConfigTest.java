package io.mysqlproxy.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.core.config.server.ScriptConfig;
import io.mysqlproxy.core.config.server.ServerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigTest {
    private static final Path BASE = Path.of("/opt/proxy");

    @Test
    void theUsualTimeouts() {
        assertThat(Timeouts.DEFAULT)
                .isEqualTo(new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(28800), Duration.ofSeconds(28800)));
    }

    @Test
    void timeoutsArePositive() {
        Duration ok = Duration.ofMillis(1);
        assertThatThrownBy(() -> new Timeouts(Duration.ZERO, ok, ok)).hasMessageStartingWith("connect-timeout ");
        assertThatThrownBy(() -> new Timeouts(ok, Duration.ofMillis(-1500), ok))
                .hasMessage("read-timeout has to be longer than 0 seconds, is -1.5");
        assertThatThrownBy(() -> new Timeouts(ok, ok, Duration.ZERO)).hasMessageStartingWith("write-timeout ");
    }

    @Test
    void basedirIsAbsolute() {
        assertThatThrownBy(() -> new ServerConfig(Path.of("here"), 1, List.of(), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage("--basedir option must be an absolute path, but was here");
    }

    @Test
    void thereIsAThread() {
        assertThatThrownBy(() -> new ServerConfig(BASE, 0, List.of(), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage("--event-threads has to be >= 1, is 0");
    }

    @Test
    void slownessIsNotNegative() {
        assertThatThrownBy(() -> new ScriptConfig(
                        "lua", BASE.resolve("x.lua"), Optional.empty(), Optional.empty(), Duration.ofMillis(-1)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("script-warn-ms has to be >= 0, is -1");
    }
}

package io.mysqlproxy.core.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.script.ScriptScope;
import io.mysqlproxy.script.ScriptSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("J-01")
class ScopeCommentTest {
    private static Optional<ScriptScope> of(String text) {
        return ScopeComment.of(new ScriptSource(Path.of("/x"), text.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({
        "-- proxy-scope: connection, CONNECTION",
        "--proxy-scope:connection, CONNECTION",
        "'  -- proxy-scope: execution  ', EXECUTION",
        "# proxy-scope: global, GLOBAL",
        "#proxy-scope: connection, CONNECTION",
    })
    void whatAScriptAsksFor(String line, ScriptScope scope) {
        assertThat(of(line)).contains(scope);
        assertThat(of("\n".repeat(19) + line + "\r\nlocal x")).as("line 20").contains(scope);
        assertThat(of("\n".repeat(20) + line)).as("line 21").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "proxy-scope: connection",
                "-- proxy-scope: forever",
                "-- proxy-scope: connection, please",
                "local s = 1 -- proxy-scope: connection",
                "-- Proxy-Scope: connection",
            })
    void whatIsNoSuchComment(String text) {
        assertThat(of(text)).isEmpty();
    }
}

package io.mysqlproxy.core.script;

import ch.qos.logback.classic.Level;
import io.mysqlproxy.core.backend.Backends;
import io.mysqlproxy.core.config.server.ScriptConfig;
import io.mysqlproxy.core.hook.Hooks;
import io.mysqlproxy.core.query.Clock;
import io.mysqlproxy.core.session.Plugin;
import io.mysqlproxy.core.session.RecordingPeer;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.script.FailureMode;
import io.mysqlproxy.script.ScriptScope;
import io.mysqlproxy.wire.testing.LogCapture;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A script in the language of {@link FakeEngine}, in a file, and sessions that use it. */
abstract class ScriptFixture {
    final java.util.List<Integer> exits = new java.util.ArrayList<>();

    @TempDir
    Path folder;

    final FakeEngine engine = new FakeEngine();
    final LogCapture log = new LogCapture();
    final Backends backends = new Backends(List.of(), () -> 0);
    Optional<ScriptScope> scope = Optional.empty();
    Optional<FailureMode> mode = Optional.empty();
    Duration warnAfter = Duration.ofMinutes(1);
    Path file;
    private long edits;

    @BeforeEach
    void file() {
        file = folder.resolve("script.fake");
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    /** A new version of the file. */
    void script(String... lines) {
        try {
            Files.writeString(file, String.join("\n", lines));
            Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L + edits++));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    ScriptConfig config() {
        return new ScriptConfig("fake", file, scope, mode, warnAfter);
    }

    PluginScript plugin() {
        return new PluginScript(config(), engine, engine, backends, exits::add);
    }

    /** A client connection. */
    record Client(Session session, Hooks hooks) {}

    Client client(PluginScript plugin) {
        Hooks[] made = new Hooks[1];
        Plugin shared = new Plugin("proxy", backends, false, Clock.OFF, 1 << 20, s -> made[0] = plugin.open(s));
        RecordingPeer peer =
                new RecordingPeer(UnpooledByteBufAllocator.DEFAULT, new InetSocketAddress("192.0.2.7", 51000));
        return new Client(new Session(1, shared, (backend, outcome) -> {}, peer), made[0]);
    }

    /** Lets so much time pass that an open connection looks at the file again. */
    static void aWhile() {
        try {
            Thread.sleep(110);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    List<String> warnings() {
        return log.lines(Level.WARN);
    }
}

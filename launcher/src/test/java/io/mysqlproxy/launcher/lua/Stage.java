package io.mysqlproxy.launcher.lua;

import io.mysqlproxy.launcher.testing.FakeServer;
import io.mysqlproxy.launcher.testing.RawClient;
import io.mysqlproxy.launcher.testing.TestProxy;
import io.mysqlproxy.script.ScriptScope;
import io.mysqlproxy.wire.testing.LogCapture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * What a test plays on: a proxy with a Lua script, a fake server behind it, clients, the log. A script has the function {@code
 * say}, whose lines the test can read.
 */
final class Stage {
    private final ScriptScope scope;
    private final Path folder = temporary();
    private final LogCapture log = new LogCapture();
    private final FakeServer server = new FakeServer();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private TestProxy proxy;

    Stage(ScriptScope scope) {
        this.scope = scope;
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("lua");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ScriptScope scope() {
        return scope;
    }

    Path folder() {
        return folder;
    }

    /** The script's file. */
    Path file() {
        return folder.resolve("script.lua");
    }

    FakeServer server() {
        return server;
    }

    LogCapture log() {
        return log;
    }

    TestProxy proxy() {
        return proxy;
    }

    /** Writes the script; line numbers are those of the text. */
    Stage script(String text) {
        String say = "local function say(...) local t = {...} for i = 1, select('#', ...) do t[i] = tostring(t[i]) end "
                + "local f = io.open('" + said0() + "', 'a') f:write(table.concat(t, ' '), '\\n') f:close() end ";
        return write(file(), say + text);
    }

    Stage write(Path file, String text) {
        try {
            Files.writeString(file, text, StandardCharsets.ISO_8859_1);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the proxy with the script and the fake server. */
    Stage start() {
        return start(proxy -> proxy.backend(server.address()));
    }

    Stage start(UnaryOperator<TestProxy.Builder> options) {
        proxy = options.apply(TestProxy.to().lua(file()).scope(scope)).start();
        return this;
    }

    /** Writes the script and starts. */
    Stage play(String text) {
        return script(text).start();
    }

    /** A client that has connected, and read nothing. */
    RawClient connect() {
        RawClient client = new RawClient(proxy.port());
        open.push(client);
        return client;
    }

    /** A client that is logged in. */
    RawClient login(String user) {
        RawClient client = connect();
        int answer = client.login(user).first();
        if (answer != 0) {
            throw new AssertionError("login answered with " + answer);
        }
        return client;
    }

    RawClient login() {
        return login("joe");
    }

    /** To be closed at the end. */
    <T extends AutoCloseable> T add(T thing) {
        open.push(thing);
        return thing;
    }

    /** What the script has said so far. */
    List<String> said() {
        try {
            return Files.exists(said0()) ? Files.readAllLines(said0(), StandardCharsets.ISO_8859_1) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the script has said so many lines. */
    List<String> said(int lines) {
        Awaitility.await().until(() -> said().size() >= lines);
        return said();
    }

    private Path said0() {
        return folder.resolve("said");
    }

    void close() {
        try {
            while (!open.isEmpty()) {
                open.pop().close();
            }
            if (proxy != null) {
                proxy.close();
            }
            server.close();
            log.close();
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(each -> each.toFile().delete());
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.mysqlproxy.launcher.python;

import io.mysqlproxy.launcher.testing.TestProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A proxy with a Python script, the backend behind it and its clients; all end together. */
final class Rig implements AutoCloseable {
    final FakeBackend backend;
    final Captured captured = new Captured();
    final Path script;

    private final Path folder;
    private final List<RawClient> clients = new ArrayList<>();
    private TestProxy proxy;

    private Rig(FakeBackend backend, String text, String name, Consumer<TestProxy.Builder> options) {
        this.backend = backend;
        try {
            folder = Files.createTempDirectory("script");
            script = Files.writeString(folder.resolve(name), text);
            TestProxy.Builder builder =
                    TestProxy.to().backend(backend.address()).basedir(folder).python(script);
            options.accept(builder);
            proxy = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    static Rig of(String script) {
        return of(new FakeBackend(), script);
    }

    static Rig of(FakeBackend backend, String script) {
        return of(backend, script, options -> {});
    }

    static Rig of(FakeBackend backend, String script, Consumer<TestProxy.Builder> options) {
        return new Rig(backend, script, "script.py", options);
    }

    static Rig named(String name, String script) {
        return new Rig(new FakeBackend(), script, name, options -> {});
    }

    /** A client that has read nothing yet. */
    RawClient connect() {
        RawClient client = new RawClient(proxy.pythonPort());
        clients.add(client);
        return client;
    }

    RawClient login() {
        RawClient client = RawClient.loggedIn(proxy.pythonPort());
        clients.add(client);
        return client;
    }

    TestProxy proxy() {
        return proxy;
    }

    List<String> log() {
        return captured.log();
    }

    @Override
    public void close() {
        clients.forEach(RawClient::close);
        if (proxy != null) {
            proxy.close();
        }
        backend.close();
        captured.close();
        delete();
    }

    private void delete() {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

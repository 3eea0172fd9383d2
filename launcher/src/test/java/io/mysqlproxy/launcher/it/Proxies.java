package io.mysqlproxy.launcher.it;

import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.testing.TestProxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One proxy for each server and pair of scripts, started when first asked for, until the last test is over. */
final class Proxies implements AutoCloseable {
    private final Map<String, TestProxy> running = new ConcurrentHashMap<>();

    static Proxies of(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent(Proxies.class, key -> new Proxies(), Proxies.class);
    }

    /** @param script the name of the script in both languages; empty for none */
    TestProxy get(DatabaseServer server, String script) {
        return running.computeIfAbsent(server.name() + "/" + script, key -> start(server, script));
    }

    static TestProxy start(DatabaseServer server, String script) {
        TestProxy.Builder proxy = TestProxy.to(server);
        return script.isEmpty()
                ? proxy.start()
                : proxy.lua(Hook.file(script + ".lua"))
                        .python(Hook.file(script + ".py"))
                        .start();
    }

    @Override
    public void close() {
        running.values().forEach(TestProxy::close);
    }
}

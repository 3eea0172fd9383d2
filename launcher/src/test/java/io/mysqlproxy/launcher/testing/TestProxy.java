package io.mysqlproxy.launcher.testing;

import io.mysqlproxy.core.ProxyServer;
import io.mysqlproxy.core.config.Address;
import io.mysqlproxy.core.config.ProtocolConfig;
import io.mysqlproxy.core.config.Timeouts;
import io.mysqlproxy.core.config.server.BackendConfig;
import io.mysqlproxy.core.config.server.ListenerConfig;
import io.mysqlproxy.core.config.server.ScriptConfig;
import io.mysqlproxy.core.config.server.ServerConfig;
import io.mysqlproxy.launcher.Wiring;
import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.script.FailureMode;
import io.mysqlproxy.script.ScriptScope;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A proxy in this process, on free ports. */
public final class TestProxy implements AutoCloseable {
    private static final String LUA = "proxy";
    private static final String PYTHON = "pyproxy";

    private final ProxyServer server;

    private TestProxy(ProxyServer server) {
        this.server = server;
    }

    /** A proxy for these servers; it forwards unless it gets scripts. */
    public static Builder to(DatabaseServer... servers) {
        Builder builder = new Builder();
        for (DatabaseServer one : servers) {
            builder.backend("127.0.0.1:" + one.port());
        }
        return builder;
    }

    /** Where the only plugin, or the one for Lua, listens. */
    public int port() {
        return port(LUA);
    }

    /** Where the plugin for Python listens. */
    public int pythonPort() {
        return port(PYTHON);
    }

    private int port(String plugin) {
        return ((InetSocketAddress) server.address(plugin)).getPort();
    }

    /** The server behind it. */
    public ProxyServer server() {
        return server;
    }

    @Override
    public void close() {
        server.close();
    }

    /** The source tree's root, where {@code bin} and {@code samples} are. */
    public static Path repository() {
        Path directory = Path.of("").toAbsolutePath();
        while (!directory.resolve("bin/launcher").toFile().exists()) {
            directory = directory.getParent();
        }
        return directory;
    }

    /** What to start. */
    public static final class Builder {
        private final List<BackendConfig> backends = new ArrayList<>();
        private final Map<String, Path> scripts = new LinkedHashMap<>();
        private final Map<String, String> engineProperties = new LinkedHashMap<>();
        private Optional<ScriptScope> scope = Optional.empty();
        private Optional<FailureMode> failureMode = Optional.empty();
        private Timeouts timeouts = Timeouts.DEFAULT;
        private ProtocolConfig protocol = ProtocolConfig.DEFAULT;
        private Path basedir = repository();
        private Duration warnAfter = Duration.ofSeconds(5);
        private boolean profiling = true;
        private boolean trustsPool;
        private long maxBufferedResult = ListenerConfig.DEFAULT_MAX_BUFFERED_RESULT;
        private int eventThreads = 2;

        /** One more server that is read from and written to. */
        public Builder backend(String address) {
            backends.add(new BackendConfig(Address.parse(address), false));
            return this;
        }

        /** One more server that scripts may choose. */
        public Builder readOnlyBackend(String address) {
            backends.add(new BackendConfig(Address.parse(address), true));
            return this;
        }

        /** A listener with this script. */
        public Builder lua(Path script) {
            scripts.put(LUA, script);
            return this;
        }

        /** A listener with this script. */
        public Builder python(Path script) {
            scripts.put(PYTHON, script);
            return this;
        }

        /** For all scripts. */
        public Builder scope(ScriptScope scope) {
            this.scope = Optional.of(scope);
            return this;
        }

        /** Hooks that run longer are logged. */
        public Builder warnAfter(Duration warnAfter) {
            this.warnAfter = warnAfter;
            return this;
        }

        /** Nobody says how long variables live but the scripts themselves. */
        public Builder ownScope() {
            this.scope = Optional.empty();
            return this;
        }

        /** For all scripts. */
        public Builder onError(FailureMode failureMode) {
            this.failureMode = Optional.of(failureMode);
            return this;
        }

        /** For all listeners. */
        public Builder timeouts(Timeouts timeouts) {
            this.timeouts = timeouts;
            return this;
        }

        /** Whether injections are timed. */
        public Builder profiling(boolean profiling) {
            this.profiling = profiling;
            return this;
        }

        /** How many bytes of a result may be held. */
        public Builder maxBufferedResult(long bytes) {
            this.maxBufferedResult = bytes;
            return this;
        }

        /** Whether the same client may take over an idle connection as it is. */
        public Builder trustsPool(boolean trustsPool) {
            this.trustsPool = trustsPool;
            return this;
        }

        /** How all listeners speak with clients and servers. */
        public Builder protocol(ProtocolConfig protocol) {
            this.protocol = protocol;
            return this;
        }

        /** Where {@code lib/mysql-proxy/lua} is; the source tree unless said otherwise. */
        public Builder basedir(Path basedir) {
            this.basedir = basedir;
            return this;
        }

        /** A setting of a script engine, {@code lua.path} for example. */
        public Builder engineProperty(String name, String value) {
            engineProperties.put(name, value);
            return this;
        }

        /** Network threads, 2 unless said otherwise. */
        public Builder eventThreads(int threads) {
            eventThreads = threads;
            return this;
        }

        /** Takes no time stamps. */
        public Builder skipProfiling() {
            profiling = false;
            return this;
        }

        /** A client that is provably the same takes an idle connection over as it is. */
        public Builder trustsPool() {
            trustsPool = true;
            return this;
        }

        /** Starts it. */
        public TestProxy start() {
            if (scripts.isEmpty()) {
                scripts.put(LUA, null);
            }
            engineProperties.putIfAbsent("lua.path", basedir + "/lib/mysql-proxy/lua/?.lua");
            List<ListenerConfig> listeners = new ArrayList<>();
            scripts.forEach((plugin, script) -> listeners.add(listener(plugin, Optional.ofNullable(script))));
            ProxyServer server = Wiring.server(new ServerConfig(basedir, eventThreads, listeners, engineProperties));
            server.start();
            return new TestProxy(server);
        }

        private ListenerConfig listener(String plugin, Optional<Path> script) {
            String engine = plugin.equals(LUA) ? "lua" : "python";
            return new ListenerConfig(
                    plugin,
                    Address.parse("127.0.0.1:0"),
                    backends,
                    script.map(file -> new ScriptConfig(engine, file.toAbsolutePath(), scope, failureMode, warnAfter)),
                    timeouts,
                    profiling,
                    trustsPool,
                    maxBufferedResult,
                    protocol);
        }
    }
}

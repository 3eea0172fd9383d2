package io.mysqlproxy.launcher.demo;

import io.mysqlproxy.core.ProxyServer;
import io.mysqlproxy.core.config.Address;
import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.core.config.Timeouts;
import io.mysqlproxy.core.config.server.BackendConfig;
import io.mysqlproxy.core.config.server.ListenerConfig;
import io.mysqlproxy.core.config.server.ScriptConfig;
import io.mysqlproxy.core.config.server.ServerConfig;
import io.mysqlproxy.launcher.server.Account;
import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.server.EmbeddedServer;
import io.mysqlproxy.launcher.server.MysqlServer;
import io.mysqlproxy.wire.ProtocolException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Starts a database server and both proxies in front of it, and shows that paired scripts do the same. */
public final class Demo {
    private static final String DATABASE = "test";
    private static final String LUA = "proxy";
    private static final String PYTHON = "pyproxy";

    /** The first call of a hook warms the interpreter up, which is not the script's fault. */
    private static final Duration SLOW_HOOK = Duration.ofSeconds(5);

    private final ServerConfig settings;
    private final Function<ServerConfig, ProxyServer> proxies;
    private final SideBySide page;

    /**
     * @param settings what the proxies have in common; its listeners are not used
     * @param proxies makes a proxy server
     * @param out where to show it
     */
    public Demo(ServerConfig settings, Function<ServerConfig, ProxyServer> proxies, PrintStream out) {
        this.settings = settings;
        this.proxies = proxies;
        this.page = new SideBySide(out);
    }

    /**
     * Shows every scene.
     *
     * @param serveOn what to do while the proxies of the last scene go on serving; empty: they do not
     * @throws DemoFailure if the two languages differ, or something does not work
     * @throws io.mysqlproxy.launcher.server.ServerException if there can be no database server here
     */
    public void run(Optional<Runnable> serveOn) {
        page.line("starting an embedded database server ...");
        try (EmbeddedServer server = MysqlServer.start()) {
            page.line(server.name() + " listens on port " + server.port());
            prepare(server);
            for (Iterator<Scene> scenes = Scene.ALL.iterator(); scenes.hasNext(); ) {
                Scene scene = scenes.next();
                try (ProxyServer proxy = start(scene, server)) {
                    show(scene, proxy, server.nativeAccount());
                    if (!scenes.hasNext() && serveOn.isPresent()) {
                        invite(scene, proxy, server.nativeAccount());
                        serveOn.get().run();
                    }
                }
            }
        } catch (IOException | UncheckedIOException | ProtocolException e) {
            throw new DemoFailure("the demo failed: " + e.getMessage(), e);
        }
        page.line("");
        page.line("Lua and Python agree.");
    }

    private static void prepare(DatabaseServer server) throws IOException {
        try (SqlClient client = new SqlClient(server.port(), server.nativeAccount(), DATABASE)) {
            for (String statement : Scene.PREPARATION) {
                SqlResult result = client.query(statement);
                if (result.isError()) {
                    throw new DemoFailure(statement + ": " + result.summary());
                }
            }
        }
    }

    private ProxyServer start(Scene scene, DatabaseServer server) {
        ProxyServer proxy = proxies.apply(new ServerConfig(
                settings.basedir(),
                settings.eventThreads(),
                List.of(listener(LUA, "lua", scene, server), listener(PYTHON, "python", scene, server)),
                settings.engineProperties()));
        try {
            proxy.start();
            return proxy;
        } catch (ConfigException e) {
            throw new DemoFailure("the proxies for " + scene.script() + " do not start: " + e.getMessage(), e);
        }
    }

    private ListenerConfig listener(String plugin, String engine, Scene scene, DatabaseServer server) {
        Address backend = Address.parse("127.0.0.1:" + server.port());
        ScriptConfig script = new ScriptConfig(
                engine, settings.basedir().resolve(scene.file(engine)), Optional.empty(), Optional.empty(), SLOW_HOOK);
        return new ListenerConfig(
                plugin,
                Address.parse("127.0.0.1:0"),
                List.of(new BackendConfig(backend, false)),
                Optional.of(script),
                Timeouts.DEFAULT,
                true,
                false,
                ListenerConfig.DEFAULT_MAX_BUFFERED_RESULT);
    }

    private void show(Scene scene, ProxyServer proxy, Account account) throws IOException {
        page.heading(scene.script() + ": " + scene.caption());
        try (SqlClient lua = new SqlClient(port(proxy, LUA), account, DATABASE);
                SqlClient python = new SqlClient(port(proxy, PYTHON), account, DATABASE)) {
            page.columns(List.of(scene.file("lua")), List.of(scene.file("python")));
            for (String statement : scene.statements()) {
                page.line("");
                page.line("> " + statement);
                SqlResult ofLua = lua.query(statement);
                lua.ping(); // what a script prints after the answer belongs here, too, and not below the next statement
                SqlResult ofPython = python.query(statement);
                python.ping();
                compare(statement, ofLua, ofPython);
            }
        }
    }

    private void compare(String statement, SqlResult lua, SqlResult python) {
        page.columns(lua.lines(), python.lines());
        if (!lua.equals(python)) {
            throw new DemoFailure("Lua and Python differ in the answer to: " + statement);
        }
    }

    private void invite(Scene scene, ProxyServer proxy, Account account) {
        page.heading("still serving " + scene.script() + ", until Ctrl-C; connect with");
        for (String plugin : List.of(LUA, PYTHON)) {
            page.line(String.format(
                    "  mysql --host=127.0.0.1 --port=%d --user=%s --password=%s %s",
                    port(proxy, plugin), account.user(), account.password(), DATABASE));
        }
    }

    private static int port(ProxyServer proxy, String plugin) {
        return ((InetSocketAddress) proxy.address(plugin)).getPort();
    }
}

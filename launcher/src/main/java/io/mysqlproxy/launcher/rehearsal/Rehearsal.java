package io.mysqlproxy.launcher.rehearsal;

import io.mysqlproxy.launcher.Main;
import io.mysqlproxy.launcher.demo.SqlClient;
import io.mysqlproxy.launcher.server.Account;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts all plugins, sends a few statements from an admin and through a Python proxy to a server that a Lua script plays, and ends
 * as the admin asks for. Needs no database. It ends with 0 only if all of that went well.
 */
public final class Rehearsal {
    private static final Account ACCOUNT = new Account("rehearsal", "rehearsal");
    private static final int START_SECONDS = 120;

    private final Path home = Path.of(System.getProperty("launcher.home"));
    private final Path folder;
    private final int admin = freePort();
    private final int lua = freePort();
    private final int python = freePort();

    private Rehearsal() throws IOException {
        folder = Files.createTempDirectory("rehearsal");
        List.of("", "pid", "log").forEach(name -> folder.resolve(name).toFile().deleteOnExit());
    }

    /** @param arguments none */
    public static void main(String[] arguments) throws IOException {
        Rehearsal rehearsal = new Rehearsal();
        Thread clients = new Thread(rehearsal::clients, "rehearsal");
        clients.setDaemon(true);
        clients.start();
        Main.main(rehearsal.options());
    }

    private String[] options() {
        return new String[] {
            "--plugins=admin,proxy,pyproxy",
            "--pid-file=" + folder.resolve("pid"),
            "--log-file=" + folder.resolve("log"),
            "--admin-address=127.0.0.1:" + admin,
            "--admin-username=" + ACCOUNT.user(),
            "--admin-password=" + ACCOUNT.password(),
            "--proxy-address=127.0.0.1:" + lua,
            "--proxy-lua-script=" + home.resolve("samples/lua/mock.lua"),
            "--pyproxy-address=127.0.0.1:" + python,
            "--pyproxy-backend-addresses=127.0.0.1:" + lua,
            "--pyproxy-python-script=" + home.resolve("samples/python/query_log.py")
        };
    }

    private void clients() {
        try {
            awaitStart();
            ask(python, "SELECT @@version_comment", "ECHO rehearsal");
            ask(admin, "SELECT * FROM help", "SELECT * FROM backends", "SHUTDOWN");
        } catch (IOException | InterruptedException | RuntimeException e) {
            e.printStackTrace(); // for whoever called bin/launcher --prepare
            Runtime.getRuntime().halt(1);
        }
    }

    private static void ask(int port, String... statements) throws IOException {
        try (SqlClient client = new SqlClient(port, ACCOUNT, "")) {
            for (String statement : statements) {
                client.query(statement);
            }
        }
    }

    private void awaitStart() throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (Files.notExists(folder.resolve("pid"))) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(START_SECONDS)) {
                throw new IOException("nothing listens after " + START_SECONDS + " s");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

package io.mysqlproxy.launcher.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server of any product, on a copy of a data directory that was initialised once. */
public final class EmbeddedServer implements DatabaseServer, AutoCloseable {
    private static final Account BY_DEFAULT = new Account("app", "app-secret");
    private static final Account BY_NATIVE_PASSWORD = new Account("native", "native-secret");
    private static final int START_ATTEMPTS = 3;

    /** Little memory, no durability; clients may send large packets and local files. */
    private static final List<String> SMALL = List.of(
            "--skip-log-bin",
            "--performance-schema=OFF",
            "--innodb-buffer-pool-size=16M",
            "--innodb-flush-log-at-trx-commit=0",
            "--innodb-doublewrite=0",
            "--skip-name-resolve",
            "--local-infile=ON",
            "--character-set-server=utf8mb4",
            "--max-allowed-packet=128M");

    private static final String SOCKET = "server.sock";

    private final Product product;
    private final RunDirectory directory;
    private final Thread closer = new Thread(this::close, "stop-database-server");
    private ServerProcess process;
    private int port;

    private EmbeddedServer(Product product, RunDirectory directory) {
        this.product = product;
        this.directory = directory;
        Runtime.getRuntime().addShutdownHook(closer);
    }

    /**
     * Starts a server and waits until it accepts clients.
     *
     * @param extraOptions further options of the program
     * @throws ServerException with the server's own words if it does not start
     */
    static EmbeddedServer start(Product product, ServerCache cache, List<String> extraOptions) {
        Path pristine = cache.directory(product.name().replace(' ', '-') + "-data", product::initialise);
        EmbeddedServer server = new EmbeddedServer(product, RunDirectory.create(cache.running()));
        try {
            Trees.copy(pristine, server.file("data"));
            server.launch(extraOptions);
            return server;
        } catch (IOException | InterruptedException e) {
            server.close();
            throw new ServerException("starting " + product.name() + " failed: " + e, e);
        } catch (ServerException e) {
            server.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return product.name();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Path socket() {
        return file("data").resolve(SOCKET);
    }

    @Override
    public Account account() {
        return BY_DEFAULT;
    }

    @Override
    public Account nativeAccount() {
        return BY_NATIVE_PASSWORD;
    }

    @Override
    public String errorLog() {
        try {
            return process.log();
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Kills the server, whose data is a throw-away copy. */
    @Override
    public synchronized void close() {
        try {
            if (process != null) {
                process.kill();
            }
            directory.close();
            if (Thread.currentThread() != closer) {
                Runtime.getRuntime().removeShutdownHook(closer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException exiting) {
            // the hook runs already, and finds nothing to do
        }
    }

    private void launch(List<String> extraOptions) throws IOException, InterruptedException {
        List<String> initial = new ArrayList<>(product.accounts(BY_DEFAULT, BY_NATIVE_PASSWORD));
        initial.add("CREATE DATABASE IF NOT EXISTS test;");
        Files.write(file("init.sql"), initial);
        for (int attempt = 1; ; attempt++) {
            port = ServerProcess.freePort();
            process = ServerProcess.start(command(extraOptions), file("error.log"));
            if (process.awaitReady(port)) {
                return;
            }
            // somebody else may have taken the port
            if (attempt == START_ATTEMPTS || !process.log().contains("Address already in use")) {
                throw new ServerException(product.name() + " does not start: " + process.log());
            }
        }
    }

    private List<String> command(List<String> extraOptions) {
        List<String> command = new ArrayList<>(List.of(product.program().toString(), "--no-defaults"));
        command.addAll(Command.userOption());
        command.addAll(product.options());
        command.addAll(SMALL);
        command.addAll(List.of(
                "--datadir=" + file("data"),
                "--pid-file=" + file("pid"),
                "--init-file=" + file("init.sql"),
                // relative to the data directory: the whole path may be too long for a socket
                "--socket=" + SOCKET,
                "--bind-address=127.0.0.1",
                "--port=" + port));
        command.addAll(extraOptions);
        return command;
    }

    private Path file(String name) {
        return directory.path().resolve(name);
    }
}

package io.mysqlproxy.launcher.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A server's process, from its start until it is killed. */
final class ServerProcess {
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);
    private static final int GREETING = 5;
    private static final int PROTOCOL_10 = 10;
    private static final int PROTOCOL_OFFSET = 4;

    private final Process process;
    private final Path log;

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts a program that writes to this log. */
    static ServerProcess start(List<String> command, Path log) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new ServerProcess(process, log);
    }

    /**
     * Waits until the server greets clients on this port.
     *
     * @return false if the server has ended instead
     * @throws ServerException if it does neither for a minute
     */
    boolean awaitReady(int port) throws IOException, InterruptedException {
        long end = System.nanoTime() + READY_LIMIT.toNanos();
        while (process.isAlive()) {
            if (greets(port)) {
                return process.isAlive();
            }
            if (System.nanoTime() - end > 0) {
                throw new ServerException("no greeting within " + READY_LIMIT.toSeconds() + " s: " + log());
            }
            Thread.sleep(20);
        }
        return false;
    }

    /** What the server has written. */
    String log() throws IOException {
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /** Ends the process now. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Ends the process of a server whose owner is gone, if it still runs. */
    static void killLeftOver(Path directory) throws IOException {
        Path pidFile = directory.resolve("pid");
        if (Files.exists(pidFile)) {
            String data = directory.resolve("data").toString();
            ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()))
                    .filter(process -> process.info()
                            .commandLine()
                            .filter(line -> line.contains(data))
                            .isPresent())
                    .ifPresent(process -> {
                        process.destroyForcibly();
                        process.onExit().join();
                    });
        }
    }

    /** A port that nobody uses now. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean greets(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            socket.setSoTimeout(5000);
            InputStream in = socket.getInputStream();
            byte[] start = in.readNBytes(GREETING);
            return start.length == GREETING && start[PROTOCOL_OFFSET] == PROTOCOL_10;
        } catch (IOException notYet) {
            return false;
        }
    }
}

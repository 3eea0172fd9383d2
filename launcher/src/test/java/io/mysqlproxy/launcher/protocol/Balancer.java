package io.mysqlproxy.launcher.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Passes one connection on, with a line before it. */
final class Balancer implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());

    Balancer(int target, String line) throws IOException {
        start(() -> {
            try (Socket client = listening.accept();
                    Socket server = new Socket("127.0.0.1", target)) {
                server.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
                Thread up = start(() -> pump(client.getInputStream(), server.getOutputStream()));
                pump(server.getInputStream(), client.getOutputStream());
                up.interrupt();
            }
        });
    }

    int port() {
        return listening.getLocalPort();
    }

    private static void pump(InputStream in, OutputStream out) throws IOException {
        in.transferTo(out);
    }

    private interface Action {
        void run() throws IOException;
    }

    private static Thread start(Action action) {
        Thread thread = new Thread(() -> {
            try {
                action.run();
            } catch (IOException ended) {
                // so has the test
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}

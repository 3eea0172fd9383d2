package io.mysqlproxy.core.net;

import io.mysqlproxy.core.Frames;
import io.mysqlproxy.core.session.Dialogue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A MySQL server that welcomes everybody, on a real socket, and does with commands what the test says. */
final class FakeServer implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final Script script;

    /** Bytes that the system has taken from it since the login. */
    final AtomicLong sent = new AtomicLong();

    /** What happens after the login. */
    interface Script {
        void play(FakeServer server, InputStream in, OutputStream out) throws IOException;
    }

    FakeServer(Script script) throws IOException {
        this.script = script;
        start(this::accept);
    }

    /** Answers every command with OK. */
    static void okay(FakeServer server, InputStream in, OutputStream out) throws IOException {
        while (read(in).length > 0) {
            server.write(out, Frames.join(Frames.of(Dialogue.OK)));
        }
    }

    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    void write(OutputStream out, byte[] bytes) throws IOException {
        out.write(bytes);
        sent.addAndGet(bytes.length);
    }

    /** One packet's payload; empty at the end. */
    static byte[] read(InputStream in) throws IOException {
        byte[] header = in.readNBytes(4);
        return header.length < 4
                ? header
                : in.readNBytes((header[0] & 0xFF) | (header[1] & 0xFF) << 8 | (header[2] & 0xFF) << 16);
    }

    private void accept() throws IOException {
        while (!socket.isClosed()) {
            Socket accepted = socket.accept();
            open.add(accepted);
            start(() -> serve(accepted));
        }
    }

    private void serve(Socket accepted) throws IOException {
        try (accepted) {
            OutputStream out = accepted.getOutputStream();
            out.write(Frames.join(Frames.of(Dialogue.GREETING)));
            read(accepted.getInputStream());
            out.write(Frames.join(Frames.of("2: 00 00 00 02 00 00 00")));
            script.play(this, accepted.getInputStream(), out);
        }
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void start(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException e) {
                // the other side has gone, or the test is over
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (Socket each : open) {
                each.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.mysqlproxy.launcher.python;

import static io.mysqlproxy.launcher.python.Packets.AUTOCOMMIT;

import io.mysqlproxy.launcher.python.Packets.Packet;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that lets everyone in, notes what it is sent, and answers as it was told: a query with one row that repeats it, any
 * other command with OK.
 */
final class FakeBackend implements AutoCloseable {
    static final String SCRAMBLE = "abcdefghijklmnopqrst";

    /** Every command, without header, of all connections in the order they came; a login has a {@code L} before it. */
    final List<String> received = new CopyOnWriteArrayList<>();

    private final ServerSocket listener;
    private final Map<String, byte[][]> answers = new ConcurrentHashMap<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile byte[] greeting = Packets.greeting("5.1.40", 42, SCRAMBLE, false);
    private volatile byte[][] loginAnswer = {Packets.ok(0, 0, AUTOCOMMIT, 0)};

    FakeBackend() {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    /** What it sends as the answer to a command. */
    FakeBackend answers(String command, byte[]... packets) {
        answers.put(command, packets);
        return this;
    }

    FakeBackend greets(byte[] packet) {
        greeting = packet;
        return this;
    }

    /** What it answers to a login; a packet of the client is awaited between two of them. */
    FakeBackend answersLogins(byte[]... packets) {
        loginAnswer = packets;
        return this;
    }

    /** The commands that are text queries, without their first byte. */
    List<String> queries() {
        return received.stream()
                .filter(c -> c.startsWith("\3"))
                .map(c -> c.substring(1))
                .toList();
    }

    List<String> logins() {
        return received.stream()
                .filter(c -> c.startsWith("L"))
                .map(c -> c.substring(1))
                .toList();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "fake backend");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                open.add(socket);
                connections.incrementAndGet();
                start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            send(socket, 0, greeting);
            Packet login = Packets.read(in);
            received.add("L" + login.text());
            for (int i = 0; i < loginAnswer.length; i++) {
                send(socket, 2 + 2 * i, loginAnswer[i]);
                if (i + 1 < loginAnswer.length) {
                    received.add("A" + Packets.read(in).text());
                }
            }
            while (true) {
                command(socket, whole(in));
            }
        } catch (IOException e) {
            // the other side has gone
        }
    }

    private static String whole(DataInputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        Packet packet;
        do {
            packet = Packets.read(in);
            text.append(packet.text());
        } while (packet.payload().length == Packets.PART);
        return text.toString();
    }

    private void command(Socket socket, String command) throws IOException {
        received.add(command);
        byte[][] answer = answers.get(command);
        if (answer != null) {
            send(socket, 1, answer);
        } else if (command.equals("\1")) {
            socket.close();
        } else if (command.startsWith("\3")) {
            send(socket, 1, rows("v", Packets.row(command.substring(1, Math.min(command.length(), 200)))));
        } else if (!command.startsWith("\30") && !command.startsWith("\31")) { // STMT_SEND_LONG_DATA, STMT_CLOSE
            send(socket, 1, Packets.ok(0, 0, AUTOCOMMIT, 0));
        }
    }

    /** A result set of one column. */
    static byte[][] rows(String name, byte[]... rows) {
        return result(new byte[][] {Packets.column(name, 253)}, AUTOCOMMIT, rows);
    }

    static byte[][] result(byte[][] columns, int status, byte[]... rows) {
        byte[][] all = new byte[1 + columns.length + 1 + rows.length + 1][];
        all[0] = new byte[] {(byte) columns.length};
        System.arraycopy(columns, 0, all, 1, columns.length);
        all[1 + columns.length] = Packets.eof(status, 0);
        System.arraycopy(rows, 0, all, 2 + columns.length, rows.length);
        all[all.length - 1] = Packets.eof(status, 0);
        return all;
    }

    private static void send(Socket socket, int sequence, byte[]... packets) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int next = sequence;
        for (byte[] packet : packets) {
            next = Packets.write(out, next, packet);
        }
        socket.getOutputStream().write(out.toByteArray());
    }

    /** Ends what is connected now. */
    void hangUp() {
        open.forEach(FakeBackend::close);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        hangUp();
    }
}

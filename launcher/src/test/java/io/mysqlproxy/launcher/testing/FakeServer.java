package io.mysqlproxy.launcher.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * A server that accepts every login, answers what it is told to answer, OK to everything else, and remembers each packet it got.
 * {@code SELECT x} yields one row with the text {@code x}; {@code DIE} half an answer and the end of the connection.
 */
public final class FakeServer implements AutoCloseable {
    /** What greetings carry: 20 bytes. */
    public static final String SCRAMBLE = "abcdefghijklmnopqrst";

    /** An OK packet with status 2. */
    public static final String OK = "\0\0\0\2\0\0\0";

    /** The end of columns, and of rows. */
    public static final String EOF = "\376\0\0\2\0";

    /** An access error. */
    public static final String DENIED = Payload.error(1045, "28000", "Access denied");

    private static final int FLAGS = RawClient.FLAGS | 0x08 | 0x20 | 0x04;

    private final ServerSocket socket = open();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Map<String, List<String>> answers = new ConcurrentHashMap<>();
    private volatile String loginAnswer = OK;
    private volatile boolean switching;
    private volatile String version = "5.7.99-fake";

    /** A packet that came in, on a connection counted from 1. */
    public record Received(int connection, Payload packet) {}

    /** Listens on a free port. */
    public FakeServer() {
        start(this::accept);
    }

    private static ServerSocket open() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens. */
    public int port() {
        return socket.getLocalPort();
    }

    /** Its address as an option gives it. */
    public String address() {
        return "127.0.0.1:" + port();
    }

    /** From now on a command has this answer. */
    public FakeServer answer(String command, String... packets) {
        answers.put(command, List.of(packets));
        return this;
    }

    /** From now on logins have this answer. */
    public FakeServer loginAnswer(String packet) {
        loginAnswer = packet;
        return this;
    }

    /** From now on it says that it is of this version. */
    public FakeServer version(String text) {
        version = text;
        return this;
    }

    /** From now on logins are sent to another plugin first. */
    public FakeServer switching() {
        switching = true;
        return this;
    }

    /** A result set with one column called {@code f}. */
    public static String[] rows(String... cells) {
        Stream<String> start = Stream.of("\1", column("f"), EOF);
        return Stream.concat(Stream.concat(start, Stream.of(cells).map(Payload::counted)), Stream.of(EOF))
                .toArray(String[]::new);
    }

    /** The definition of a text column without a table. */
    public static String column(String name) {
        return "\3def\0\0\0" + Payload.counted(name) + "\0\14\10\0\40\0\0\0\376\2\0\0\0\0";
    }

    /** Every packet so far. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    /** The commands so far, without logins. */
    public List<String> commands() {
        return received.stream()
                .map(each -> each.packet)
                .filter(packet -> packet.sequence() == 0)
                .map(Payload::text)
                .toList();
    }

    /** The statements so far. */
    public List<String> statements() {
        return commands().stream()
                .filter(command -> command.startsWith("\3"))
                .map(command -> command.substring(1))
                .toList();
    }

    /** How many connections there were. */
    public int connections() {
        return open.size();
    }

    private void accept() throws IOException {
        while (!socket.isClosed()) {
            Socket accepted = socket.accept();
            open.add(accepted);
            int number = open.size();
            start(() -> serve(number, new PacketStream(accepted)));
        }
    }

    private void serve(int number, PacketStream packets) throws IOException {
        try (packets) {
            packets.socket().setSoTimeout(0);
            packets.write(0, greeting(100 + number));
            Payload login = packets.read();
            if (login == null) {
                return;
            }
            received.add(new Received(number, login));
            int sequence = login.sequence() + 1;
            if (switching) {
                packets.write(sequence, "\376mysql_native_password\0" + SCRAMBLE + "\0");
                received.add(new Received(number, packets.read()));
                sequence += 2;
            }
            packets.write(sequence, loginAnswer);
            boolean more = loginAnswer.charAt(0) == 0;
            while (more) {
                more = command(number, packets);
            }
        }
    }

    private boolean command(int number, PacketStream packets) throws IOException {
        Payload packet = packets.read();
        if (packet == null || packet.text().equals("\1")) {
            return false;
        }
        received.add(new Received(number, packet));
        if (packet.text().equals("\3DIE")) {
            packets.write(1, "\1", column("f"));
            return false;
        }
        if (packet.first() != 031 && packet.text().length() < 0xFFFFFF) {
            packets.write(packet.sequence() + 1, answer(packet.text()).toArray(String[]::new));
        }
        return true;
    }

    private List<String> answer(String command) {
        List<String> known = answers.get(command);
        if (known != null) {
            return known;
        }
        return command.startsWith("\3SELECT ") ? List.of(rows(command.substring(8))) : List.of(OK);
    }

    private String greeting(int thread) {
        String flags = "" + (char) (FLAGS & 0xFF) + (char) (FLAGS >> 8 & 0xFF);
        String more = "" + (char) (FLAGS >> 16 & 0xFF) + (char) (FLAGS >>> 24);
        return "\n" + version + "\0" + (char) thread + "\0\0\0" + SCRAMBLE.substring(0, 8) + "\0" + flags + "\10\2\0"
                + more + "\25" + "\0".repeat(10) + SCRAMBLE.substring(8) + "\0mysql_native_password\0";
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void start(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException | UncheckedIOException e) {
                // the other side has gone, or the test is over
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** Nobody can connect any more, and everybody who was connected is not. */
    @Override
    public void close() {
        try {
            socket.close();
            for (Socket each : new ArrayList<>(open)) {
                each.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

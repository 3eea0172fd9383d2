package io.mysqlproxy.launcher.testing;

import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.auth.NativePassword;
import io.mysqlproxy.wire.packet.Greeting;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A client of the 4.1 protocol that shows every packet, and says nothing that a test did not tell it to say. */
public final class RawClient implements AutoCloseable {
    /** LONG_PASSWORD, LOCAL_FILES, PROTOCOL_41, TRANSACTIONS, SECURE_CONNECTION, MULTI_STATEMENTS, MULTI_RESULTS, PLUGIN_AUTH. */
    public static final int FLAGS = 0x01 | 0x80 | 0x200 | 0x2000 | 0x8000 | 0x10000 | 0x20000 | 0x80000;

    private static final int WITH_DB = 0x08;
    private static final int EOF = 0xFE;
    private static final String NATIVE = "mysql_native_password";

    private final PacketStream packets;
    private Greeting greeting;
    private String password = "";

    /** Connects, without reading anything. */
    public RawClient(int port) {
        try {
            packets = new PacketStream(new Socket(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** This end's port. */
    public int port() {
        return packets.socket().getLocalPort();
    }

    /** The next packet; null if the connection was closed. */
    public Payload read() {
        try {
            return packets.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends packets, numbered from a sequence id on. */
    public void send(int sequence, String... payloads) {
        packets.write(sequence, payloads);
    }

    /** What the server introduced itself with. */
    public Greeting greeting() {
        if (greeting == null) {
            greeting = Greeting.read(Unpooled.wrappedBuffer(Payload.bytes(read().text())));
        }
        return greeting;
    }

    /** Logs in, whatever comes of it; gives the last packet of the exchange. */
    public Payload login(String user, String password, String database) {
        this.password = password;
        greeting();
        send(1, loginPacket(user, database));
        Payload answer = read();
        while (answer != null && answer.first() == EOF) {
            String scramble = answer.text().substring(answer.text().indexOf('\0') + 1);
            send(answer.sequence() + 1, scrambled(ByteString.of(Payload.bytes(scramble))));
            answer = read();
        }
        return answer;
    }

    /** Logs in without a password. */
    public Payload login(String user) {
        return login(user, "", "");
    }

    private String loginPacket(String user, String database) {
        return flags(FLAGS | (database.isEmpty() ? 0 : WITH_DB)) + "\0\0\0\1\10" + "\0".repeat(23) + user + "\0"
                + Payload.counted(scrambled(greeting.scramble()))
                + (database.isEmpty() ? "" : database + "\0") + NATIVE + "\0";
    }

    private static String flags(int flags) {
        return "" + (char) (flags & 0xFF) + (char) (flags >> 8 & 0xFF) + (char) (flags >> 16 & 0xFF)
                + (char) (flags >>> 24);
    }

    private String scrambled(ByteString scramble) {
        return Payload.text(
                NativePassword.scramble(Payload.bytes(password), scramble).bytes());
    }

    /** Sends a command and reads one packet. */
    public Payload ask(String command) {
        send(0, command);
        return read();
    }

    /** Sends a statement and reads its whole answer, whatever it is. */
    public List<Payload> query(String sql) {
        send(0, "\3" + sql);
        return answer();
    }

    /** An OK, an ERR or one result set, packet by packet. Ends early if the connection does. */
    public List<Payload> answer() {
        List<Payload> answer = new ArrayList<>();
        int ends = 0;
        for (Payload next = read(); next != null; next = read()) {
            answer.add(next);
            boolean alone = answer.size() == 1 && (next.first() == 0 || next.first() >= 0xFB);
            boolean end = next.first() == EOF && next.text().length() < 9;
            ends += end ? 1 : 0;
            if (alone || ends == 2 || next.first() == 0xFF) {
                break;
            }
        }
        return answer;
    }

    /** The cells of a statement's first column; an ERR is given as its text. */
    public List<String> cells(String sql) {
        List<Payload> answer = query(sql);
        if (answer.isEmpty() || answer.get(0).first() >= 0xFB || answer.get(0).first() == 0) {
            return answer.stream().map(Payload::text).toList();
        }
        int columns = answer.get(0).first();
        return answer.subList(2 + columns, answer.size() - 1).stream()
                .map(row -> row.text().substring(1, 1 + row.first()))
                .toList();
    }

    /** Whether the connection has been closed, and nothing was sent before. */
    public boolean isClosed() {
        Payload more = read();
        if (more != null) {
            throw new AssertionError("not closed, but " + more);
        }
        return true;
    }

    /** Breaks the connection off, as if the machine at this end had gone (RST). */
    public void abort() {
        try {
            packets.socket().setSoLinger(true, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        close();
    }

    @Override
    public void close() {
        packets.close();
    }
}

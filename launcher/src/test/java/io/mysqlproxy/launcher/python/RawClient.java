package io.mysqlproxy.launcher.python;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.python.Packets.Packet;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A client that sends and shows packets as they are. */
final class RawClient implements AutoCloseable {
    static final String RESPONSE = "R".repeat(20);

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;

    RawClient(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects and logs in; the login has to succeed. */
    static RawClient loggedIn(int port) {
        RawClient client = new RawClient(port);
        client.read();
        assertThat(client.login("me", "").first()).isZero();
        return client;
    }

    int localPort() {
        return socket.getLocalPort();
    }

    Packet login(String user, String schema) {
        send(1, Packets.login(user, RESPONSE, schema));
        return read();
    }

    void send(int sequence, byte[] payload) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Packets.write(out, sequence, payload);
            socket.getOutputStream().write(out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Packet read() {
        try {
            return Packets.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a command; the first packet of its answer. */
    Packet command(String payload) {
        send(0, Packets.bytes(payload));
        return read();
    }

    /** Sends a text query; the first packet of its answer. */
    Packet query(String sql) {
        return command("\3" + sql);
    }

    /** Sends a query that fails; the error as {@code errno sqlstate text}. */
    String error(String sql) {
        Packet packet = query(sql);
        assertThat(packet.first()).as(packet.text()).isEqualTo(0xFF);
        assertThat(packet.sequence()).isEqualTo(1);
        return packet.error();
    }

    /** Sends a query that gives rows; all packets of its answer, from the count to the last EOF. */
    List<Packet> answer(String sql) {
        List<Packet> all = new ArrayList<>(List.of(query(sql)));
        assertThat(all.get(0).first()).as(all.get(0).text()).isBetween(1, 250);
        for (int ends = 0; ends < 2; ) {
            Packet packet = read();
            all.add(packet);
            ends += packet.first() == 0xFE && packet.payload().length < 9 ? 1 : 0;
        }
        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i).sequence()).isEqualTo(all.get(0).sequence() + i);
        }
        return all;
    }

    /** The rows of an answer, each cell by itself; NULL as null. */
    List<List<String>> rows(String sql) {
        List<Packet> all = answer(sql);
        int columns = all.get(0).first();
        return all.subList(columns + 2, all.size() - 1).stream()
                .map(row -> cells(row.payload()))
                .toList();
    }

    /** The first cell of the first row. */
    String cell(String sql) {
        return rows(sql).get(0).get(0);
    }

    private static List<String> cells(byte[] row) {
        List<String> cells = new ArrayList<>();
        for (int at = 0; at < row.length; ) {
            int length = row[at++] & 0xFF;
            if (length == 0xFB) {
                cells.add(null);
                continue;
            } else if (length == 0xFC) {
                length = row[at] & 0xFF | (row[at + 1] & 0xFF) << 8;
                at += 2;
            }
            cells.add(new String(Arrays.copyOfRange(row, at, at + length), ISO_8859_1));
            at += length;
        }
        return cells;
    }

    /** Waits for the end of the connection; nothing else may come. */
    void assertClosed() {
        try {
            assertThat(in.read()).isEqualTo(-1);
        } catch (EOFException | SocketException e) {
            // a reset is an end, too
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing more has come, and the connection works. */
    void assertInStep() {
        Packet ping = command("\16");
        assertThat(ping.first()).as(ping.text()).isZero();
        assertThat(ping.sequence()).isEqualTo(1);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

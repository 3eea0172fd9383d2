package io.mysqlproxy.launcher.demo;

import io.mysqlproxy.launcher.server.Account;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Command;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.Wire;
import io.mysqlproxy.wire.auth.NativePassword;
import io.mysqlproxy.wire.auth.Scramble;
import io.mysqlproxy.wire.packet.AuthSwitch;
import io.mysqlproxy.wire.packet.ColumnDefinition;
import io.mysqlproxy.wire.packet.Err;
import io.mysqlproxy.wire.packet.Greeting;
import io.mysqlproxy.wire.packet.HandshakeResponse;
import io.mysqlproxy.wire.packet.Ok;
import io.mysqlproxy.wire.response.ResponseReader;
import io.mysqlproxy.wire.response.ResponseSummary;
import io.mysqlproxy.wire.response.ResultView;
import io.mysqlproxy.wire.value.ConnectAttributes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A client that can log in by mysql_native_password and send statements whose answers are small. */
public final class SqlClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int MAX_PACKET = 1 << 24;
    private static final int UTF8MB4 = 45;
    private static final ByteBufAllocator HEAP = new UnpooledByteBufAllocator(false);

    private static final Capabilities WANTED = new Capabilities(Capabilities.LONG_PASSWORD
            | Capabilities.PROTOCOL_41
            | Capabilities.SECURE_CONNECTION
            | Capabilities.PLUGIN_AUTH
            | Capabilities.CONNECT_WITH_DB
            | Capabilities.TRANSACTIONS
            | Capabilities.MULTI_RESULTS
            | Capabilities.DEPRECATE_EOF);

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;
    private final Capabilities capabilities;
    private int sequence;

    /** Logs in on this port of 127.0.0.1. */
    public SqlClient(int port, Account account, String database) throws IOException {
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            in = new DataInputStream(socket.getInputStream());
            out = socket.getOutputStream();
            ByteBuf greeting = receive().payload();
            refuseError(greeting);
            capabilities = login(Greeting.read(greeting), account, database);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private Capabilities login(Greeting greeting, Account account, String database) throws IOException {
        Capabilities agreed = WANTED.and(greeting.capabilities());
        ByteString proof = scramble(account, greeting.scramble());
        ByteBuf response = HEAP.buffer();
        new HandshakeResponse(
                        agreed,
                        MAX_PACKET,
                        UTF8MB4,
                        ByteString.of(account.user()),
                        proof,
                        ByteString.of(database),
                        NativePassword.NAME,
                        ConnectAttributes.NONE,
                        0)
                .write(response, greeting.capabilities());
        send(response);
        awaitOk(account);
        return agreed;
    }

    private void awaitOk(Account account) throws IOException {
        for (Packet packet = receive(); packet.first() != Ok.HEADER; packet = receive()) {
            refuseError(packet.payload());
            AuthSwitch asked = AuthSwitch.read(packet.payload());
            if (!asked.plugin().equals(NativePassword.NAME)) {
                throw new ProtocolException("the server wants to authenticate by " + asked.plugin());
            }
            send(Unpooled.wrappedBuffer(scramble(account, asked.data()).bytes()));
        }
    }

    private static ByteString scramble(Account account, ByteString challenge) {
        byte[] password = account.password().getBytes(StandardCharsets.UTF_8);
        return NativePassword.scramble(password, Scramble.significant(challenge));
    }

    /** Sends a statement and waits for its answer. */
    public SqlResult query(String sql) throws IOException {
        return ask(Command.COM_QUERY, sql);
    }

    /** Waits until a proxy has done everything that earlier commands have set going. */
    void ping() throws IOException {
        ask(Command.COM_PING, "");
    }

    private SqlResult ask(Command command, String text) throws IOException {
        sequence = 0;
        ByteBuf request = HEAP.buffer().writeByte(command.code());
        Wire.writeBytes(request, ByteString.of(text.getBytes(StandardCharsets.UTF_8)));
        send(request);
        ResponseReader reader = command.reader(capabilities);
        List<ByteBuf> payloads = new ArrayList<>();
        boolean complete;
        do {
            Packet packet = receive();
            payloads.add(packet.payload());
            complete = reader.accept(packet);
        } while (!complete);
        return result(payloads, reader.summary());
    }

    private SqlResult result(List<ByteBuf> payloads, ResponseSummary summary) {
        ByteBuf last = payloads.get(payloads.size() - 1);
        return switch (summary.kind()) {
            case OK ->
                SqlResult.of("OK, affected rows: " + summary.affectedRows() + ", insert id: " + summary.insertId());
            case ERR -> error(Err.read(last.duplicate()));
            case RESULT -> table(new ResultView(payloads, capabilities, false), summary);
            case LOCAL_INFILE, OTHER -> throw new ProtocolException("an answer of the kind " + summary.kind());
        };
    }

    private static SqlResult table(ResultView view, ResponseSummary summary) {
        List<String> columns = view.columns().stream()
                .map(ColumnDefinition::name)
                .map(name -> new String(name.bytes(), StandardCharsets.UTF_8))
                .toList();
        List<List<String>> rows = new ArrayList<>();
        view.rows()
                .forEachRemaining(row -> rows.add(Arrays.stream(row)
                        .map(cell -> cell == null ? null : new String(cell, StandardCharsets.UTF_8))
                        .toList()));
        return new SqlResult(columns, rows, "rows: " + rows.size() + ", warnings: " + summary.warnings());
    }

    private static SqlResult error(Err err) {
        String state = err.sqlState() == null ? "" : " (" + err.sqlState() + ")";
        return SqlResult.error(
                err.code(), state + ": " + new String(err.message().bytes(), StandardCharsets.UTF_8));
    }

    private static void refuseError(ByteBuf payload) {
        if (payload.getUnsignedByte(payload.readerIndex()) == Err.HEADER) {
            throw new ProtocolException(error(Err.read(payload)).summary());
        }
    }

    private void send(ByteBuf payload) {
        sequence = Packet.write(HEAP, payload, sequence, frame -> {
            try {
                frame.readBytes(out, frame.readableBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private Packet receive() throws IOException {
        ByteBuf header = Unpooled.buffer(Packet.HEADER);
        byte[] bytes = new byte[Packet.HEADER];
        in.readFully(bytes);
        header.writeBytes(bytes);
        byte[] payload = new byte[header.getUnsignedMediumLE(0)];
        in.readFully(payload);
        Packet packet = Packet.of(Unpooled.wrappedBuffer(bytes, payload));
        sequence = packet.sequence() + 1;
        return packet;
    }

    @Override
    public void close() throws IOException {
        try (socket) {
            sequence = 0;
            send(Unpooled.wrappedBuffer(new byte[] {(byte) Command.COM_QUIT.code()}));
        }
    }
}

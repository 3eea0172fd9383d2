package io.mysqlproxy.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.Frames;
import io.mysqlproxy.core.session.Dialogue;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.List;

/** A client on a real socket. */
final class TestClient implements AutoCloseable {
    private final Socket socket = new Socket();

    TestClient(SocketAddress address) throws IOException {
        socket.setReceiveBufferSize(64 * 1024);
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress("127.0.0.1", ((InetSocketAddress) address).getPort()));
    }

    TestClient login() throws IOException {
        expect(Dialogue.GREETING_SHOWN);
        send(Dialogue.LOGIN);
        expect("2: 00 00 00 02 00 00 00");
        return this;
    }

    void send(String frames) throws IOException {
        socket.getOutputStream().write(Frames.join(Frames.of(frames)));
    }

    void expect(String frames) throws IOException {
        byte[] expected = Frames.join(Frames.of(frames));
        assertThat(Frames.show(in().readNBytes(expected.length))).isEqualTo(Frames.show(expected));
    }

    /** The other side closes, without another byte. */
    void expectEnd() throws IOException {
        assertThat(in().read()).isEqualTo(-1);
    }

    /** Reads frames as large as these until that many are there; they have to count on. */
    void expectRows(int first, List<byte[]> rows, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            byte[] expected = rows.get(i % rows.size());
            byte[] row = in().readNBytes(expected.length);
            assertThat(row.length).as("row %d", i).isEqualTo(expected.length);
            assertThat(row[3] & 0xFF).as("sequence id of row %d", i).isEqualTo(first + i & 0xFF);
            assertThat(row[row.length - 1]).isEqualTo(expected[row.length - 1]);
        }
    }

    InputStream in() throws IOException {
        return socket.getInputStream();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

package io.mysqlproxy.launcher.testing;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;

/** Packets over a socket, exactly as they travel: nothing is joined, split or numbered here. */
final class PacketStream implements Closeable {
    private static final int PATIENCE_MILLIS = 15_000;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    PacketStream(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    Socket socket() {
        return socket;
    }

    /** The next packet; null if the other side has closed. */
    Payload read() throws IOException {
        byte[] header = new byte[4];
        try {
            int got = in.readNBytes(header, 0, 4);
            if (got < 4) {
                return null;
            }
        } catch (SocketException e) {
            return null; // reset instead of closed
        }
        int length = (header[0] & 0xFF) | (header[1] & 0xFF) << 8 | (header[2] & 0xFF) << 16;
        return new Payload(header[3] & 0xFF, Payload.text(in.readNBytes(length)));
    }

    /** Sends packets in one go, numbered from a sequence id on. */
    void write(int sequence, String... payloads) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int next = sequence;
        for (String payload : payloads) {
            int length = payload.length();
            all.writeBytes(new byte[] {(byte) length, (byte) (length >> 8), (byte) (length >> 16), (byte) next++});
            all.writeBytes(Payload.bytes(payload));
        }
        try {
            out.write(all.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

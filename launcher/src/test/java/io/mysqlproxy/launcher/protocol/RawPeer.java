package io.mysqlproxy.launcher.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A client or server that says exactly what a test wants said. */
final class RawPeer implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    private Socket socket;
    private int sequence;

    RawPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(TIMEOUT_MILLIS);
    }

    /** A client of a local port. */
    static RawPeer connect(int port) throws IOException {
        return new RawPeer(new Socket("127.0.0.1", port));
    }

    /** The payload of the next packet; null at the end of the connection. */
    ByteBuf read() throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        int low = in.read();
        if (low < 0) {
            return null;
        }
        int length = low | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16;
        sequence = in.readUnsignedByte();
        return Unpooled.wrappedBuffer(in.readNBytes(length));
    }

    /** The sequence id of the last packet read. */
    int sequence() {
        return sequence;
    }

    void send(int sequence, ByteBuf payload) throws IOException {
        send(frame(sequence, payload));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** What comes next, whatever it is, one character for each byte. */
    String some() throws IOException {
        byte[] bytes = new byte[4096];
        return new String(bytes, 0, socket.getInputStream().read(bytes), StandardCharsets.ISO_8859_1);
    }

    /** Whether the other side closes, saying nothing more or an error only. */
    boolean closes() throws IOException {
        try {
            ByteBuf said = read();
            return said == null || said.getUnsignedByte(0) == 0xFF && read() == null;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Speaks TLS as a client from here on; what is given goes out together with the first of its bytes. */
    void startTls(byte[] before) throws IOException {
        startTls(before, null);
    }

    /** @param name whom it wants to speak with, null for nobody in particular */
    void startTls(byte[] before, String name) throws IOException {
        Socket corked = new CorkedSocket(socket, before);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustEverybody()}, null);
            SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(corked, "127.0.0.1", 0, true);
            if (name != null) {
                SSLParameters parameters = tls.getSSLParameters();
                parameters.setServerNames(List.of(new SNIHostName(name)));
                tls.setSSLParameters(parameters);
            }
            tls.startHandshake();
            socket = tls;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    static byte[] frame(int sequence, ByteBuf payload) {
        byte[] bytes = new byte[4 + payload.readableBytes()];
        int length = payload.readableBytes();
        bytes[0] = (byte) length;
        bytes[1] = (byte) (length >> 8);
        bytes[2] = (byte) (length >> 16);
        bytes[3] = (byte) sequence;
        payload.getBytes(payload.readerIndex(), bytes, 4, length);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Holds bytes back until there are more to send. */
    private static final class CorkedSocket extends Socket {
        private final Socket target;
        private byte[] held;

        CorkedSocket(Socket target, byte[] held) {
            this.target = target;
            this.held = held;
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            OutputStream out = target.getOutputStream();
            return new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    ByteArrayOutputStream whole = new ByteArrayOutputStream();
                    whole.writeBytes(held);
                    whole.write(bytes, offset, length);
                    held = new byte[0];
                    out.write(whole.toByteArray());
                }

                @Override
                public void flush() throws IOException {
                    out.flush();
                }
            };
        }

        @Override
        public java.io.InputStream getInputStream() throws IOException {
            return target.getInputStream();
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public java.net.InetAddress getInetAddress() {
            return target.getInetAddress();
        }

        @Override
        public void close() throws IOException {
            target.close();
        }
    }

    private static final class TrustEverybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

package io.mysqlproxy.core.session;

import io.mysqlproxy.core.backend.ServerOwner;
import io.mysqlproxy.core.backend.ServerPeer;
import io.mysqlproxy.core.leg.SecretBuffer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** A peer without a connection: records what it is told, and drains or not as the test says. */
public final class RecordingPeer implements ServerPeer {
    private final ByteBufAllocator allocator;
    private final SocketAddress local;
    private final SocketAddress remote;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final ByteArrayOutputStream flushed = new ByteArrayOutputStream();
    private final List<String> faults = new ArrayList<>();
    private Runnable writabilityChanged = () -> {};
    private long room = Long.MAX_VALUE;
    private boolean reading = true;
    private boolean closed;
    private ServerOwner owner;
    private boolean ended;
    private boolean tls;
    private boolean unixSocket;
    private final List<ByteBuffer> memory = new ArrayList<>();

    public RecordingPeer(ByteBufAllocator allocator, SocketAddress remote) {
        this.allocator = allocator;
        this.local = new InetSocketAddress("127.0.0.1", 4040);
        this.remote = remote;
    }

    void onWritabilityChanged(Runnable action) {
        writabilityChanged = action;
    }

    @Override
    public void write(ByteBuf bytes) {
        byte[] copy = new byte[bytes.readableBytes()];
        if (bytes instanceof SecretBuffer) {
            memory.add(ByteBuffer.wrap(bytes.array()));
        } else if (bytes.isDirect()) {
            memory.add(bytes.nioBuffer());
        }
        bytes.readBytes(copy).release();
        if (closed) {
            faults.add("written after close: " + copy.length + " bytes");
            return;
        }
        written.writeBytes(copy);
        boolean before = writable();
        room -= copy.length;
        if (before && !writable()) {
            writabilityChanged.run(); // in the middle of the write, as a channel does it
        }
    }

    @Override
    public void flush() {
        flushed.writeBytes(written.toByteArray());
        written.reset();
    }

    @Override
    public boolean writable() {
        return room > 0;
    }

    /** How many bytes it takes from now on before it says that it does not drain. */
    void room(long bytes) {
        boolean before = writable();
        room = bytes;
        if (before != writable()) {
            writabilityChanged.run();
        }
    }

    @Override
    public void reading(boolean wanted) {
        reading = wanted;
    }

    boolean reading() {
        return reading;
    }

    @Override
    public void close() {
        flush();
        closed = true;
    }

    public boolean closed() {
        return closed;
    }

    /** What went out since the last time; what was written but not flushed never does. */
    byte[] taken() {
        byte[] bytes = flushed.toByteArray();
        flushed.reset();
        return bytes;
    }

    /** Bytes that nobody flushed. */
    int unflushed() {
        return written.size();
    }

    List<String> faults() {
        return faults;
    }

    @Override
    public void owner(ServerOwner next) {
        owner = next;
        if (ended) {
            next.serverClosed(this);
        }
    }

    @Override
    public boolean ended() {
        return ended;
    }

    /** The other side has gone, and nobody was told so far. */
    public void end() {
        ended = true;
    }

    ServerOwner owner() {
        return owner;
    }

    /** What secrets were written from. */
    List<byte[]> memory() {
        return memory.stream().map(RecordingPeer::copy).toList();
    }

    private static byte[] copy(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.capacity()];
        buffer.get(0, copy);
        return copy;
    }

    /** Says from now on that it is a unix socket. */
    void unixSocket(boolean value) {
        unixSocket = value;
    }

    /** Says from now on that it speaks TLS. */
    void tls(boolean value) {
        tls = value;
    }

    @Override
    public boolean tls() {
        return tls;
    }

    @Override
    public boolean secure() {
        return tls || unixSocket;
    }

    @Override
    public Executor executor() {
        return Runnable::run;
    }

    @Override
    public ByteBufAllocator allocator() {
        return allocator;
    }

    @Override
    public SocketAddress local() {
        return local;
    }

    @Override
    public SocketAddress remote() {
        return remote;
    }
}

package io.mysqlproxy.launcher.speed;

import io.mysqlproxy.core.backend.ServerOwner;
import io.mysqlproxy.core.backend.ServerPeer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.Executor;

/** A peer that takes whatever it is sent and keeps a count of it. */
final class SilentPeer implements ServerPeer {
    private static final SocketAddress HERE = new InetSocketAddress("127.0.0.1", 4040);
    private static final SocketAddress THERE = new InetSocketAddress("127.0.0.1", 3306);

    private long bytes;

    /** Bytes since the last time. */
    long taken() {
        long taken = bytes;
        bytes = 0;
        return taken;
    }

    @Override
    public void write(ByteBuf buffer) {
        bytes += buffer.readableBytes();
        buffer.release();
    }

    @Override
    public void flush() {}

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public void reading(boolean wanted) {}

    @Override
    public void close() {}

    @Override
    public void owner(ServerOwner owner) {}

    @Override
    public boolean ended() {
        return false;
    }

    @Override
    public Executor executor() {
        return Runnable::run;
    }

    @Override
    public ByteBufAllocator allocator() {
        return ByteBufAllocator.DEFAULT;
    }

    @Override
    public SocketAddress local() {
        return HERE;
    }

    @Override
    public SocketAddress remote() {
        return THERE;
    }
}

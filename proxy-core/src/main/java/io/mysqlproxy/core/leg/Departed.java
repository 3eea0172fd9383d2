package io.mysqlproxy.core.leg;

import io.mysqlproxy.core.compress.FrameCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.SocketAddress;
import java.util.concurrent.Executor;

/**
 * In the place of a client that has left before everything was done that is done in its name: takes whatever it is sent, and
 * never says anything.
 *
 * @param before who it was
 */
record Departed(Peer before) implements Peer {
    @Override
    public void write(ByteBuf bytes) {
        bytes.release();
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
    public void compress(FrameCodec codec, ByteBuf early) {
        codec.close();
        if (early != null) {
            early.release();
        }
    }

    @Override
    public boolean tls() {
        return before.tls();
    }

    @Override
    public String wishedName() {
        return before.wishedName();
    }

    @Override
    public boolean secure() {
        return before.secure();
    }

    @Override
    public void close() {
        before.close();
    }

    @Override
    public ByteBufAllocator allocator() {
        return before.allocator();
    }

    @Override
    public Executor executor() {
        return before.executor();
    }

    @Override
    public SocketAddress local() {
        return before.local();
    }

    @Override
    public SocketAddress remote() {
        return before.remote();
    }
}

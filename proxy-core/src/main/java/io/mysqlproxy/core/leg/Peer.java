package io.mysqlproxy.core.leg;

import io.mysqlproxy.core.compress.FrameCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.SocketAddress;
import java.util.concurrent.Executor;

/** What a session may do to one side of its conversation. Of the side's owner only; nothing here blocks. */
public interface Peer {
    /** Queues bytes for sending; takes the buffer over. They go out with the next {@link #flush}. */
    void write(ByteBuf bytes);

    /** Sends what is queued. */
    void flush();

    /** Whether the side drains what it is sent; if not, nothing more is to be read for it. */
    boolean writable();

    /** Lets bytes of this side come in, or not. Cheap if nothing changes. */
    void reading(boolean wanted);

    /**
     * Speaks TLS from here on. What is queued goes out in clear before; what is written from now on waits until TLS stands.
     *
     * @param early bytes that were read already: they are TLS or the end, never anything else (W-19); taken over, may be null
     */
    default void startTls(ByteBuf early) {
        throw new UnsupportedOperationException("TLS");
    }

    /**
     * Speaks the compressed protocol from here on; what is queued goes out as it is before.
     *
     * @param codec what frames hold; taken over
     * @param early bytes that were read already, and are compressed; taken over, may be null
     */
    default void compress(FrameCodec codec, ByteBuf early) {
        throw new UnsupportedOperationException("compression");
    }

    /** What is written next begins a command: the numbering of what wraps packets starts anew, too. After {@link #compress} only. */
    default void beginCommand() {}

    /** Whether TLS was started. */
    default boolean tls() {
        return false;
    }

    /** The name that it wanted to speak TLS with (SNI); null if it gave none. */
    default String wishedName() {
        return null;
    }

    /** Whether nobody can listen in between: TLS was started, or it is a unix socket. */
    default boolean secure() {
        return false;
    }

    /** Sends what is queued, then closes. Repeating it does no harm. */
    void close();

    /** Where buffers come from. */
    ByteBufAllocator allocator();

    /** Where what concerns this side happens. */
    Executor executor();

    /** This end of the connection. */
    SocketAddress local();

    /** The other end of the connection. */
    SocketAddress remote();
}

package io.mysqlproxy.core.leg;

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

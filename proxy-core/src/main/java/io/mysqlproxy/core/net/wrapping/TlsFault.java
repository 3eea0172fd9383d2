package io.mysqlproxy.core.net.wrapping;

import io.mysqlproxy.wire.ProtocolException;
import io.netty.handler.codec.DecoderException;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;

/** Tells what a peer did wrong from what we did. */
public final class TlsFault {
    private TlsFault() {}

    /** The peer's fault as such; any other cause as it is. */
    public static Throwable of(Throwable cause) {
        Throwable inner = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        if (inner instanceof ProtocolException) {
            return inner;
        }
        if (inner instanceof SSLException) {
            return new ProtocolException("TLS failed: " + inner.getMessage());
        }
        return inner instanceof ClosedChannelException ? new ProtocolException("closed before TLS stood") : cause;
    }
}

package io.mysqlproxy.core.compress;

import io.mysqlproxy.core.config.Compression;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.ProtocolException;

/** Compresses the contents of frames, each by itself. Of one connection. */
public sealed interface FrameCodec extends AutoCloseable permits ZlibFrames, ZstdFrames {
    /**
     * Compresses what fits its own length.
     *
     * @param out takes it from {@code at} on, as many bytes as {@code plain} has at most
     * @return how many bytes it took; 0 if it does not get any smaller
     */
    int compress(byte[] plain, byte[] out, int at);

    /**
     * Decompresses.
     *
     * @param out takes {@code length} bytes from {@code at} on: never more, whatever the frame holds
     * @throws ProtocolException if the frame holds another number of bytes, or is none
     */
    void decompress(byte[] frame, byte[] out, int at, int length);

    /** Frees what it holds. */
    @Override
    void close();

    /**
     * The method that was agreed on with a peer: zlib if both were, as servers have it.
     *
     * @param level of zstd
     * @return null if none was
     */
    static FrameCodec of(Capabilities agreed, int level) {
        if (agreed.has(Compression.Method.ZLIB.flag())) {
            return new ZlibFrames();
        }
        return agreed.has(Compression.Method.ZSTD.flag()) ? new ZstdFrames(level) : null;
    }
}

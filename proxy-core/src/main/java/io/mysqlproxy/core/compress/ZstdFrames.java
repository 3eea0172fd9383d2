package io.mysqlproxy.core.compress;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.mysqlproxy.wire.ProtocolException;

/** Frames of zstd. Nothing is kept between them: a context of its own would cost each connection more than a megabyte. */
final class ZstdFrames implements FrameCodec {
    private final int level;

    ZstdFrames(int level) {
        this.level = level;
    }

    /** With room for what does not get smaller: the library throws where there is too little. */
    @Override
    public int compress(byte[] plain, byte[] out, int at) {
        byte[] room = new byte[(int) Zstd.compressBound(plain.length)];
        int length = (int) Zstd.compressByteArray(room, 0, room.length, plain, 0, plain.length, level);
        if (length >= plain.length) {
            return 0;
        }
        System.arraycopy(room, 0, out, at, length);
        return length;
    }

    /** The library writes into the array given, and needs no window of its own for that, whatever the frame asks for. */
    @Override
    public void decompress(byte[] frame, byte[] out, int at, int length) {
        long got;
        try {
            got = Zstd.decompressByteArray(out, at, length, frame, 0, frame.length);
        } catch (ZstdException e) {
            throw new ProtocolException("a compressed frame that does not decompress: " + e.getMessage());
        }
        if (got != length) {
            throw new ProtocolException("a compressed frame of another length than it says");
        }
    }

    @Override
    public void close() {}
}

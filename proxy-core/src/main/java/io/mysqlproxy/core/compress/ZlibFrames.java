package io.mysqlproxy.core.compress;

import io.mysqlproxy.wire.ProtocolException;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Frames of zlib. */
final class ZlibFrames implements FrameCodec {
    private final Inflater inflater = new Inflater();
    private final Deflater deflater = new Deflater();

    @Override
    public int compress(byte[] plain, byte[] out, int at) {
        deflater.reset();
        deflater.setInput(plain);
        deflater.finish();
        int length = deflater.deflate(out, at, plain.length);
        return deflater.finished() && length < plain.length ? length : 0;
    }

    @Override
    public void decompress(byte[] frame, byte[] out, int at, int length) {
        inflater.reset();
        inflater.setInput(frame);
        try {
            int got = inflater.inflate(out, at, length);
            if (got != length || inflater.inflate(new byte[1]) > 0) {
                throw new ProtocolException("a compressed frame of another length than it says");
            }
        } catch (DataFormatException e) {
            throw new ProtocolException("a compressed frame that does not inflate: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        inflater.end();
        deflater.end();
    }
}

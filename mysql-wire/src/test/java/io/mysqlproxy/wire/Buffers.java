package io.mysqlproxy.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.HexFormat;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Buffers of one test, all of which have to be freed at its end. */
public final class Buffers implements AfterEachCallback, AutoCloseable {
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);

    public ByteBufAllocator allocator() {
        return allocator;
    }

    public ByteBuf of(byte... bytes) {
        return allocator.buffer(Math.max(1, bytes.length)).writeBytes(bytes);
    }

    /** Hex digits in any layout; what follows a {@code |} on a line is a remark. */
    public ByteBuf hex(String digits) {
        return of(bytes(digits));
    }

    public static byte[] bytes(String digits) {
        return HexFormat.of().parseHex(digits.replaceAll("(?m)\\|.*$", "").replaceAll("\\s", ""));
    }

    /** The readable bytes as hex digits; the buffer is released. */
    public static String drain(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes).release();
        return HexFormat.of().formatHex(bytes);
    }

    public static String normal(String digits) {
        return HexFormat.of().formatHex(bytes(digits));
    }

    public long used() {
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close();
    }

    @Override
    public void close() {
        assertThat(used()).as("bytes not freed").isZero();
    }
}

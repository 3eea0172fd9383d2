package io.mysqlproxy.wire;

import io.mysqlproxy.wire.response.ResponseReader;
import io.mysqlproxy.wire.sql.Token;
import io.mysqlproxy.wire.sql.Tokenizer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Framing, response readers and the tokenizer. Divide by {@link #PACKETS} for the cost of a packet; {@link #tokenize} takes
 * 1 kB.
 *
 * <p>{@code mvn -pl mysql-wire test-compile}, then {@code org.openjdk.jmh.Main WireBenchmark} with the class path of the tests.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WireBenchmark {
    /** Of a result: the column count, a definition, EOF, rows, EOF. */
    static final int PACKETS = 104;

    private static final Capabilities FLAGS = new Capabilities(Capabilities.PROTOCOL_41);
    private static final String STATEMENT =
            "SELECT u.id, `name`, COUNT(*) AS n FROM users u JOIN orders o ON o.user = u.id"
                    + " WHERE u.id = 17 AND o.total > 12.50 AND comment LIKE 'a%' GROUP BY 1, 2 -- why not\n";

    /** Of a row. */
    @Param({"20", "100", "1000"})
    public int width;

    private ByteBuf result;
    private ByteString sql;

    /** Makes what is read. */
    @Setup
    public void make() {
        result = ByteBufAllocator.DEFAULT.directBuffer();
        int sequence = 1;
        packet(sequence++, 1, 1);
        packet(sequence++, 3, 30);
        packet(sequence++, 0xFE, 5);
        for (int i = 0; i < PACKETS - 4; i++) {
            packet(sequence++, 'x', width);
        }
        packet(sequence, 0xFE, 5);
        sql = ByteString.of(STATEMENT.repeat(10).substring(0, 1000).getBytes(StandardCharsets.US_ASCII));
    }

    private void packet(int sequence, int first, int length) {
        result.writeMediumLE(length).writeByte(sequence).writeByte(first).writeZero(length - 1);
    }

    /** Frees it. */
    @TearDown
    public void free() {
        result.release();
    }

    /** Packet by packet. */
    @Benchmark
    public int packets() {
        Framing framing = new Framing(ByteBufAllocator.DEFAULT);
        framing.expect(1);
        framing.feed(result.retainedDuplicate());
        int count = 0;
        for (Packet p = framing.next(); p != null; p = framing.next()) {
            count++;
            p.release();
        }
        return count;
    }

    /** In one run, as a result that nobody wants to see is forwarded, with the reader that finds its end. */
    @Benchmark
    public boolean run() {
        Framing framing = new Framing(ByteBufAllocator.DEFAULT);
        framing.expect(1);
        framing.feed(result.retainedDuplicate());
        framing.run(Command.COM_QUERY.reader(FLAGS), 0).release();
        return framing.finished();
    }

    /** The reader alone. */
    @Benchmark
    public boolean read() {
        ResponseReader reader = Command.COM_QUERY.reader(FLAGS);
        int start = result.readerIndex();
        boolean end = false;
        while (!end) {
            int length = result.getUnsignedMediumLE(result.readerIndex());
            result.skipBytes(Packet.HEADER);
            reader.needs(result.getUnsignedByte(result.readerIndex()), length);
            end = reader.judge(result, length);
            result.skipBytes(length);
        }
        result.readerIndex(start);
        return end;
    }

    /** A statement of 1 kB. */
    @Benchmark
    public List<Token> tokenize() {
        return Tokenizer.tokenize(sql);
    }
}

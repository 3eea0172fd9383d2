package io.mysqlproxy.launcher.speed;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.util.ResourceLeakDetector;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the heap pays for packets that nobody looks at. Not compiled yet, which is how a test runs, it pays more than later: what
 * is counted here is the most.
 */
class RawPathTest {
    /** Bytes for each packet passed on. */
    private static final long MOST = 200;

    private static final byte[] QUERY = Conversation.query("SELECT c FROM sbtest1 WHERE id=50123");
    private static final int ROUNDS = 2000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private ResourceLeakDetector.Level usual;

    /** What tracks buffers in all tests keeps a stack for each. */
    @BeforeEach
    void trackNothing() {
        usual = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }

    @AfterEach
    void trackAsBefore() {
        ResourceLeakDetector.setLevel(usual);
    }

    @ParameterizedTest(name = "{0} rows of {1} bytes")
    @DisplayName("Forwarding a packet allocates at most 200 bytes")
    @CsvSource({"1, 120", "10, 1000", "1000, 100", "200, 1000", "3, 100000"})
    void perPacket(int rows, int width) {
        byte[] answer = Conversation.result(rows, width);
        int rounds = Math.max(50, ROUNDS * 1000 / (1000 + answer.length));
        // The command, the column count, the definition and two EOF packets.
        int packets = rows + 5;
        assertThat(allocated(answer, rounds) / ((double) rounds * packets))
                .as("bytes per packet")
                .isLessThan(MOST);
    }

    @Test
    @DisplayName("A long result allocates nothing for a row")
    void perRow() {
        int rows = 20_000;
        byte[] few = Conversation.result(10, 200);
        byte[] many = Conversation.result(rows, 200);
        long difference = allocated(many, 20) - allocated(few, 20);
        assertThat(difference / (20.0 * rows)).as("bytes per row").isLessThan(8);
    }

    private static long allocated(byte[] answer, int rounds) {
        try (Proxying proxying = Proxying.plain();
                Conversation conversation = new Conversation(proxying.plugin())) {
            repeat(conversation, answer, rounds);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            repeat(conversation, answer, rounds);
            return THREADS.getCurrentThreadAllocatedBytes() - before;
        }
    }

    private static void repeat(Conversation conversation, byte[] answer, int rounds) {
        for (int i = 0; i < rounds; i++) {
            if (conversation.exchange(QUERY, answer) != answer.length) {
                throw new IllegalStateException("not all of it came through");
            }
        }
    }
}

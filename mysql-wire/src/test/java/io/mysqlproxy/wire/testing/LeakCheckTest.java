package io.mysqlproxy.wire.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class LeakCheckTest {
    private static final Logger LOG = Logger.getLogger(ResourceLeakDetector.class.getName());

    @Test
    void aBufferThatNobodyReleasedIsFound() throws InterruptedException {
        assumeThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
        LOG.setFilter(report -> false);
        try {
            lose();

            assertThat(LeakCheck.leaks()).singleElement().asString().contains("LeakCheckTest.lose");
            assertThat(LeakCheck.leaks()).isEmpty();
        } finally {
            LOG.setFilter(null);
        }
    }

    private static void lose() {
        ByteBufAllocator.DEFAULT.buffer(1).writeByte(1);
    }
}

package io.mysqlproxy.wire.testing;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class that left a buffer behind without releasing it. JUnit finds it by itself in every module that has the tests
 * of {@code mysql-wire} on its class path.
 */
public final class LeakCheck implements AfterAllCallback {
    private static final long PATIENCE_MILLIS = 1000;
    private static final LinkedBlockingQueue<String> LEAKS = new LinkedBlockingQueue<>();

    static {
        ByteBufUtil.setLeakListener((type, records) -> LEAKS.add(type + records));
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        if (context.getRequiredTestClass().isMemberClass()) {
            return;
        }
        List<String> found = leaks();
        if (!found.isEmpty()) {
            throw new AssertionError(found.size() + " buffers were not released, the first is " + found.get(0));
        }
    }

    /** What was lost since the last look. */
    static List<String> leaks() throws InterruptedException {
        ReferenceQueue<Object> collected = new ReferenceQueue<>();
        Reference<Object> sentinel = new PhantomReference<>(new Object(), collected);
        System.gc();
        collected.remove(PATIENCE_MILLIS);
        Reference.reachabilityFence(sentinel);
        // Netty looks for what the collector found whenever it makes a buffer.
        ByteBufAllocator.DEFAULT.buffer(1).release();
        List<String> found = new ArrayList<>();
        LEAKS.drainTo(found);
        return found;
    }
}

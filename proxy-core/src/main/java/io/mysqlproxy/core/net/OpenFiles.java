package io.mysqlproxy.core.net;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many clients the process can serve with the files it may open: each takes two, one for itself and one for its server. Who
 * comes on top is told so (1040), while there are files left to tell it with.
 */
final class OpenFiles {
    private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);

    /** Scripts, logs and refusals need some, too. */
    private static final int RESERVE = 16;

    private static final int RESERVED_SHARE = 64;
    private static final long BURST_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Of all listeners, as the limit is the process's. */
    private static final OpenFiles OF_PROCESS = new OpenFiles(clientsThatFit());

    private final long most;
    private final AtomicInteger clients = new AtomicInteger();
    private final AtomicLong lastWarning = new AtomicLong(System.nanoTime() - BURST_NANOS);

    /** @param most clients at the same time */
    OpenFiles(long most) {
        this.most = most;
    }

    /** Those of this process. */
    static OpenFiles ofProcess() {
        return OF_PROCESS;
    }

    private static long clientsThatFit() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? clientsThatFit(system.getMaxFileDescriptorCount(), system.getOpenFileDescriptorCount())
                : Long.MAX_VALUE;
    }

    /** At least one, whatever the limit. */
    static long clientsThatFit(long limit, long open) {
        return Math.max(1, (limit - open - RESERVE - limit / RESERVED_SHARE) / 2);
    }

    /** Whether there are files for one more client and its server. */
    boolean hasRoom() {
        return clients.get() < most;
    }

    /** A client has come. */
    void taken() {
        clients.incrementAndGet();
    }

    /** Its connections are closed. */
    void released() {
        clients.decrementAndGet();
    }

    /** Says once for many clients why they are turned away. */
    void refused() {
        warn("Too many connections: {} clients are as many as the limit of open files allows (--max-open-files)", most);
    }

    private void warn(String text, Object value) {
        long last = lastWarning.get();
        long now = System.nanoTime();
        if (now - last >= BURST_NANOS && lastWarning.compareAndSet(last, now)) {
            LOG.warn(text, value);
        }
    }

    /** Says once for many attempts that clients wait, and why. */
    void acceptFailed(Throwable cause) {
        warn("Clients wait, since none can be accepted: {}", SystemError.reason(cause));
    }
}

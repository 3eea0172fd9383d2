package io.mysqlproxy.launcher;

import io.mysqlproxy.launcher.log.Logging;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The wish to end, as signals say it; and what the other signals mean. */
final class Shutdown {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    private final CountDownLatch wished = new CountDownLatch(1);

    /** From now on the process ends when {@link #await} returns, not when a signal arrives. */
    static Shutdown onSignals(Logging logging) {
        Shutdown shutdown = new Shutdown();
        Signals.on("TERM", shutdown::wish);
        Signals.on("INT", shutdown::wish);
        Signals.on("HUP", logging::reopen);
        // these would end a JVM, or mean something to it
        Signals.on("USR1", () -> {});
        Signals.on("USR2", () -> {});
        return shutdown;
    }

    /** Waits for the first signal that asks for the end. */
    void await() {
        try {
            wished.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void wish() {
        LOG.info("Initiating shutdown, requested from signal handler");
        wished.countDown();
    }
}

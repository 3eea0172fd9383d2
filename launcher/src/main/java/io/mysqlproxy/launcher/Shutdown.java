package io.mysqlproxy.launcher;

import io.mysqlproxy.launcher.log.Logging;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The wish to end, as signals and scripts say it; and what the other signals mean. */
final class Shutdown {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    private final CompletableFuture<Integer> wished = new CompletableFuture<>();

    /** From now on the process ends when {@link #await} returns, not when a signal arrives. */
    static Shutdown onSignals(Logging logging) {
        Shutdown shutdown = new Shutdown();
        Signals.on("TERM", shutdown::signalled);
        Signals.on("INT", shutdown::signalled);
        Signals.on("HUP", logging::reopen);
        // these would end a JVM, or mean something to it
        Signals.on("USR1", () -> {});
        Signals.on("USR2", () -> {});
        return shutdown;
    }

    /** Waits for the first wish to end; gives the exit code that came with it. */
    int await() {
        return wished.join();
    }

    /** Someone wants the process to end with this exit code; the first wish counts. */
    void wish(int exitCode) {
        wished.complete(exitCode);
    }

    private void signalled() {
        LOG.info("Initiating shutdown, requested from signal handler");
        wish(0);
    }
}

package io.mysqlproxy.launcher;

import io.mysqlproxy.core.ProxyServer;
import io.mysqlproxy.launcher.log.Logging;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The wish to end, as signals and scripts say it; and what the other signals mean. */
final class Shutdown {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    /** How long the last hooks may take once commands in flight are done with. */
    private static final Duration LAST_HOOKS = Duration.ofSeconds(5);

    /** The same when the user does not want to wait any more. */
    private static final Duration HURRIED_HOOKS = Duration.ofSeconds(1);

    private final CompletableFuture<Integer> wished = new CompletableFuture<>();
    private final CountDownLatch insisted = new CountDownLatch(1);
    private volatile Runnable onHangUp = () -> {};

    /** From now on the process ends when {@link #await} returns, not when a signal arrives. */
    static Shutdown onSignals(Logging logging) {
        Shutdown shutdown = new Shutdown();
        Signals.on("TERM", shutdown::signalled);
        Signals.on("INT", shutdown::signalled);
        Signals.on("HUP", () -> {
            logging.reopen();
            shutdown.onHangUp.run();
        });
        // these would end a JVM, or mean something to it
        Signals.on("USR1", () -> {});
        Signals.on("USR2", () -> {});
        return shutdown;
    }

    /** What a hang-up means besides a new log file. */
    void onHangUp(Runnable action) {
        onHangUp = action;
    }

    /** Waits for the first wish to end; gives the exit code that came with it. */
    int await() {
        return wished.join();
    }

    /**
     * Ends the server: waits for commands in flight, but not once the user insists, and never for a script that does not
     * come back: then the process ends here.
     *
     * @param longest how long to wait for them
     */
    void end(ProxyServer server, Duration longest) {
        Thread draining = Thread.currentThread();
        Thread watch = new Thread(() -> watch(draining, longest.plus(LAST_HOOKS)), "shutdown");
        watch.setDaemon(true);
        watch.start();
        try {
            if (!server.drain(longest)) {
                LOG.warn(
                        "commands are still in flight after {} s; their clients lose the answers", longest.toSeconds());
            }
        } catch (InterruptedException e) {
            LOG.info("not waiting for commands in flight any more");
        }
        server.close();
        watch.interrupt();
    }

    private void watch(Thread draining, Duration longest) {
        try {
            if (insisted.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                draining.interrupt();
                TimeUnit.MILLISECONDS.sleep(HURRIED_HOOKS.toMillis());
            }
        } catch (InterruptedException e) {
            return;
        }
        LOG.warn("a script does not come back; ending without it");
        // it holds its event loop; nothing but this ends it
        Runtime.getRuntime().halt(wished.getNow(0));
    }

    /** Someone wants the process to end with this exit code, now or, if that was wanted before, at once. */
    void wish(int exitCode) {
        if (!wished.complete(exitCode)) {
            insisted.countDown();
        }
    }

    private void signalled() {
        if (!wished.isDone()) {
            LOG.info("Initiating shutdown, requested from signal handler");
        }
        wish(0);
    }
}

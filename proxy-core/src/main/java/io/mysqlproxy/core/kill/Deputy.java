package io.mysqlproxy.core.kill;

import io.mysqlproxy.core.backend.Backend;
import io.mysqlproxy.core.backend.Connector;
import io.mysqlproxy.core.config.KillAccount;
import io.mysqlproxy.core.config.ProtocolConfig;
import io.mysqlproxy.wire.ErrorCode;
import io.mysqlproxy.wire.packet.Err;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proxy's own account at one server. It pays one visit at a time, and a visit carries everything that has come up meanwhile:
 * a thousand clients that vanish together cost one login. Any thread.
 */
final class Deputy {
    private static final Logger LOG = LoggerFactory.getLogger(Deputy.class);

    private final Backend backend;
    private final KillAccount account;
    private final ProtocolConfig config;
    private final Deque<Order> waiting = new ArrayDeque<>();
    private boolean visiting;

    Deputy(Backend backend, KillAccount account, ProtocolConfig config) {
        this.backend = backend;
        this.account = account;
        this.config = config;
    }

    /**
     * Something to end.
     *
     * @param executor where the outcome is told
     */
    record Order(Kill kill, Executor executor, Consumer<Err> outcome) {
        void done(Err err) {
            executor.execute(() -> outcome.accept(err));
        }
    }

    /** @param connector makes connections on the order's executor */
    void send(Order order, Connector connector) {
        synchronized (waiting) {
            waiting.add(order);
            if (visiting) {
                return;
            }
            visiting = true;
        }
        Visit visit = new Visit(this, order.executor());
        try {
            connector.connect(backend, visit);
        } catch (RuntimeException e) {
            visit.refused(e); // else nobody would ever visit this server again
        }
    }

    Backend backend() {
        return backend;
    }

    KillAccount account() {
        return account;
    }

    ProtocolConfig config() {
        return config;
    }

    /** What is to be done next in a visit; null if that was all, and the visit is over. */
    Order next() {
        synchronized (waiting) {
            Order order = waiting.poll();
            visiting = order != null;
            return order;
        }
    }

    /**
     * A visit came to nothing: one line says so for all that waited for it.
     *
     * @param current what the server was sent already, and has not answered; null if nothing
     */
    void failed(Order current, String why) {
        List<Order> all = new ArrayList<>();
        synchronized (waiting) {
            all.addAll(waiting);
            waiting.clear();
            visiting = false;
        }
        LOG.warn("'{}' cannot end statements at {}: {}", account.user(), backend, why);
        Err err = new Err(ErrorCode.UNKNOWN_ERROR, "HY000", why);
        all.forEach(order -> order.done(err));
        if (current != null) {
            current.done(new Err(ErrorCode.CR_SERVER_LOST, "HY000", why));
        }
    }
}

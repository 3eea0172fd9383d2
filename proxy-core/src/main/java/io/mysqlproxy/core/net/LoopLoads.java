package io.mysqlproxy.core.net;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * How many clients of one address each event loop has. Any thread.
 *
 * <p>A client goes where there are the fewest; to the loop that has accepted it if that is one of these, since passing it on means
 * waking a thread.
 */
final class LoopLoads {
    private final List<EventLoop> loops = new ArrayList<>();
    private final AtomicIntegerArray clients;

    LoopLoads(EventLoopGroup group) {
        for (EventExecutor loop : group) {
            loops.add((EventLoop) loop);
        }
        clients = new AtomicIntegerArray(loops.size());
    }

    /** Where a client goes. It counts there until its channel is closed. */
    EventLoop place(EventLoop accepting, Channel client) {
        int best = loops.indexOf(accepting);
        int least = clients.get(best);
        for (int i = 0; i < loops.size(); i++) {
            int count = clients.get(i);
            if (count < least) {
                best = i;
                least = count;
            }
        }
        int chosen = best;
        clients.incrementAndGet(chosen);
        client.closeFuture().addListener(closed -> clients.decrementAndGet(chosen));
        return loops.get(chosen);
    }
}

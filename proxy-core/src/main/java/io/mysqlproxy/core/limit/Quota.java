package io.mysqlproxy.core.limit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many holders each of several names has at the same time. Any thread; what concerns one holder comes from one thread at a
 * time.
 *
 * @param <K> what is counted, a user for example
 */
public final class Quota<K> {
    private final int most;
    private final Map<K, Integer> counts = new ConcurrentHashMap<>();
    private final Map<Object, K> holders = new ConcurrentHashMap<>();

    /** @param most holders of each name; 0 for any number, which costs nothing */
    public Quota(int most) {
        this.most = most;
    }

    /** Whether there is a limit. */
    public boolean limited() {
        return most > 0;
    }

    /**
     * A holder takes a name, and gives up the one it had.
     *
     * @return false if the name has as many holders as may be: then nothing changes
     */
    public boolean enter(Object holder, K name) {
        if (most == 0 || name.equals(holders.get(holder))) {
            return true;
        }
        boolean[] taken = new boolean[1];
        counts.compute(name, (n, count) -> {
            int before = count == null ? 0 : count;
            taken[0] = before < most;
            return taken[0] ? Integer.valueOf(before + 1) : count;
        });
        if (taken[0]) {
            release(holders.put(holder, name));
        }
        return taken[0];
    }

    /** A holder gives up its name, if it has one. */
    public void leave(Object holder) {
        if (most > 0) {
            release(holders.remove(holder));
        }
    }

    private void release(K name) {
        if (name != null) {
            counts.computeIfPresent(name, (n, count) -> count == 1 ? null : Integer.valueOf(count - 1));
        }
    }

    /** How many holders a name has. */
    public int count(K name) {
        return counts.getOrDefault(name, 0);
    }
}

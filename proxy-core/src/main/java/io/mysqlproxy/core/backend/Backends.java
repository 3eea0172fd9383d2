package io.mysqlproxy.core.backend;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** The backends of one plugin, in the order in which scripts count them. Any thread. */
public final class Backends {
    private final List<Backend> list;
    private final LongSupplier clock;
    private final AtomicLong swept;

    /** @param clock seconds of a clock that never goes back */
    public Backends(List<Backend> list, LongSupplier clock) {
        this.list = List.copyOf(list);
        this.clock = clock;
        this.swept = new AtomicLong(clock.getAsLong());
    }

    /** How many there are. */
    public int size() {
        return list.size();
    }

    /** One of them, counted from 0. */
    public Backend get(int index) {
        return list.get(index);
    }

    /** All of them. */
    public List<Backend> list() {
        return list;
    }

    /** Which one this is; -1 if it is not in the list. */
    public int indexOf(Backend backend) {
        return list.indexOf(backend);
    }

    /** Part of every connect step: once a second at most, backends long DOWN become eligible again (lua-api.md 6.3). */
    public void sweep() {
        long now = clock.getAsLong();
        long last = swept.get();
        if (now != last && swept.compareAndSet(last, now)) {
            list.forEach(Backend::sweep);
        }
    }

    /**
     * Chooses a backend (lua-api.md 6.2).
     *
     * @param wished an index a script asked for; negative if none
     * @return the wished one unless it is DOWN; else the read/write one that is not DOWN and has the fewest clients, the
     *     first of equals; -1 if there is none, or the wished index does not exist
     */
    public int choose(int wished) {
        if (wished >= list.size()) {
            return -1;
        }
        if (wished >= 0 && list.get(wished).state() != Backend.DOWN) {
            return wished;
        }
        int best = -1;
        for (int i = 0; i < list.size(); i++) {
            Backend candidate = list.get(i);
            if (candidate.type() == BackendType.RW
                    && candidate.state() != Backend.DOWN
                    && (best < 0 || candidate.clients() < list.get(best).clients())) {
                best = i;
            }
        }
        return best;
    }
}

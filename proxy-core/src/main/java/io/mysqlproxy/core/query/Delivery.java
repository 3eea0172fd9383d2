package io.mysqlproxy.core.query;

import io.mysqlproxy.core.leg.Leg;
import java.util.function.IntSupplier;

/** A held answer on its way to a client, portion by portion: what the client does not take yet stays on the heap. */
public final class Delivery {
    /** Bytes that are handed over at once: what of them the system does not take waits in direct memory. */
    private static final int PORTION = 256 * 1024;

    /** What a part gives when there is none left. */
    static final int NONE = -1;

    private final Leg client;
    private final IntSupplier parts;

    /** @param parts sends a part, and gives its bytes, or {@link #NONE} */
    Delivery(Leg client, IntSupplier parts) {
        this.client = client;
        this.parts = parts;
    }

    /** The most bytes that a part should have. */
    static int portion() {
        return PORTION;
    }

    /**
     * Sends a portion.
     *
     * @return whether there may be more
     */
    public boolean next() {
        for (int bytes = 0; bytes < PORTION; ) {
            int part = parts.getAsInt();
            if (part == NONE) {
                return false;
            }
            bytes += part;
        }
        client.flush();
        return true;
    }

    /** Sends all that is left, whether the client takes it or not. */
    public void all() {
        while (next()) {}
    }
}

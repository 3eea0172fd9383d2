package io.mysqlproxy.core.query;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.packet.QueryAttributes.Entry;
import io.mysqlproxy.wire.response.ResponseSummary;
import java.util.List;

/**
 * A command that a script queued, its times, and its answer once it is complete.
 *
 * <p>What a script keeps of it stays valid: answers are held on the heap, never in pooled buffers.
 */
public final class Injection {
    private static final long NEVER = Long.MIN_VALUE;

    private final int id;
    private final Bytes query;
    private final boolean buffered;
    private final Clock clock;
    private final long queuedAt;
    private long firstAt = NEVER;
    private long lastAt = NEVER;
    private List<Entry> attributes;
    private ResponseSummary summary;
    private HeldAnswer held;

    Injection(int id, Bytes query, boolean buffered, List<Entry> attributes, Clock clock) {
        this.id = id;
        this.query = query;
        this.buffered = buffered;
        this.attributes = attributes;
        this.clock = clock;
        this.queuedAt = clock.nanos();
    }

    /** The tag the script gave. */
    public int id() {
        return id;
    }

    /** The command, its first byte included. */
    public Bytes query() {
        return query;
    }

    /** Whether the answer is held until the script has seen it ({@code resultset_is_needed}). */
    public boolean buffered() {
        return buffered;
    }

    /** What is sent along with the command (protocol.md 5); null if nobody has said so far. */
    public List<Entry> attributes() {
        return attributes;
    }

    /** What is sent along unless the script has said it. */
    public void usualAttributes(List<Entry> usual) {
        attributes = attributes == null ? usual : attributes;
    }

    /** Packets of the answer arrive. */
    public void answering() {
        lastAt = clock.nanos();
        if (firstAt == NEVER) {
            firstAt = lastAt;
        }
    }

    /** The answer is complete; {@code held} is null unless it is buffered. */
    public void answered(ResponseSummary summary, HeldAnswer held) {
        this.summary = summary;
        this.held = held;
    }

    /** What the answer said; null before it is complete. */
    public ResponseSummary summary() {
        return summary;
    }

    /** The packets of the answer; null unless it is complete and buffered. */
    public HeldAnswer held() {
        return held;
    }

    /** Microseconds from queueing to the first packet of the answer; 0 before, and where no time is taken. */
    public long microsToFirstPacket() {
        return micros(firstAt);
    }

    /** Microseconds from queueing to the last packet of the answer; 0 before, and where no time is taken. */
    public long microsToLastPacket() {
        return micros(lastAt);
    }

    private long micros(long at) {
        return at == NEVER ? 0 : (at - queuedAt) / 1000;
    }
}

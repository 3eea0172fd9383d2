package io.mysqlproxy.core.query;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that all sessions together may hold for their scripts. Any thread. */
public final class Budget {
    private final long sessionBytes;
    private final long totalBytes;
    private final AtomicLong held = new AtomicLong();

    /**
     * @param sessionBytes what one session may hold
     * @param totalBytes what all may hold
     */
    public Budget(long sessionBytes, long totalBytes) {
        this.sessionBytes = sessionBytes;
        this.totalBytes = totalBytes;
    }

    /** The share of a new session. */
    public Share open() {
        return new Share();
    }

    /** How much is held at the moment. */
    public long held() {
        return held.get();
    }

    /** What one session holds. Of its event loop only. */
    public final class Share {
        private long bytes;

        /** Holds more; false, and nothing changes, if that is too much. */
        public boolean take(long more) {
            if (bytes + more > sessionBytes) {
                return false;
            }
            if (held.addAndGet(more) > totalBytes) {
                held.addAndGet(-more);
                return false;
            }
            bytes += more;
            return true;
        }

        /** Holds nothing any more. */
        public void free() {
            held.addAndGet(-bytes);
            bytes = 0;
        }
    }
}

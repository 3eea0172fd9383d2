package io.mysqlproxy.core.query;

import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Packet;

/** Times the commands of one session, one after the other. Event loop of the session only. */
public interface StatementTimer {
    /** Times nothing, at no cost. */
    StatementTimer NONE = new StatementTimer() {
        @Override
        public void began(Packet command, Capabilities client) {}

        @Override
        public void ended() {}
    };

    /**
     * The client has sent the first packet of a command, which stays the caller's.
     *
     * @param client what was negotiated with it
     */
    void began(Packet command, Capabilities client);

    /** The client has its answer. May be called without a beginning. */
    void ended();
}

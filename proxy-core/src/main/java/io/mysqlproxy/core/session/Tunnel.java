package io.mysqlproxy.core.session;

import io.netty.buffer.ByteBuf;

/** A command whose answer never ends (COM_BINLOG_DUMP and its kin): bytes pass in both directions until someone closes. */
final class Tunnel implements Phase {
    @Override
    public boolean hearsClient() {
        return true;
    }

    @Override
    public boolean hearsServer() {
        return true;
    }

    @Override
    public Phase clientBytes(Session s) {
        ByteBuf bytes = s.client().in().drain();
        if (bytes != null) {
            s.server().leg().relay(bytes);
        }
        return this;
    }

    @Override
    public Phase serverBytes(Session s) {
        ByteBuf bytes = s.server().leg().in().drain();
        if (bytes != null) {
            s.client().relay(bytes);
        }
        return this;
    }
}

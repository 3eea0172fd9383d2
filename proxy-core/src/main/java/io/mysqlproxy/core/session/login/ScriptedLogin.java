package io.mysqlproxy.core.session.login;

import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.packet.HandshakeResponse;
import io.mysqlproxy.wire.packet.SslRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** A login that a script has queued in place of the client's (lua-api.md 2.3, python-api.md 2.6). */
final class ScriptedLogin {
    private static final int FLAGS = 4;

    private ScriptedLogin() {}

    /** What the script has queued first, as it is. */
    static ByteBuf queued(Session s) {
        Bytes packet = s.queue().poll().query();
        return Unpooled.copiedBuffer(packet.array(), packet.offset(), packet.length());
    }

    /**
     * The same for a server that has just greeted. The flags in it are what the server will go by, so the leg does, too. Only the
     * one for TLS is the leg's: a script need not know of it, and a server wants it in a login inside TLS.
     */
    static ByteBuf agreed(Session s) {
        Leg server = s.server().leg();
        ByteBuf login = queued(s);
        if (login.readableBytes() < FLAGS || !HandshakeResponse.isProtocol41(login)) {
            return login;
        }
        long tls = server.capabilities().has(Capabilities.SSL) ? Capabilities.SSL : 0;
        SslRequest head = SslRequest.before(login);
        Capabilities said = head == null ? new Capabilities(login.getUnsignedIntLE(0)) : head.capabilities();
        login.setIntLE(0, (int) said.with(tls).bits());
        server.capabilities(said.and(server.greeting().capabilities())
                .without(Capabilities.SSL)
                .with(tls));
        return login;
    }
}

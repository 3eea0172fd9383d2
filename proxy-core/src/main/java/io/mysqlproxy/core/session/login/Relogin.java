package io.mysqlproxy.core.session.login;

import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.login.Negotiation;
import io.mysqlproxy.core.session.Phase;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.script.Hook;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.packet.Greeting;
import io.mysqlproxy.wire.packet.HandshakeResponse;
import io.netty.buffer.ByteBuf;

/**
 * The client was greeted for an idle connection, but turned out to speak with other flags than the connection was made with:
 * it gets a new connection to the same backend. Its answer is to the wrong challenge, so the server is made to send an
 * authentication switch with its own, which every client understands (W-46).
 */
final class Relogin implements Phase {
    private static final int ERR = 0xFF;

    private final HandshakeResponse response;

    Relogin(HandshakeResponse response) {
        this.response = response;
    }

    @Override
    public boolean isLogin() {
        return true;
    }

    @Override
    public Phase entered(Session s) {
        int index = s.plugin().backends().indexOf(s.server().backend());
        s.slot().release();
        s.slot().connect(index);
        return this;
    }

    /** The idle connection goes back as it came. */
    @Override
    public boolean serverIdle() {
        return true;
    }

    @Override
    public boolean hearsServer() {
        return true;
    }

    @Override
    public Phase serverOpened(Session s) {
        return this;
    }

    @Override
    public Phase serverRefused(Session s, Throwable cause) {
        s.slot().connectingTo().unreachable();
        Answer.error("(proxy) all backends are down").send(s.client());
        return s.closed(CloseReason.NO_BACKEND);
    }

    @Override
    public Phase fromServer(Session s, Packet p) {
        if (p.first() == ERR) {
            s.client().forward(p);
            return s.closed(CloseReason.REFUSED_BY_SERVER);
        }
        Leg server = s.server().leg();
        try {
            server.greeting(Greeting.read(p.payload()));
        } finally {
            p.release();
        }
        server.capabilities(Negotiation.negotiated(
                s.plugin().protocol(), s.client(), server, s.hooks().wants(Hook.READ_QUERY)));
        return ServerLogin.begin(s, response, login(s), false);
    }

    private ByteBuf login(Session s) {
        Leg server = s.server().leg();
        ByteBuf out = s.client().peer().allocator().buffer();
        new HandshakeResponse(
                        server.capabilities(),
                        response.maxPacketSize(),
                        response.charset(),
                        response.username(),
                        ByteString.EMPTY,
                        response.database(),
                        Negotiation.NO_PLUGIN,
                        response.attributes(),
                        0)
                .write(out, server.capabilities());
        return out;
    }
}

package io.mysqlproxy.core.backend;

import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.leg.Peer;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Command;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.packet.AuthMoreData;
import io.mysqlproxy.wire.packet.AuthSwitch;
import io.mysqlproxy.wire.packet.Greeting;
import io.mysqlproxy.wire.packet.HandshakeResponse;
import io.mysqlproxy.wire.value.ConnectAttributes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes leave of a server whose client went, or said nothing, before it logged in.
 *
 * <p>A server that is left in the middle of a handshake counts that, and blocks the host after a hundred (error 1129,
 * max_connect_errors): the checks of a load balancer would lock everybody out. A login that it can refuse is no such error, so it
 * gets one (W-08).
 */
public final class Farewell implements ServerOwner {
    private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);
    private static final long PATIENCE_SECONDS = 5;
    private static final int OK = 0x00;
    private static final int ERR = 0xFF;
    private static final int MAX_PACKET = 1 << 24;

    /** What the log of a server shows: an account that nobody has. */
    private static final ByteString NOBODY = ByteString.of("proxy-client-left");

    private final ServerLink link;
    private boolean closed;

    private Farewell(ServerLink link) {
        this.link = link;
    }

    /** Takes a connection over on which nobody has logged in yet, and closes it as soon as the server has taken note. */
    public static void say(ServerLink link) {
        Farewell farewell = new Farewell(link);
        link.count(false);
        link.owner(farewell);
        Leg leg = link.leg();
        Executor patience = CompletableFuture.delayedExecutor(
                PATIENCE_SECONDS, TimeUnit.SECONDS, leg.peer().executor());
        patience.execute(farewell::close);
        if (leg.greeting() != null) {
            farewell.login();
        }
        farewell.hear(); // a greeting that came when the client was gone already waits there
        leg.peer().reading(true);
    }

    private void login() {
        Leg leg = link.leg();
        Capabilities flags = new Capabilities(
                        Capabilities.PROTOCOL_41 | Capabilities.SECURE_CONNECTION | Capabilities.PLUGIN_AUTH)
                .and(leg.greeting().capabilities());
        HandshakeResponse response = new HandshakeResponse(
                flags,
                MAX_PACKET,
                leg.greeting().charset(),
                NOBODY,
                ByteString.EMPTY,
                ByteString.EMPTY,
                leg.greeting().authPlugin(),
                ConnectAttributes.NONE,
                0);
        ByteBuf out = leg.peer().allocator().buffer();
        response.write(out, flags);
        leg.sequence(1);
        leg.send(out);
    }

    @Override
    public void fromServer(Peer peer, ByteBuf bytes) {
        if (closed) {
            bytes.release();
            return;
        }
        link.leg().in().feed(bytes);
        hear();
    }

    private void hear() {
        try {
            for (Packet p = link.leg().next();
                    p != null && !closed;
                    p = closed ? null : link.leg().next()) {
                heard(p);
            }
            link.leg().flush();
        } catch (ProtocolException e) {
            LOG.debug("{} while taking leave: {}", link.backend(), e.getMessage());
            close();
        }
    }

    private void heard(Packet p) {
        try {
            if (link.leg().greeting() == null && p.first() != ERR) {
                link.leg().greeting(Greeting.read(p.payload()));
                login();
                return;
            }
            switch (p.first()) {
                case AuthSwitch.HEADER -> link.leg().send(Unpooled.EMPTY_BUFFER);
                case AuthMoreData.HEADER -> link.leg().send(Unpooled.wrappedBuffer(new byte[1]));
                case OK -> quit();
                default -> close();
            }
        } finally {
            p.release();
        }
    }

    /** Everybody is welcome there. */
    private void quit() {
        link.leg().sequence(0);
        link.leg().send(Unpooled.wrappedBuffer(new byte[] {(byte) Command.COM_QUIT.code()}));
        link.leg().flush();
        close();
    }

    @Override
    public void received(Peer peer) {}

    @Override
    public void writabilityChanged(Peer peer) {}

    @Override
    public void serverClosed(Peer peer) {
        close();
    }

    @Override
    public void fail(Throwable cause) {
        LOG.debug("{} while taking leave: {}", link.backend(), cause.toString());
        close();
    }

    @Override
    public Executor executor() {
        return link.leg().peer().executor();
    }

    private void close() {
        if (!closed) {
            closed = true;
            link.close();
        }
    }
}

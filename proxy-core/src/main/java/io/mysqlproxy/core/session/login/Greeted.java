package io.mysqlproxy.core.session.login;

import io.mysqlproxy.core.config.Policy;
import io.mysqlproxy.core.config.ProtocolConfig;
import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.session.Phase;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.packet.Greeting;
import io.netty.buffer.ByteBuf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connected to a server, which speaks first: its greeting, or a refusal (W-01, lua-api.md 2.2). */
final class Greeted implements Phase {
    private static final Logger LOG = LoggerFactory.getLogger(Greeted.class);
    private static final int ERR = 0xFF;

    @Override
    public boolean isLogin() {
        return true;
    }

    @Override
    public boolean hearsServer() {
        return true;
    }

    @Override
    public Phase fromServer(Session s, Packet p) {
        if (p.first() == ERR) {
            s.client().sequence(0);
            s.client().forward(p);
            return s.closed(CloseReason.REFUSED_BY_SERVER);
        }
        Greeting greeting;
        try {
            greeting = Greeting.read(p.payload());
        } finally {
            p.release();
        }
        s.server().leg().greeting(greeting);
        if (s.hooks().readHandshake() instanceof Decision.Reply reply) {
            reply.answer().send(s.client());
            return s.closed(CloseReason.REFUSED_BY_SCRIPT);
        }
        if (s.server() == null) {
            return s.closed(CloseReason.CLOSED_BY_SCRIPT);
        }
        return pass(s, greeting, s.plugin().roster().enter(s, greeting.threadId()));
    }

    @Override
    public Phase serverClosed(Session s) {
        LOG.warn("{} closed the connection before its greeting", s.server().backend());
        return s.closed(CloseReason.SERVER_LOST);
    }

    /** Flags that are the proxy's own choice. */
    private static long ofThisLeg(ProtocolConfig protocol, Capabilities server) {
        long attributes = protocol.policy().queryAttributes() ? Capabilities.QUERY_ATTRIBUTES : 0;
        return server.bits() & attributes
                | (protocol.wrapping().compressClients()
                        ? protocol.wrapping().compression().flags()
                        : 0)
                | (protocol.clientTls().enabled() ? Capabilities.SSL : 0);
    }

    /** Who gets an idle connection without a login cannot have it another way than it was made. */
    private static Capabilities usable(Session s, Capabilities server) {
        boolean fixed = s.server().authenticated() && s.plugin().trustsPool();
        return fixed && !s.server().leg().capabilities().has(Capabilities.MARIADB_STMT_BULK)
                ? server.without(Capabilities.MARIADB_STMT_BULK)
                : server;
    }

    /** Flags of the server's that the client can have, too. */
    private static Capabilities relayed(Policy policy, Capabilities server) {
        Capabilities relayed = server.and(Capabilities.RELAYED)
                // clients write the schema whether it is offered or not (W-04)
                .with(Capabilities.CONNECT_WITH_DB);
        // MariaDB clears this bit to announce flags of its own
        relayed = policy.mariadbBulk() && server.has(Capabilities.MARIADB_STMT_BULK)
                ? relayed.with(Capabilities.MARIADB_STMT_BULK)
                : relayed.with(Capabilities.LONG_PASSWORD);
        return policy.localInfile() ? relayed : relayed.without(Capabilities.LOCAL_FILES);
    }

    /**
     * The client sees the server's greeting, with the flags that both legs can have.
     *
     * @param id by which the client will know itself
     */
    static Phase pass(Session s, Greeting greeting, long id) {
        Leg client = s.client();
        Capabilities relayed = relayed(s.plugin().protocol().policy(), usable(s, greeting.capabilities()));
        Capabilities offered = relayed.with(ofThisLeg(s.plugin().protocol(), greeting.capabilities()));
        Greeting shown = new Greeting(
                greeting.serverVersion(),
                id,
                greeting.scramble(),
                offered,
                greeting.charset(),
                greeting.status(),
                greeting.authPlugin());
        ByteBuf out = client.peer().allocator().buffer();
        shown.write(out);
        client.sequence(0);
        client.send(out);
        client.greeting(shown);
        return new Authorizing(offered, false);
    }
}

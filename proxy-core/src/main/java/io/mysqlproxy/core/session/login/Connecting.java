package io.mysqlproxy.core.session.login;

import io.mysqlproxy.core.backend.NoSocketException;
import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.session.Phase;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.ErrorCode;
import io.mysqlproxy.wire.packet.Greeting;
import io.netty.buffer.Unpooled;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for a backend, attempt by attempt, or lets the script play the server (lua-api.md 2.1, 6.2). */
public final class Connecting implements Phase {
    private static final Logger LOG = LoggerFactory.getLogger(Connecting.class);
    private static final int GREETING = 0x0A;

    @Override
    public Phase entered(Session s) {
        return attempt(s);
    }

    @Override
    public Phase serverOpened(Session s) {
        return new Greeted();
    }

    @Override
    public Phase serverRefused(Session s, Throwable cause) {
        if (cause instanceof NoSocketException) {
            LOG.warn("connect({}) failed: {}", s.slot().connectingTo(), cause.getMessage());
            new Answer.Error(ErrorCode.CON_COUNT_ERROR, Answer.DEFAULT_STATE, Bytes.latin1("Too many connections"))
                    .send(s.client());
            return s.closed(CloseReason.NO_BACKEND);
        }
        s.slot().connectingTo().unreachable();
        LOG.info(
                "connect({}) failed: {}. Retrying with different backend.",
                s.slot().connectingTo(),
                cause.getMessage());
        return attempt(s);
    }

    private Phase attempt(Session s) {
        s.slot().index(-1);
        s.queue().reset();
        s.plugin().backends().sweep();
        Decision decision = s.hooks().connectServer();
        if (decision instanceof Decision.Reply reply) {
            s.slot().release();
            return answered(s, reply.answer());
        }
        if (s.server() != null && decision == Decision.DROP) {
            return pooled(s);
        }
        int wished = s.backendIndex();
        s.slot().release(); // an idle connection the script took, but does not use
        s.slot().index(wished);
        int index = s.plugin().backends().choose(s.backendIndex());
        if (index < 0) {
            LOG.error("Cannot connect, all backends are down.");
            Answer.error("(proxy) all backends are down").send(s.client());
            return s.closed(CloseReason.NO_BACKEND);
        }
        s.slot().connect(index);
        return this;
    }

    /** The client is greeted as the connection's first client was; it will have to log in anew (lua-api.md 6.5). */
    private static Phase pooled(Session s) {
        Greeting greeting = s.server().leg().greeting();
        s.plugin().roster().share(s, greeting.threadId());
        return Greeted.pass(s, greeting, greeting.threadId());
    }

    @Override
    public boolean serverIdle() {
        return true; // what is attached here comes from a pool
    }

    /** Only a greeting lets the client go on; anything else is the last it hears (D-02). */
    private static Phase answered(Session s, Answer answer) {
        Bytes first = answer.firstPacket();
        answer.send(s.client());
        if (first == null || first.length() == 0 || first.array()[first.offset()] != GREETING) {
            return s.closed(CloseReason.REFUSED_BY_SCRIPT);
        }
        Leg client = s.client();
        client.greeting(Greeting.read(Unpooled.wrappedBuffer(first.array(), first.offset(), first.length())));
        return new Authorizing(client.greeting().capabilities().and(Capabilities.RELAYED), true);
    }
}

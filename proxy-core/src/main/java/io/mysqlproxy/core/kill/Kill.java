package io.mysqlproxy.core.kill;

import io.mysqlproxy.core.backend.Backend;
import io.mysqlproxy.core.backend.ServerLink;
import io.mysqlproxy.core.query.KillStatement;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.Capabilities;
import io.netty.buffer.ByteBuf;

/**
 * What is to end.
 *
 * @param backend the server that runs it
 * @param user who is logged in there
 * @param id of the connection, as that server calls it
 * @param query whether only the statement is to end, not the connection
 */
public record Kill(Backend backend, Bytes user, long id, boolean query) {
    /** What runs on a connection that somebody is logged in on. */
    public static Kill of(ServerLink link, boolean query) {
        return new Kill(
                link.backend(), link.leg().login().user(), link.leg().greeting().threadId(), query);
    }

    /** As a command in the layout of a server's side. */
    ByteBuf command(Capabilities server) {
        return KillStatement.statement(text(), server);
    }

    private String text() {
        return (query ? "KILL QUERY " : "KILL ") + id;
    }

    /** For logs. */
    @Override
    public String toString() {
        return text() + " at " + backend;
    }
}

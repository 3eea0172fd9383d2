package io.mysqlproxy.core.session.command;

import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.session.Phase;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Command;
import io.mysqlproxy.wire.response.ResponseReader;
import io.netty.buffer.Unpooled;

/**
 * LOCAL INFILE: the client sends a file, up to an empty packet. The server's last word, OK or ERR, is read after that, even if
 * it has spoken before (W-48; lua-api.md 4.8).
 */
final class Uploading implements Phase {
    private final Turn turn;

    /** Whether a script asked for the file: the server, if there is one, must not see it. */
    private final boolean played;

    private Uploading(Turn turn, boolean played) {
        this.turn = turn;
        this.played = played;
    }

    /** Whether a server may ask this client for files, by its own word and the proxy's. */
    static boolean allowed(Session s) {
        return s.plugin().protocol().policy().localInfile()
                && s.client().capabilities().has(Capabilities.LOCAL_FILES);
    }

    /** The server has asked for the file. */
    static Phase asked(Turn turn) {
        return new Uploading(turn, false);
    }

    /** A script has asked for it, playing the server: the file goes nowhere, and all is well. */
    static Phase played(Turn turn) {
        return new Uploading(turn, true);
    }

    /** Tells the server that there is no file: nobody asks the client for it. What the server says to that is dropped. */
    static Phase refused(Turn turn, Session s) {
        s.server().leg().send(Unpooled.EMPTY_BUFFER);
        return new Swallowing(turn, rest(s));
    }

    @Override
    public boolean busy() {
        return true;
    }

    @Override
    public boolean serverIdle() {
        return played;
    }

    @Override
    public boolean hearsClient() {
        return true;
    }

    @Override
    public Phase clientBytes(Session s) {
        if (played || s.server() == null) {
            return Upstream.FILE.drop(s.client()) ? swallowed(s) : this;
        }
        return Upstream.FILE.pass(s) ? loaded(s) : this;
    }

    private Phase loaded(Session s) {
        Relaying last = new Relaying(turn, rest(s), false);
        if (s.patience().overdue()) {
            last.overdue();
        }
        return last;
    }

    /** What follows an upload is what could have come in place of the request. */
    private static ResponseReader rest(Session s) {
        return Command.COM_QUERY.reader(s.server().leg().capabilities());
    }

    private Phase swallowed(Session s) {
        new Answer.Okay(0, 0, 0).send(s.client());
        return turn.next(s);
    }
}

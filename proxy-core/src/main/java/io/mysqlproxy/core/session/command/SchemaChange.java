package io.mysqlproxy.core.session.command;

import io.mysqlproxy.core.leg.Login;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Command;
import io.mysqlproxy.wire.packet.ChangeUser;
import io.mysqlproxy.wire.response.ResponseSummary;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a command does to the current schema, once the server has acknowledged it (J-42): COM_INIT_DB, {@code USE x} as text,
 * COM_CHANGE_USER, and whatever the session tracker says.
 */
final class SchemaChange {
    private static final SchemaChange NONE = new SchemaChange(null, null);

    /** Longest {@code USE} text that is looked at: a name has 64 characters. */
    private static final int LONGEST_USE = 512;

    /** A name with or without quotes; statements may follow it. */
    private static final Pattern USE =
            Pattern.compile("(?is)\\s*use(?:\\s*`((?:[^`]|``)+)`|\\s+([^\\s;`]+))\\s*(?:;.*)?");

    private final Bytes name;
    private final ByteBuf changeUser;

    private SchemaChange(Bytes name, ByteBuf changeUser) {
        this.name = name;
        this.changeUser = changeUser;
    }

    /** @param payload of the command's first packet; stays the caller's */
    static SchemaChange of(Command command, ByteBuf payload) {
        return switch (command) {
            case COM_INIT_DB -> new SchemaChange(rest(payload, 1), null);
            case COM_QUERY -> use(payload);
            case COM_CHANGE_USER -> new SchemaChange(null, Unpooled.copiedBuffer(payload));
            default -> NONE;
        };
    }

    /** The command was answered. */
    void completed(Session s, ResponseSummary summary) {
        if (summary.schema().isPresent()) {
            apply(s, Bytes.of(summary.schema().get().bytes()));
        } else if (summary.kind() == ResponseSummary.Kind.OK) {
            acknowledged(s);
        }
    }

    /** The command was answered with an OK. */
    void acknowledged(Session s) {
        if (name != null) {
            apply(s, name);
        }
    }

    /** Whom COM_CHANGE_USER asks to become; null if it is another command. */
    Bytes user(Session s) {
        return changeUser == null
                ? null
                : bytes(ChangeUser.read(changeUser.duplicate(), s.client().capabilities())
                        .username());
    }

    /** COM_CHANGE_USER was accepted: another account, and its schema. */
    void userChanged(Session s) {
        if (changeUser == null) {
            return;
        }
        ChangeUser asked = ChangeUser.read(changeUser.duplicate(), s.client().capabilities());
        Login login = new Login(
                bytes(asked.username()),
                bytes(asked.authResponse()),
                Bytes.utf8(asked.authPlugin()),
                asked.charset(),
                asked.attributes(),
                0);
        s.client().login(login);
        s.server().leg().login(login);
        apply(s, bytes(asked.database()));
    }

    /** COM_CHANGE_USER is over, or nobody waits for it any more: what it says may hold a password. */
    void forget() {
        if (changeUser != null) {
            changeUser.setZero(0, changeUser.capacity());
        }
    }

    private static void apply(Session s, Bytes schema) {
        s.client().defaultDb(schema);
        if (s.server() != null) {
            s.server().leg().defaultDb(schema);
        }
    }

    private static SchemaChange use(ByteBuf payload) {
        int length = payload.readableBytes();
        int at = payload.readerIndex() + 1;
        int first = length < 6 ? 0 : payload.getByte(at) | 0x20;
        // Nearly every statement leaves here: only blanks and the letter itself are looked at any further.
        if (length > LONGEST_USE || first != 'u' && first != 0x20 && first != ('\n' | 0x20) && first != ('\t' | 0x20)) {
            return NONE;
        }
        Matcher use = USE.matcher(rest(payload, 1).toLatin1());
        if (!use.matches()) {
            return NONE;
        }
        String quoted = use.group(1);
        return new SchemaChange(Bytes.latin1(quoted == null ? use.group(2) : quoted.replace("``", "`")), null);
    }

    private static Bytes rest(ByteBuf payload, int skip) {
        byte[] copy = new byte[payload.readableBytes() - skip];
        payload.getBytes(payload.readerIndex() + skip, copy);
        return Bytes.of(copy);
    }

    private static Bytes bytes(ByteString value) {
        return value == null ? Bytes.EMPTY : Bytes.of(value.bytes());
    }
}

package io.mysqlproxy.core.query;

import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Command;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.packet.QueryAttributes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client's wish to end another connection, or what runs on it: {@code KILL [HARD|SOFT] [CONNECTION|QUERY] n} as text, or
 * COM_PROCESS_KILL.
 *
 * <p>What names no connection id (a user, a query id, an expression) is none: the server that gets it knows what is meant.
 *
 * @param words what stands between KILL and the id, upper case, with a blank behind it; empty if nothing does
 * @param id of the connection, as the client knows it
 * @param command whether it was the command, not a statement
 */
public record KillStatement(String words, long id, boolean command) {
    /** Longer texts are not looked at. */
    private static final int LONGEST = 512;

    private static final int COMMAND_LENGTH = 5;

    /** What stands for no query attributes. */
    private static final int NO_ATTRIBUTES = QueryAttributes.NONE.block().length();

    /** White space and comments; those that are executed are neither. */
    private static final String GAP =
            "(?:\\s|/\\*(?!!)[^*]*\\*+(?:[^/*][^*]*\\*+)*/|--(?=\\s)[^\\n]*(?:\\n|$)|#[^\\n]*(?:\\n|$))";

    private static final Pattern KILL = Pattern.compile("(?i)" + GAP + "*+kill(?:" + GAP + "++(hard|soft))?(?:" + GAP
            + "++(connection|query))?" + GAP + "++([0-9]{1,19})" + GAP + "*+;?" + GAP + "*+");

    /**
     * Reads a command.
     *
     * @param asked all of it; stays the caller's
     * @param client the flags that say how it looks
     * @return null if it is something else, as nearly all commands are: few bytes are looked at then
     */
    public static KillStatement of(Packet asked, Capabilities client) {
        int length = asked.length();
        int first = asked.first();
        if (first == Command.COM_PROCESS_KILL.code() && length == COMMAND_LENGTH) {
            return new KillStatement(
                    "", asked.payload().getUnsignedIntLE(asked.payload().readerIndex() + 1), true);
        }
        boolean attributes = client.has(Capabilities.QUERY_ATTRIBUTES);
        if (first != Command.COM_QUERY.code() || length > LONGEST || !mayBegin(asked, attributes)) {
            return null;
        }
        ByteBuf sql = asked.payload().skipBytes(1);
        return attributes && !skipAttributes(sql) ? null : read(sql);
    }

    /** Whether the first letter is that of KILL, a blank or a comment. No slice is made to see that. */
    private static boolean mayBegin(Packet asked, boolean attributes) {
        ByteBuf frame = asked.frame();
        int at = frame.readerIndex() + Packet.HEADER + 1;
        if (attributes && asked.length() > 1 + NO_ATTRIBUTES) {
            if (frame.getByte(at) != 0) {
                return true; // to be seen behind them
            }
            at += NO_ATTRIBUTES;
        }
        int letter = at < frame.writerIndex() ? frame.getByte(at) : 0;
        return (letter | 0x20) == 'k'
                || letter == '/'
                || letter == '-'
                || letter == '#'
                || letter >= 0 && letter <= ' ';
    }

    private static boolean skipAttributes(ByteBuf sql) {
        try {
            QueryAttributes.read(sql);
            return true;
        } catch (ProtocolException e) {
            return false; // the server will say what is wrong with it
        }
    }

    private static KillStatement read(ByteBuf sql) {
        Matcher kill = KILL.matcher(sql.toString(StandardCharsets.ISO_8859_1));
        if (!kill.matches()) {
            return null;
        }
        try {
            return new KillStatement(word(kill.group(1)) + word(kill.group(2)), Long.parseLong(kill.group(3)), false);
        } catch (NumberFormatException e) {
            return null; // no connection has such an id
        }
    }

    private static String word(String found) {
        return found == null ? "" : found.toUpperCase(Locale.ROOT) + " ";
    }

    /** Whether only what runs on the connection is to end. */
    public boolean isQuery() {
        return words.endsWith("QUERY ");
    }

    /** The same for another id, as text. */
    public String text(long other) {
        return "KILL " + words + other;
    }

    /** The same for another id, as a command. */
    public ByteBuf payload(long other, Capabilities server) {
        if (command) {
            return Unpooled.buffer(COMMAND_LENGTH)
                    .writeByte(Command.COM_PROCESS_KILL.code())
                    .writeIntLE((int) other);
        }
        return statement(text(other), server);
    }

    /** A statement as a command in the layout of a server's side. */
    public static ByteBuf statement(String sql, Capabilities server) {
        ByteString block = server.has(Capabilities.QUERY_ATTRIBUTES) ? QueryAttributes.NONE.block() : ByteString.EMPTY;
        return Unpooled.buffer()
                .writeByte(Command.COM_QUERY.code())
                .writeBytes(block.bytes())
                .writeBytes(sql.getBytes(StandardCharsets.US_ASCII));
    }
}

package io.mysqlproxy.core.query;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Command;
import io.mysqlproxy.wire.packet.QueryAttributes;
import io.mysqlproxy.wire.packet.QueryAttributes.Entry;
import io.mysqlproxy.wire.packet.StatementExecute;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/**
 * A client's command, and what of it a script is shown: never the block of query attributes, which would stand between the
 * command's byte and the statement (protocol.md 5). This is the one place that takes it out and puts it back.
 *
 * @param original the payload as the client sent it
 * @param view the payload as it would be without query attributes; the original if it has no place for them
 * @param attributes what they say
 */
public record ClientCommand(Bytes original, Bytes view, List<Entry> attributes) {
    /** Whether a command looks different where query attributes were negotiated. */
    public static boolean hasPlace(int command) {
        return command == Command.COM_QUERY.code() || command == Command.COM_STMT_EXECUTE.code();
    }

    /**
     * Takes a command apart.
     *
     * @param client what was negotiated with the client
     * @param statements of the server that the command is for
     */
    public static ClientCommand of(Bytes payload, Capabilities client, Statements statements) {
        int first = payload.length() == 0 ? -1 : payload.array()[payload.offset()];
        if (!client.has(Capabilities.QUERY_ATTRIBUTES) || !hasPlace(first)) {
            return new ClientCommand(payload, payload, List.of());
        }
        ByteBuf in = buffer(payload);
        if (first == Command.COM_QUERY.code()) {
            List<Entry> entries = QueryAttributes.read(in.skipBytes(1)).entries();
            byte[] view = new byte[1 + in.readableBytes()];
            view[0] = (byte) first;
            in.readBytes(view, 1, view.length - 1);
            return new ClientCommand(payload, Bytes.of(view), entries);
        }
        return execute(payload, in, statements);
    }

    private static ClientCommand execute(Bytes payload, ByteBuf in, Statements statements) {
        StatementExecute taken = StatementExecute.matches(in)
                ? StatementExecute.read(in, statements.parameters(StatementExecute.statementId(in)))
                : null;
        return taken == null
                ? new ClientCommand(payload, payload, List.of())
                : new ClientCommand(payload, Bytes.of(taken.plain().bytes()), taken.attributes());
    }

    /** What is sent along with a command unless the script says otherwise: the client's own, if it is the client's command. */
    public List<Entry> attributesOf(Bytes query) {
        return query.equals(view) ? attributes : List.of();
    }

    /**
     * A command in the layout of the server's side. One that is what the script was shown, attributes included, goes as the
     * client sent it.
     *
     * @param query without query attributes
     * @param along its attributes
     * @param client what was negotiated with the client
     * @param server what was negotiated with the server
     */
    public ByteBuf dressed(
            Bytes query, List<Entry> along, Capabilities client, Capabilities server, Statements statements) {
        int first = query.length() == 0 ? -1 : query.array()[query.offset()];
        if (!server.has(Capabilities.QUERY_ATTRIBUTES) || !hasPlace(first)) {
            return buffer(query);
        }
        boolean same = query.equals(view) && along.equals(attributes);
        if (same && client.has(Capabilities.QUERY_ATTRIBUTES)) {
            return buffer(original);
        }
        if (first == Command.COM_QUERY.code()) {
            ByteString block = QueryAttributes.of(along).block();
            ByteBuf head = Unpooled.buffer(1 + block.length()).writeByte(first).writeBytes(block.bytes());
            return Unpooled.wrappedBuffer(head, buffer(query).skipBytes(1));
        }
        ByteBuf in = buffer(query);
        if (!StatementExecute.matches(in)) {
            return in;
        }
        ByteBuf out = Unpooled.buffer(query.length() + 16);
        StatementExecute.writeCounted(out, in, statements.parameters(StatementExecute.statementId(in)), along);
        return out;
    }

    private static ByteBuf buffer(Bytes bytes) {
        return Unpooled.wrappedBuffer(bytes.array(), bytes.offset(), bytes.length());
    }
}

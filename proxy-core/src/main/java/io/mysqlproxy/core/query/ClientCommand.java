package io.mysqlproxy.core.query;

import io.mysqlproxy.core.query.Statements.Statement;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's command, and what of it a script is shown: never the block of query attributes, which would stand between the
 * command's byte and the statement (protocol.md 5). This is the one place that takes it out and puts it back.
 *
 * @param original the payload as the client sent it
 * @param view the payload as it would be without query attributes; the original if it has no place for them
 * @param attributes what they say
 */
public record ClientCommand(Bytes original, Bytes view, List<Entry> attributes) {
    private static final Logger LOG = LoggerFactory.getLogger(ClientCommand.class);

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
        ByteBuf in = buffer(payload);
        if (StatementExecute.matches(in)) {
            return execute(payload, in, client.has(Capabilities.QUERY_ATTRIBUTES), statements);
        }
        if (!client.has(Capabilities.QUERY_ATTRIBUTES) || first != Command.COM_QUERY.code()) {
            return new ClientCommand(payload, payload, List.of());
        }
        List<Entry> entries = QueryAttributes.read(in.skipBytes(1)).entries();
        byte[] view = new byte[1 + in.readableBytes()];
        view[0] = (byte) first;
        in.readBytes(view, 1, view.length - 1);
        return new ClientCommand(payload, Bytes.of(view), entries);
    }

    private static ClientCommand execute(Bytes payload, ByteBuf in, boolean counted, Statements statements) {
        Statement statement = statements.executed(in);
        if (!counted) {
            statements.executing(statement, in);
            return new ClientCommand(payload, payload, List.of());
        }
        StatementExecute taken = StatementExecute.read(in, statement.parameters(), statement::streamed);
        if (taken == null) {
            return new ClientCommand(payload, payload, List.of());
        }
        Bytes view = Bytes.of(taken.plain().bytes());
        statements.executing(statement, buffer(view));
        return new ClientCommand(payload, view, taken.attributes());
    }

    /**
     * What an injection takes along: what its script gave, or else the client's if it is what the script was shown. Nothing
     * where the server has no place for it, which is said in the log once for each server connection.
     */
    public List<Entry> carried(Injection injection, Capabilities server, Statements statements) {
        List<Entry> given = injection.attributes();
        if (given == null) {
            return server.has(Capabilities.QUERY_ATTRIBUTES)
                            && injection.query().equals(view)
                    ? attributes
                    : List.of();
        }
        String obstacle = given.isEmpty() ? null : obstacle(injection.query(), server, statements);
        if (obstacle != null && statements.firstLoss()) {
            LOG.warn("query attributes of injection {} are not sent: {}", injection.id(), obstacle);
        }
        return obstacle == null ? given : List.of();
    }

    private static String obstacle(Bytes query, Capabilities server, Statements statements) {
        ByteBuf in = buffer(query);
        if (!in.isReadable() || !hasPlace(in.getUnsignedByte(0))) {
            return "its command has none";
        } else if (!server.has(Capabilities.QUERY_ATTRIBUTES)) {
            return "they were not negotiated with the server";
        }
        Statement statement = statements.executed(in);
        boolean untyped = StatementExecute.matches(in)
                && statement.types() == null
                && StatementExecute.types(in, statement.parameters()) == null;
        return untyped ? "the types of the statement's parameters are not known" : null;
    }

    /**
     * A command in the layout of the server's side.
     *
     * @param query without query attributes
     * @param carried those it takes along
     * @param client what was negotiated with the client
     * @param server what was negotiated with the server
     */
    public ByteBuf dressed(
            Bytes query, List<Entry> carried, Capabilities client, Capabilities server, Statements statements) {
        int first = query.length() == 0 ? -1 : query.array()[query.offset()];
        if (!server.has(Capabilities.QUERY_ATTRIBUTES) || !hasPlace(first)) {
            return buffer(query);
        }
        if (client.has(Capabilities.QUERY_ATTRIBUTES) && carried.equals(attributes) && query.equals(view)) {
            return buffer(original);
        }
        if (first == Command.COM_QUERY.code()) {
            ByteString block = QueryAttributes.of(carried).block();
            ByteBuf head = Unpooled.buffer(1 + block.length()).writeByte(first).writeBytes(block.bytes());
            return Unpooled.wrappedBuffer(head, buffer(query).skipBytes(1));
        }
        ByteBuf in = buffer(query);
        if (!StatementExecute.matches(in)) {
            return in;
        }
        Statement statement = statements.executed(in);
        ByteBuf out = Unpooled.buffer(query.length() + 16);
        StatementExecute.writeCounted(out, in, statement.parameters(), statement.types(), carried);
        return out;
    }

    private static ByteBuf buffer(Bytes bytes) {
        return Unpooled.wrappedBuffer(bytes.array(), bytes.offset(), bytes.length());
    }
}

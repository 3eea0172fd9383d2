package io.mysqlproxy.launcher.differential;

import io.mysqlproxy.wire.Capabilities;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The ways of asking the same. */
enum Asking {
    TEXT {
        @Override
        void ask(WireClient client, ResponseEnd responses, Question question) throws IOException {
            ByteBuf command = Unpooled.buffer().writeByte(COM_QUERY);
            if (client.negotiated().has(Capabilities.QUERY_ATTRIBUTES)) {
                ATTRIBUTES.forEach(each -> command.writeByte(each));
            }
            client.command(WireClient.bytes(command.writeBytes(question.literal())));
            responses.results(false);
        }
    },
    PREPARED {
        @Override
        void ask(WireClient client, ResponseEnd responses, Question question) throws IOException {
            prepared(client, responses, question, NO_CURSOR);
        }
    },
    CURSOR {
        @Override
        void ask(WireClient client, ResponseEnd responses, Question question) throws IOException {
            prepared(client, responses, question, READ_ONLY);
        }
    };

    private static final int COM_QUERY = 3;
    private static final int COM_STMT_PREPARE = 0x16;
    private static final int COM_STMT_EXECUTE = 0x17;
    private static final int COM_STMT_SEND_LONG_DATA = 0x18;
    private static final int COM_STMT_CLOSE = 0x19;
    private static final int COM_STMT_RESET = 0x1A;
    private static final int COM_STMT_FETCH = 0x1C;
    private static final int NO_CURSOR = 0;
    private static final int READ_ONLY = 1;
    private static final int PARAMETER_COUNT_AVAILABLE = 8;
    private static final int ROWS_AT_ONCE = 2;

    /** One attribute: a string named {@code trace} of value {@code 42}. */
    private static final List<Integer> ATTRIBUTES = List.of(
            1, 1, 0, 1, 0xFE, 0, 5, (int) 't', (int) 'r', (int) 'a', (int) 'c', (int) 'e', 2, (int) '4', (int) '2');

    /** Asks once, and reads the answer to its end. */
    abstract void ask(WireClient client, ResponseEnd responses, Question question) throws IOException;

    private static void prepared(WireClient client, ResponseEnd responses, Question question, int cursor)
            throws IOException {
        client.command(WireClient.bytes(Unpooled.buffer()
                .writeByte(COM_STMT_PREPARE)
                .writeBytes(question.sql().getBytes(StandardCharsets.UTF_8))));
        int id = responses.prepared();
        if (id < 0) {
            return;
        }
        int flags = responses.hasRows() ? cursor : NO_CURSOR;
        execute(client, responses, question, id, flags, true);
        if (!question.parameters().isEmpty()) {
            client.command(withId(COM_STMT_RESET, id));
            responses.one();
            execute(client, responses, question, id, flags, false);
        }
        client.command(withId(COM_STMT_CLOSE, id));
    }

    private static void execute(
            WireClient client, ResponseEnd responses, Question question, int id, int flags, boolean types)
            throws IOException {
        sendLongData(client, question, id);
        boolean attributed = client.negotiated().has(Capabilities.QUERY_ATTRIBUTES);
        ByteBuf command = Unpooled.buffer()
                .writeByte(COM_STMT_EXECUTE)
                .writeIntLE(id)
                .writeByte(attributed ? flags | PARAMETER_COUNT_AVAILABLE : flags)
                .writeIntLE(1);
        if (attributed) {
            question.writeAttributed(command);
        } else {
            question.writeParameters(command, types);
        }
        client.command(WireClient.bytes(command));
        responses.results(true);
        boolean more = responses.hasCursor();
        while (more) {
            client.command(WireClient.bytes(
                    Unpooled.buffer().writeByte(COM_STMT_FETCH).writeIntLE(id).writeIntLE(ROWS_AT_ONCE)));
            more = responses.fetched();
        }
    }

    private static void sendLongData(WireClient client, Question question, int id) throws IOException {
        for (int i = 0; i < question.parameters().size(); i++) {
            for (byte[] piece : question.parameters().get(i).pieces()) {
                client.command(WireClient.bytes(Unpooled.buffer()
                        .writeByte(COM_STMT_SEND_LONG_DATA)
                        .writeIntLE(id)
                        .writeShortLE(i)
                        .writeBytes(piece)));
            }
        }
    }

    private static byte[] withId(int command, int id) {
        return WireClient.bytes(Unpooled.buffer().writeByte(command).writeIntLE(id));
    }
}

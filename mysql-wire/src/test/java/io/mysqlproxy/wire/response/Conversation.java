package io.mysqlproxy.wire.response;

import io.mysqlproxy.wire.Buffers;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Command;
import java.util.stream.Stream;

/** One response as it was on the wire, headers included, and what its reader has to say about it. */
record Conversation(String name, Command command, long capabilities, String hex, ResponseSummary.Kind kind, long rows) {
    static final long OLD = Capabilities.PROTOCOL_41;
    static final long NEW = Capabilities.PROTOCOL_41 | Capabilities.DEPRECATE_EOF;
    static final long TRACK = NEW | Capabilities.SESSION_TRACK;

    static final String COLUMN = "17 00 00 02  03 64 65 66 00 00 00 01 31 00 0c 3f 00 01 00 00 00 08 81 00 00 00 00";

    byte[] bytes() {
        return Buffers.bytes(hex);
    }

    ResponseReader reader() {
        return command.reader(new Capabilities(capabilities));
    }

    @Override
    public String toString() {
        return name;
    }

    static Stream<Conversation> all() {
        return Stream.of(simple(), text(), binary(), definitions()).flatMap(each -> each);
    }

    private static Conversation of(
            String name, Command command, long capabilities, String hex, ResponseSummary.Kind kind) {
        return new Conversation(name, command, capabilities, hex, kind, 0);
    }

    private static Stream<Conversation> simple() {
        return Stream.of(
                of("ping", Command.COM_PING, NEW, "07 00 00 01  00 00 00 02 00 00 00", ResponseSummary.Kind.OK),
                of("unknown database", Command.COM_INIT_DB, OLD, """
                        20 00 00 01  ff 19 04 23 34 32 30 30 30  |ff 1049 #42000
                        55 6e 6b 6e 6f 77 6e 20 64 61 74 61 62 61 73 65 20 27 6e 6f 70 65 27""", ResponseSummary.Kind.ERR),
                of(
                        "set option",
                        Command.COM_SET_OPTION,
                        OLD,
                        "05 00 00 01  fe 00 00 02 00",
                        ResponseSummary.Kind.RESULT),
                of(
                        "set option, new",
                        Command.COM_SET_OPTION,
                        TRACK,
                        "08 00 00 01  fe 00 00 02 00 00 00 00",
                        ResponseSummary.Kind.RESULT),
                of(
                        "statistics",
                        Command.COM_STATISTICS,
                        NEW,
                        "0b 00 00 01  55 70 74 69 6d 65 3a 20 31 37 32",
                        ResponseSummary.Kind.OTHER),
                of("progress", Command.COM_QUERY, OLD, """
                        0d 00 00 01  ff ff ff 01 01 02 10 27 00 04 63 6f 70 |MariaDB
                        07 00 00 02  00 00 00 02 00 00 00""", ResponseSummary.Kind.OK),
                of("use test, tracked", Command.COM_QUERY, TRACK, """
                        10 00 00 01  00 00 00 02 40 00 00 00 07 01 05 04 74 65 73 74""", ResponseSummary.Kind.OK),
                of(
                        "load data",
                        Command.COM_QUERY,
                        NEW,
                        "08 00 00 01  fb 2f 74 6d 70 2f 61 62",
                        ResponseSummary.Kind.LOCAL_INFILE));
    }

    private static Stream<Conversation> text() {
        return Stream.of(
                new Conversation(
                        "select, old",
                        Command.COM_QUERY,
                        OLD,
                        "01 00 00 01 01 " + COLUMN + """
                        05 00 00 03  fe 00 00 02 00
                        02 00 00 04  01 31
                        01 00 00 05  fb           |NULL
                        01 00 00 06  00           |empty
                        05 00 00 07  fe 03 00 22 00""",
                        ResponseSummary.Kind.RESULT,
                        3),
                new Conversation(
                        "select, new",
                        Command.COM_QUERY,
                        NEW,
                        "01 00 00 01 01 " + COLUMN + """
                        02 00 00 03  01 31
                        01 00 00 04  fb
                        01 00 00 05  00
                        07 00 00 06  fe 00 00 22 00 03 00""",
                        ResponseSummary.Kind.RESULT,
                        3),
                new Conversation(
                        "no rows, old",
                        Command.COM_QUERY,
                        OLD,
                        "01 00 00 01 01 " + COLUMN + """
                        05 00 00 03  fe 00 00 02 00
                        05 00 00 04  fe 00 00 02 00""",
                        ResponseSummary.Kind.RESULT,
                        0),
                new Conversation(
                        "no rows, new",
                        Command.COM_QUERY,
                        NEW,
                        "01 00 00 01 01 " + COLUMN + """
                        07 00 00 03  fe 00 00 02 00 00 00""",
                        ResponseSummary.Kind.RESULT,
                        0),
                new Conversation(
                        "error among rows",
                        Command.COM_QUERY,
                        NEW,
                        "01 00 00 01 01 " + COLUMN + """
                        02 00 00 03  01 31
                        0d 00 00 04  ff 25 05 23 37 30 31 30 30 6b 69 6c 6c""",
                        ResponseSummary.Kind.ERR,
                        1),
                new Conversation(
                        "two results and an OK, old",
                        Command.COM_QUERY,
                        OLD,
                        "01 00 00 01 01 " + COLUMN + """
                        05 00 00 03  fe 00 00 0a 00
                        02 00 00 04  01 31
                        05 00 00 05  fe 00 00 0a 00
                        01 00 00 06  01
                        17 00 00 07  03 64 65 66 00 00 00 01 32 00 0c 3f 00 01 00 00 00 08 81 00 00 00 00
                        05 00 00 08  fe 00 00 0a 00
                        02 00 00 09  01 32
                        05 00 00 0a  fe 00 00 0a 00
                        07 00 00 0b  00 02 07 02 00 01 00""",
                        ResponseSummary.Kind.OK,
                        2),
                new Conversation(
                        "an OK and a result, new", Command.COM_QUERY, NEW, """
                        07 00 00 01  00 01 00 0a 00 00 00
                        01 00 00 02  01
                        17 00 00 03  03 64 65 66 00 00 00 01 32 00 0c 3f 00 01 00 00 00 08 81 00 00 00 00
                        02 00 00 04  01 32
                        07 00 00 05  fe 00 00 02 00 00 00""", ResponseSummary.Kind.RESULT, 1));
    }

    private static Stream<Conversation> binary() {
        return Stream.of(
                new Conversation(
                        "execute, new",
                        Command.COM_STMT_EXECUTE,
                        NEW,
                        "01 00 00 01 01 " + COLUMN + """
                        0a 00 00 03  00 00 01 00 00 00 00 00 00 00
                        07 00 00 04  fe 00 00 02 00 00 00""",
                        ResponseSummary.Kind.RESULT,
                        1),
                new Conversation(
                        "cursor, old",
                        Command.COM_STMT_EXECUTE,
                        OLD,
                        "01 00 00 01 01 " + COLUMN + """
                        05 00 00 03  fe 00 00 42 00""",
                        ResponseSummary.Kind.RESULT,
                        0),
                new Conversation(
                        "cursor, new",
                        Command.COM_STMT_EXECUTE,
                        NEW,
                        "01 00 00 01 01 " + COLUMN + """
                        07 00 00 03  fe 00 00 42 00 00 00""",
                        ResponseSummary.Kind.RESULT,
                        0),
                new Conversation(
                        "out parameters, old",
                        Command.COM_STMT_EXECUTE,
                        OLD,
                        "01 00 00 01 01 " + COLUMN + """
                        05 00 00 03  fe 00 00 0a 10
                        0a 00 00 04  00 00 01 00 00 00 00 00 00 00
                        05 00 00 05  fe 00 00 02 00   |no MORE_RESULTS here
                        07 00 00 06  00 00 00 02 00 00 00""",
                        ResponseSummary.Kind.OK,
                        1),
                new Conversation(
                        "out parameters, new",
                        Command.COM_STMT_EXECUTE,
                        NEW,
                        "01 00 00 01 01 " + COLUMN + """
                        0a 00 00 03  00 00 01 00 00 00 00 00 00 00
                        07 00 00 04  fe 00 00 0a 10 00 00
                        07 00 00 05  00 00 00 02 00 00 00""",
                        ResponseSummary.Kind.OK,
                        1),
                new Conversation("fetch, old", Command.COM_STMT_FETCH, OLD, """
                        0a 00 00 01  00 00 01 00 00 00 00 00 00 00
                        0a 00 00 02  00 00 02 00 00 00 00 00 00 00
                        05 00 00 03  fe 00 00 82 00""", ResponseSummary.Kind.RESULT, 2),
                new Conversation("fetch, new", Command.COM_STMT_FETCH, NEW, """
                        0a 00 00 01  00 00 01 00 00 00 00 00 00 00
                        07 00 00 02  fe 00 00 42 00 00 00""", ResponseSummary.Kind.RESULT, 1));
    }

    private static Stream<Conversation> definitions() {
        String second = COLUMN.replace("17 00 00 02", "17 00 00 03");
        String afterEof = COLUMN.replace("17 00 00 02", "17 00 00 04");
        return Stream.of(
                of(
                        "prepare nothing",
                        Command.COM_STMT_PREPARE,
                        OLD,
                        "0c 00 00 01  00 01 00 00 00 00 00 00 00 00 00 00",
                        ResponseSummary.Kind.OK),
                of(
                        "prepare a parameter, old",
                        Command.COM_STMT_PREPARE,
                        OLD,
                        "0c 00 00 01  00 01 00 00 00 00 00 01 00 00 00 00" + COLUMN + "05 00 00 03 fe 00 00 02 00",
                        ResponseSummary.Kind.OK),
                of(
                        "prepare a column, old",
                        Command.COM_STMT_PREPARE,
                        OLD,
                        "0c 00 00 01  00 01 00 00 00 01 00 00 00 00 00 00" + COLUMN + "05 00 00 03 fe 00 00 02 00",
                        ResponseSummary.Kind.OK),
                of(
                        "prepare both, old",
                        Command.COM_STMT_PREPARE,
                        OLD,
                        "0c 00 00 01  00 01 00 00 00 01 00 01 00 00 00 00" + COLUMN + "05 00 00 03 fe 00 00 02 00"
                                + afterEof + "05 00 00 05 fe 00 00 02 00",
                        ResponseSummary.Kind.OK),
                of(
                        "prepare both, new",
                        Command.COM_STMT_PREPARE,
                        NEW,
                        "0c 00 00 01  00 01 00 00 00 01 00 01 00 00 00 00" + COLUMN + second,
                        ResponseSummary.Kind.OK),
                of(
                        "prepare badly",
                        Command.COM_STMT_PREPARE,
                        NEW,
                        "0a 00 00 01  ff 28 04 23 34 32 30 30 30 6d",
                        ResponseSummary.Kind.ERR),
                of(
                        "field list, old",
                        Command.COM_FIELD_LIST,
                        OLD,
                        "18 00 00 01  03 64 65 66 00 00 00 01 31 00 0c 3f 00 01 00 00 00 08 81 00 00 00 00 fb"
                                + "05 00 00 02 fe 00 00 02 00",
                        ResponseSummary.Kind.RESULT),
                of(
                        "field list, new",
                        Command.COM_FIELD_LIST,
                        NEW,
                        "18 00 00 01  03 64 65 66 00 00 00 01 31 00 0c 3f 00 01 00 00 00 08 81 00 00 00 00 fb"
                                + "07 00 00 02 fe 00 00 02 00 00 00",
                        ResponseSummary.Kind.RESULT));
    }
}

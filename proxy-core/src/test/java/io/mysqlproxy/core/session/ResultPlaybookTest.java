package io.mysqlproxy.core.session;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where a result ends: protocol.md 4. */
class ResultPlaybookTest extends Playbook {
    private static final String ERR = "1: ff 7a 04 '#42S02no such table'";

    @Test
    void aStatementWithARow() {
        loggedIn();
        passes("0: 03 'SELECT 1 AS x'", Dialogue.ONE_ROW);
        ping();
    }

    @Test
    void aStatementWithoutRows() {
        loggedIn();
        passes("0: 03 'UPDATE t SET a = 1'", "1: 00 02 00 02 00 00 00 'Rows matched: 2'");
        passes("0: 03 'SELECT nothing'", ERR);
        ping();
    }

    @Test
    void processInfoIsAResult() {
        loggedIn();
        passes("0: 0a", Dialogue.ONE_ROW);
        ping();
    }

    @Test
    @Tag("R4")
    void rowsThatLookLikeOtherPackets() {
        loggedIn();
        passes("0: 03 'SELECT x FROM t'", """
                1: 01
                2: 03 'def' 00 00 00 01 'x' 00 0c 3f 00 01 00 00 00 08 81 00 00 00 00
                3: fe 00 00 02 00
                4: 00                      | the empty string
                5: fb                      | NULL
                6: 01 ff
                7: fe 00 00 22 00""");
        ping();
    }

    @Test
    void anErrorAmongTheRowsEndsTheAnswer() {
        loggedIn();
        passes("0: 03 'SELECT x FROM t'", """
                1: 01
                2: 03 'def' 00 00 00 01 'x' 00 0c 3f 00 01 00 00 00 08 81 00 00 00 00
                3: fe 00 00 02 00
                4: 01 '1'
                5: ff 25 05 '#70100Query execution was interrupted'""");
        ping();
    }

    @Test
    @Tag("R4")
    void withoutEofPackets() {
        loggedIn(Dialogue.LOGIN_TRACKED);
        passes("0: 03 'SELECT x FROM t'", """
                1: 01
                2: 03 'def' 00 00 00 01 'x' 00 0c 3f 00 01 00 00 00 08 81 00 00 00 00
                3: 01 '1'
                4: fb
                5: fe 00 00 02 00 00 00""");
        ping();
    }

    @Test
    void severalResults() {
        loggedIn();
        passes("0: 03 'CALL p()'", """
                1: 01
                2: 03 'def' 00 00 00 01 'x' 00 0c 3f 00 01 00 00 00 08 81 00 00 00 00
                3: fe 00 00 0a 00
                4: 01 '1'
                5: fe 00 00 0a 00          | more to come
                6: 00 00 00 0a 00 00 00    | more to come
                7: 01
                8: 03 'def' 00 00 00 01 'x' 00 0c 3f 00 01 00 00 00 08 81 00 00 00 00
                9: fe 00 00 0a 00
                10: fe 00 00 0a 00
                11: 00 01 00 02 00 00 00""");
        ping();
    }

    @Test
    void anErrorInALaterResult() {
        loggedIn();
        passes("0: 03 'SELECT 1; SELECT nothing'", """
                1: 00 00 00 0a 00 00 00
                2: ff 7a 04 '#42S02no such table'""");
        ping();
    }

    @Test
    @Tag("W-31")
    void progressReportsEndNothing() {
        loggedIn();
        passes("0: 03 'ALTER TABLE t'", """
                1: ff ff ff 01 01 02 10 27 00 04 'copy'
                2: ff ff ff 01 02 02 10 27 00 04 'copy'
                3: 00 00 00 02 00 00 00""");
        ping();
    }

    @Test
    @Tag("W-35")
    void theNumberingStartsAnewAndWrapsAround() {
        loggedIn();
        StringBuilder rows = new StringBuilder("""
                1: 01
                2: 03 'def' 00 00 00 01 'x' 00 0c 3f 00 01 00 00 00 08 81 00 00 00 00
                3: fe 00 00 02 00
                """);
        for (int i = 4; i < 600; i++) {
            rows.append(i % 256).append(": 01 'r'\n");
        }
        rows.append("88: fe 00 00 02 00");
        passes("0: 03 'SELECT x FROM t'", rows.toString());
        ping();
    }

    @Test
    void aClientThatCountsOnIsAnsweredInItsNumbering() {
        loggedIn();
        client.sends("7: 03 'SELECT 1 AS x'");
        server.expect("0: 03 'SELECT 1 AS x'");
        server.sends(Dialogue.ONE_ROW);
        client.expect("""
                8: 01
                9: 03 'def' 00 00 00 01 'x' 00 0c 3f 00 01 00 00 00 08 81 00 00 00 00
                10: fe 00 00 02 00
                11: 01 '1'
                12: fe 00 00 02 00""");
        ping();
    }
}

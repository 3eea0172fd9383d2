package io.mysqlproxy.launcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;

/**
 * COM_STMT_CLOSE has no answer. Where the proxy delays small packets, the command behind it waits until the server acknowledges,
 * which takes 40 ms for about every second statement.
 */
class NoDelayIT {
    private static final int STATEMENTS = 60;
    private static final long STALL = TimeUnit.MILLISECONDS.toNanos(30);

    @Routes(hooks = {Hook.NONE, Hook.LUA_QUEUES, Hook.PYTHON_QUEUES})
    @Tag("W-41")
    void statementsPreparedAndClosedInALoopDoNotStall(Route route) throws SQLException {
        String cache = route.driver() == Driver.CONNECTOR_J ? "cachePrepStmts=false" : "prepStmtCacheSize=0";
        int stalled = 0;
        try (Connection connection = route.connect(route.driver().prepared, cache)) {
            for (int i = 0; i < STATEMENTS; i++) {
                long start = System.nanoTime();
                ask(connection, i);
                stalled += System.nanoTime() - start > STALL ? 1 : 0;
            }
        }
        assertThat(stalled).isLessThan(STATEMENTS / 4);
    }

    private static void ask(Connection connection, int number) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT ? + " + number)) {
            statement.setInt(1, 1);
            ResultSet rows = statement.executeQuery();
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(number + 1);
        }
    }
}

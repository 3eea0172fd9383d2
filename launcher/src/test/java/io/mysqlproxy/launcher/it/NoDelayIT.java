package io.mysqlproxy.launcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * COM_STMT_CLOSE has no answer. Where a side of the proxy delays small packets, the command behind it waits until the other end
 * acknowledges, which takes 40 ms.
 */
class NoDelayIT {
    private static final int STATEMENTS = 100;
    private static final Duration STALL = Duration.ofMillis(20);

    @Routes(hooks = {Hook.NONE, Hook.LUA_QUEUES, Hook.PYTHON_QUEUES})
    void statementsPreparedAndClosedInALoopDoNotStall(Route route) throws SQLException {
        String cache = route.driver() == Driver.CONNECTOR_J ? "cachePrepStmts=false" : "prepStmtCacheSize=0";
        try (Connection connection = route.connect(route.driver().prepared, cache)) {
            long start = System.nanoTime();
            for (int i = 0; i < STATEMENTS; i++) {
                try (PreparedStatement statement = connection.prepareStatement("SELECT ? + " + i)) {
                    statement.setInt(1, 1);
                    ResultSet rows = statement.executeQuery();
                    rows.next();
                    assertThat(rows.getInt(1)).isEqualTo(i + 1);
                }
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(STALL.multipliedBy(STATEMENTS));
        }
    }
}

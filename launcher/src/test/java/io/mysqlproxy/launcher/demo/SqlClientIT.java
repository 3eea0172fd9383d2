package io.mysqlproxy.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.launcher.server.Account;
import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.wire.ProtocolException;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SqlClientIT {
    static Stream<DatabaseServer> servers() {
        return Stream.of(Servers.mysql(), Servers.mariadb());
    }

    @ParameterizedTest
    @MethodSource("servers")
    void understandsEveryKindOfAnswer(DatabaseServer server) throws IOException {
        try (SqlClient client = new SqlClient(server.port(), server.nativeAccount(), "test")) {
            assertThat(client.query("SELECT 1 AS one, NULL AS nothing, 'größer' AS word")
                            .lines())
                    .containsExactly(
                            "one  nothing  word",
                            "---  -------  ------",
                            "1    NULL     größer",
                            "rows: 1, warnings: 0");
            assertThat(client.query("CREATE TEMPORARY TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, x INT)")
                            .lines())
                    .containsExactly("OK, affected rows: 0, insert id: 0");
            assertThat(client.query("INSERT INTO t (x) VALUES (1), (2)").lines())
                    .containsExactly("OK, affected rows: 2, insert id: 1");
            assertThat(client.query("SELECT x FROM t WHERE id > 9").lines())
                    .containsExactly("x", "-", "rows: 0, warnings: 0");
            assertThat(client.query("SELECT * FROM nowhere").isError()).isTrue();
            assertThat(client.query("SELECT * FROM nowhere").summary())
                    .isEqualTo("ERROR 1146 (42S02): Table 'test.nowhere' doesn't exist");
        }
    }

    @Test
    void aRefusedLoginSaysWhy() {
        assertThatThrownBy(() -> new SqlClient(Servers.mysql().port(), new Account("native", "wrong"), "test"))
                .isInstanceOf(ProtocolException.class)
                .hasMessageStartingWith("ERROR 1045 (28000): Access denied for user 'native'");
    }
}

package io.mysqlproxy.launcher.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.server.Account;
import io.mysqlproxy.launcher.server.DatabaseServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class ForwardingIT {
    @Test
    void forwardsToMysql() throws SQLException {
        DatabaseServer server = Servers.mysql();
        try (TestProxy proxy = TestProxy.to(server).start()) {
            assertThat(version(Servers.mysqlUrl(proxy.port()), server.account()))
                    .isEqualTo("8.0.31");
            assertThat(version(Servers.mysqlUrl(proxy.port()), server.nativeAccount()))
                    .isEqualTo("8.0.31");
        }
    }

    @Test
    void forwardsToMariadb() throws SQLException {
        DatabaseServer server = Servers.mariadb();
        try (TestProxy proxy = TestProxy.to(server).start()) {
            assertThat(version(Servers.mariadbUrl(proxy.port()), server.account()))
                    .contains("MariaDB");
        }
    }

    private static String version(String url, Account account) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, account.user(), account.password());
                ResultSet rows = connection.createStatement().executeQuery("SELECT @@version")) {
            rows.next();
            return rows.getString(1);
        }
    }
}

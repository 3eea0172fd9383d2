package io.mysqlproxy.launcher.testing;

import io.mysqlproxy.launcher.server.Account;
import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.server.MariadbServer;
import io.mysqlproxy.launcher.server.MysqlServer;
import io.mysqlproxy.launcher.server.OldMysqlServer;
import java.nio.file.Path;

/**
 * One server of each kind for all tests of this JVM, started when first asked for and killed with the JVM. Tests must not leave
 * anything behind in them that another test could meet; a test that needs options of its own starts its own server.
 */
public final class Servers {
    /** MySQL 8.0. */
    public static DatabaseServer mysql() {
        return Mysql.SERVER;
    }

    /** The system's MariaDB. */
    public static DatabaseServer mariadb() {
        return Mariadb.SERVER;
    }

    /** MySQL 5.7. */
    public static DatabaseServer oldMysql() {
        return OldMysql.SERVER;
    }

    /** The address of JDBC, for a server or for a proxy before it. */
    public static String mysqlUrl(int port) {
        return "jdbc:mysql://127.0.0.1:" + port + "/test?sslMode=DISABLED&allowPublicKeyRetrieval=true";
    }

    /** The same for MariaDB's driver. */
    public static String mariadbUrl(int port) {
        return "jdbc:mariadb://127.0.0.1:" + port + "/test?sslMode=disable";
    }

    private static final class Mysql {
        static final DatabaseServer SERVER = new Shared(MysqlServer.start());
    }

    private static final class OldMysql {
        static final DatabaseServer SERVER = new Shared(OldMysqlServer.start());
    }

    private static final class Mariadb {
        static final DatabaseServer SERVER = new Shared(MariadbServer.start());
    }

    /** Cannot be closed: JUnit closes whatever can be that a parameterized test gets. */
    private record Shared(DatabaseServer server) implements DatabaseServer {
        @Override
        public String name() {
            return server.name();
        }

        @Override
        public int port() {
            return server.port();
        }

        @Override
        public Path socket() {
            return server.socket();
        }

        @Override
        public Account account() {
            return server.account();
        }

        @Override
        public Account nativeAccount() {
            return server.nativeAccount();
        }

        @Override
        public String errorLog() {
            return server.errorLog();
        }

        @Override
        public String toString() {
            return name();
        }
    }

    private Servers() {}
}

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Types;
import java.util.HexFormat;

/** The common conversation with Connector/J or MariaDB's driver, whichever is on the class path. */
public class Jdbc {
    private static final boolean MARIADB = System.getenv("DRIVER").equals("mariadb");

    public static void main(String[] arguments) throws Exception {
        System.out.println("== login");
        try (Connection c = dial(env("NATIVE_USER"), env("NATIVE_PASSWORD"))) {
            System.out.println("version " + c.getMetaData().getDriverVersion().replaceAll(".*connector-j-([0-9.]+).*", "$1"));
        }
        try (Connection c = dial(env("USER_NAME"), "wrong")) {
            System.out.println("let in");
        } catch (SQLException e) {
            error(e);
        }
        try (Connection c = dial(env("USER_NAME"), env("PASSWORD"))) {
            conversation(c);
        }
        System.out.println("== compression");
        try (Connection c = dial(env("USER_NAME"), env("PASSWORD"), "useCompression=true")) {
            run(c, "SELECT REPEAT('x', 1000), 1");
        }
        System.out.println("== prepared");
        try (Connection c = dial(env("USER_NAME"), env("PASSWORD"), "useServerPrepStmts=true")) {
            prepared(c);
        }
        System.out.println("== cursors");
        String cursor = MARIADB ? "useServerPrepStmts=true" : "useServerPrepStmts=true&useCursorFetch=true";
        try (Connection c = dial(env("USER_NAME"), env("PASSWORD"), cursor)) {
            c.setAutoCommit(false);
            cursors(c);
        }
        System.out.println("== batches");
        String batches = MARIADB ? "useBulkStmts=true" : "rewriteBatchedStatements=true";
        try (Connection c = dial(env("USER_NAME"), env("PASSWORD"), batches)) {
            batches(c);
        }
        System.out.println("done");
    }

    private static void conversation(Connection c) throws Exception {
        System.out.println("== statements");
        for (String sql : Files.readAllLines(Path.of(env("STATEMENTS")))) {
            run(c, sql);
        }
        if (!MARIADB) {
            run(c, "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no progress report', MYSQL_ERRNO = 65535");
        }
        System.out.println("== unbuffered");
        try (Statement s = c.createStatement()) {
            s.setFetchSize(MARIADB ? 1 : Integer.MIN_VALUE);
            long sum = 0;
            for (ResultSet rows = s.executeQuery("SELECT REPEAT('x', 1000) FROM many"); rows.next(); ) {
                sum += rows.getString(1).length();
            }
            System.out.println(sum);
        }
        System.out.println("== large");
        run(c, "SELECT LENGTH('" + "z".repeat(17_000_000) + "') AS n");
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("SELECT REPEAT('y', 17000000)")) {
            rows.next();
            System.out.println(rows.getString(1).length());
        }
        System.out.println("== several results");
        run(c, "SELECT 1; SELECT 2, 'b'; DO 1");
        try (CallableStatement call = c.prepareCall("{call twice(?, ?)}")) {
            call.setInt(1, 21);
            call.registerOutParameter(2, Types.INTEGER);
            answers(call, call.execute());
            System.out.println(call.getInt(2));
        }
        System.out.println("== transactions");
        c.setAutoCommit(false);
        run(c, "INSERT INTO t (v) VALUES ('rolled back')");
        c.rollback();
        run(c, "SELECT COUNT(*) FROM t");
        c.setAutoCommit(true);
        System.out.println("== session");
        System.out.println(c.isValid(5));
        c.setCatalog("mysql");
        System.out.println(c.getCatalog());
        run(c, "SELECT DATABASE()");
        c.setCatalog("test");
        System.out.println("== local file");
        run(c, "CREATE TEMPORARY TABLE loaded (a INT, b VARCHAR(20))");
        run(c, "LOAD DATA LOCAL INFILE '" + env("FILE") + "' INTO TABLE loaded");
        run(c, "SELECT * FROM loaded");
        System.out.println("== timeouts");
        try (Statement s = c.createStatement()) {
            s.setQueryTimeout(1);
            s.execute("SELECT SLEEP(5), 'x' FROM many");
            System.out.println("not interrupted");
        } catch (SQLException e) {
            System.out.println("interrupted");
        }
        run(c, "SELECT 'again'");
    }

    private static void prepared(Connection c) throws SQLException {
        run(c, "CREATE TEMPORARY TABLE p (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(20), n DOUBLE, d DATETIME(3), b LONGBLOB)");
        try (PreparedStatement s = c.prepareStatement(
                "INSERT INTO p (v, n, d, b) VALUES (?, ?, ?, ?)", Statement.RETURN_GENERATED_KEYS)) {
            for (int i = 0; i < 3; i++) {
                s.setString(1, i == 1 ? null : "żółw " + i);
                s.setDouble(2, i * 1.5);
                s.setString(3, "2024-02-29 01:02:03.004");
                s.setBinaryStream(4, new java.io.ByteArrayInputStream("long".repeat(i * 10_000).getBytes(StandardCharsets.UTF_8)));
                System.out.println(s.executeUpdate());
                for (ResultSet keys = s.getGeneratedKeys(); keys.next(); ) {
                    System.out.println(keys.getLong(1));
                }
            }
        }
        try (PreparedStatement s = c.prepareStatement("SELECT id, v, n, d, LENGTH(b) FROM p WHERE id >= ? ORDER BY id")) {
            for (int from : new int[] {1, 3, 100}) {
                s.setInt(1, from);
                rows(s.executeQuery());
            }
        }
        try (PreparedStatement s = c.prepareStatement("SELECT nosuch FROM p WHERE id = ?")) {
            s.setInt(1, 1);
            s.execute();
        } catch (SQLException e) {
            error(e);
        }
    }

    private static void cursors(Connection c) throws SQLException {
        run(c, "CREATE TEMPORARY TABLE many (v INT)");
        run(c, "INSERT INTO many VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)");
        try (PreparedStatement s = c.prepareStatement("SELECT v FROM many ORDER BY v")) {
            s.setFetchSize(3);
            rows(s.executeQuery());
        }
    }

    private static void batches(Connection c) throws SQLException {
        run(c, "CREATE TEMPORARY TABLE b (id INT, v VARCHAR(20))");
        try (PreparedStatement s = c.prepareStatement("INSERT INTO b VALUES (?, ?)")) {
            for (int i = 0; i < 500; i++) {
                s.setInt(1, i);
                s.setString(2, "row " + i);
                s.addBatch();
            }
            System.out.println(s.executeBatch().length);
        }
        run(c, "SELECT COUNT(*), MAX(v) FROM b");
    }

    private static Connection dial(String user, String password, String... more) throws SQLException {
        boolean tls = env("TLS").equals("1");
        String common = "allowMultiQueries=true&allowPublicKeyRetrieval=true&maxAllowedPacket=67108864&sslMode=";
        String settings = MARIADB
                ? common + (tls ? "trust" : "disable") + "&allowLocalInfile=true"
                : common + (tls ? "REQUIRED" : "DISABLED") + "&allowLoadLocalInfile=true&connectionTimeZone=UTC";
        return DriverManager.getConnection(
                "jdbc:" + (MARIADB ? "mariadb" : "mysql") + "://127.0.0.1:" + env("PORT") + "/test?" + settings + "&"
                        + String.join("&", more),
                user,
                password);
    }

    private static void run(Connection c, String sql) {
        try (Statement s = c.createStatement()) {
            answers(s, s.execute(sql, Statement.RETURN_GENERATED_KEYS));
            for (SQLWarning w = s.getWarnings(); w != null; w = w.getNextWarning()) {
                System.out.println("warning " + w.getErrorCode() + " " + w.getMessage());
            }
        } catch (SQLException e) {
            error(e);
        }
    }

    private static void answers(Statement s, boolean rows) throws SQLException {
        while (rows || s.getUpdateCount() >= 0) {
            if (rows) {
                rows(s.getResultSet());
            } else {
                System.out.println("count " + s.getUpdateCount());
            }
            rows = s.getMoreResults();
        }
    }

    private static void rows(ResultSet rows) throws SQLException {
        ResultSetMetaData meta = rows.getMetaData();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            System.out.print(meta.getColumnLabel(i) + ":" + meta.getColumnTypeName(i) + " ");
        }
        System.out.println();
        while (rows.next()) {
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                String cell = rows.getString(i);
                System.out.print(cell == null ? "NULL " : hex(cell) + " ");
            }
            System.out.println();
        }
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void error(SQLException e) {
        System.out.println("error " + e.getErrorCode() + " " + e.getSQLState() + " " + e.getMessage().replaceAll("conn=\\d+", "conn"));
    }

    private static String env(String name) {
        return System.getenv(name);
    }
}

package io.mysqlproxy.launcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Big, odd and missing values, as text and in the binary form. */
class ValueIT {
    /** More than one packet of 16 MB. */
    private static final int HUGE = 20_000_000;

    /** One packet to the byte, which an empty one has to follow. */
    private static final int FULL_PACKET = 0xFFFFFF;

    private static final String TYPES = "SELECT CAST(NULL AS CHAR) a, '' b, 0 c, -9223372036854775808 d,"
            + " 18446744073709551615 e, 1.5e-7 f, CAST('12.340' AS DECIMAL(20,3)) g, DATE '2024-02-29' h,"
            + " TIMESTAMP '2024-02-29 23:59:59.123456' i, TIME '-838:59:59' j, NULL k, X'00FF' l, 'Zażółć 🐬' m";

    @Routes
    void everyTypeIsWhatItIsWithoutTheProxy(Route route) throws SQLException {
        for (String mode : new String[] {"x=y", route.driver().prepared}) {
            try (Connection connection = route.connect(mode);
                    Connection direct = route.direct(mode)) {
                List<List<String>> expected = ask(direct, TYPES);
                assertThat(expected.get(0)).hasSize(13).startsWith(null, "", "0");
                assertThat(ask(connection, TYPES)).isEqualTo(expected);
            }
        }
    }

    @Routes
    void everyByteAndEveryPlane(Route route) throws SQLException {
        byte[] bytes = new byte[256];
        IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) i);
        String text = "a ä ł Ж 漢 🐬 \0 ' \" \\ \n";
        for (String mode : new String[] {"x=y", route.driver().prepared}) {
            try (Connection connection = route.connect(mode)) {
                Sql.run(connection, "CREATE TEMPORARY TABLE t (b VARBINARY(300), v VARCHAR(99) CHARACTER SET utf8mb4)");
                try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?), (?, ?)");
                        PreparedStatement select = connection.prepareStatement("SELECT b, v FROM t")) {
                    insert.setBytes(1, bytes);
                    insert.setString(2, text);
                    insert.setBytes(3, new byte[0]);
                    insert.setString(4, null);
                    insert.executeUpdate();
                    ResultSet rows = select.executeQuery();
                    rows.next();
                    assertThat(rows.getBytes(1)).isEqualTo(bytes);
                    assertThat(rows.getString(2)).isEqualTo(text);
                    rows.next();
                    assertThat(rows.getBytes(1)).isEmpty();
                    assertThat(rows.getString(2)).isNull();
                }
            }
        }
    }

    @Routes
    void manyColumnsAndNulls(Route route) throws SQLException {
        String columns = IntStream.range(0, 300)
                .mapToObj(i -> (i % 3 == 0 ? "NULL" : "'" + i + "'") + " AS c" + i)
                .collect(Collectors.joining(", "));
        try (Connection connection = route.connect(route.driver().prepared)) {
            List<String> cells = ask(connection, "SELECT " + columns).get(0);

            assertThat(cells).hasSize(300);
            assertThat(IntStream.range(0, 300))
                    .allMatch(i ->
                            i % 3 == 0 ? cells.get(i) == null : cells.get(i).equals("" + i));
        }
    }

    @Routes
    void aRowOfTwentyMegabytes(Route route) throws SQLException {
        try (Connection connection = route.connect()) {
            String cell = Sql.ask(connection, "SELECT CONCAT(REPEAT('x', " + (HUGE - 3) + "), 'end')");

            assertThat(cell.length()).isEqualTo(HUGE);
            assertThat(cell.endsWith("xend")).isTrue();
            assertThat(Sql.ask(connection, "SELECT 1")).isEqualTo("1");
        }
    }

    @Routes(drivers = Driver.MARIADB)
    void aRowThatFillsItsPacketToTheByte(Route route) throws SQLException {
        // a cell that long has 4 bytes for its length
        for (int length : new int[] {FULL_PACKET - 5, FULL_PACKET - 4, FULL_PACKET - 3}) {
            try (Connection connection = route.connect()) {
                assertThat(Sql.ask(connection, "SELECT REPEAT('x', " + length + ")"))
                        .hasSize(length);
                assertThat(Sql.ask(connection, "SELECT 1")).isEqualTo("1");
            }
        }
    }

    @Routes(hooks = {Hook.NONE, Hook.LUA_QUEUES, Hook.PYTHON_HOLDS})
    void aParameterOfTwentyMegabytes(Route route) throws SQLException {
        byte[] bytes = new byte[HUGE];
        new Random(1).nextBytes(bytes);
        try (Connection connection = route.connect(route.driver().prepared);
                PreparedStatement echo = connection.prepareStatement("SELECT ?")) {
            echo.setBytes(1, bytes);
            ResultSet rows = echo.executeQuery();
            rows.next();
            assertThat(Arrays.equals(rows.getBytes(1), bytes)).isTrue();
        }
    }

    @Routes
    void aParameterThatIsSentInPieces(Route route) throws SQLException {
        byte[] bytes = "0123456789".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        try (Connection connection = route.connect(route.driver().prepared);
                PreparedStatement echo = connection.prepareStatement("SELECT MD5(?), LENGTH(?)")) {
            echo.setBinaryStream(1, new ByteArrayInputStream(bytes), bytes.length);
            echo.setBinaryStream(2, new ByteArrayInputStream(bytes), bytes.length);
            assertThat(Sql.rows(echo.executeQuery()).get(0))
                    .containsExactly(
                            Sql.ask(connection, "SELECT MD5(REPEAT('0123456789', 100000))"), "" + bytes.length);
        }
    }

    private static List<List<String>> ask(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet rows = statement.executeQuery()) {
            return Sql.rows(rows);
        }
    }
}

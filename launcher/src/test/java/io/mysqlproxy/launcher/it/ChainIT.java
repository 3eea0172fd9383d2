package io.mysqlproxy.launcher.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.launcher.testing.TestProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One proxy is the server of another. */
@Tag("A-49")
class ChainIT {
    private static final int MIB = 1 << 20;

    /** Plays any answer that a statement describes. */
    private static final String SERVER = """
            local mocked = read_query
            local function described(query)
                local columns = query:match("^SELECT COLUMNS (%d+)")
                if columns then
                    local fields, row = {}, {}
                    for i = 1, tonumber(columns) do
                        fields[i] = { name = "c" .. i, type = proxy.MYSQL_TYPE_VAR_STRING }
                        row[i] = i % 7 ~= 0 and "v" .. i or nil
                    end
                    return { type = proxy.MYSQLD_PACKET_OK, resultset = { fields = fields, rows = { row, row } } }
                end
                local code, state, text = query:match("^ERR (%d+) (%w+) (.*)")
                if code then
                    return { type = proxy.MYSQLD_PACKET_ERR, errcode = tonumber(code), sqlstate = state, errmsg = text }
                end
                local affected, id = query:match("^OK (%d+) (%d+)")
                if affected then
                    return { type = proxy.MYSQLD_PACKET_OK, affected_rows = tonumber(affected), insert_id = tonumber(id) }
                end
                local length = query:match("^SELECT CELL (%d+)") or query:match("^SELECT LENGTH ") and #query
                local cell = query:match("^SELECT CELL") and ("x"):rep(tonumber(length)) or length
                return length and { type = proxy.MYSQLD_PACKET_OK, resultset = {
                    fields = { { name = "c", type = proxy.MYSQL_TYPE_VAR_STRING } }, rows = { { cell } } } }
            end
            function read_query(packet)
                local response = packet:byte() == proxy.COM_QUERY and described((packet:sub(2):gsub("^/%*.-%*/%s*", "")))
                if not response then
                    return mocked(packet)
                end
                proxy.response = response
                return proxy.PROXY_SEND_RESULT
            end
            """;

    private static final String HOLDING = """
            function read_query(packet)
                proxy.queries:append(1, packet, { resultset_is_needed = true })
                return proxy.PROXY_SEND_QUERY
            end
            function read_query_result(inj)
                for row in inj.resultset.rows or function() end do
                    proxy.global.rows = (proxy.global.rows or 0) + 1
                end
            end
            """;

    @TempDir
    private Path folder;

    private TestProxy server;

    @BeforeEach
    void start() throws Exception {
        String mock = Files.readString(TestProxy.repository().resolve("samples/lua/mock.lua"));
        Path script = Files.writeString(folder.resolve("server.lua"), mock + SERVER);
        server = TestProxy.to().lua(script).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private TestProxy front(boolean holding) throws Exception {
        TestProxy.Builder front = TestProxy.to().backend("127.0.0.1:" + server.port());
        return holding
                ? front.lua(Files.writeString(folder.resolve("front.lua"), HOLDING))
                        .start()
                : front.start();
    }

    private static Connection connect(TestProxy proxy) throws SQLException {
        return DriverManager.getConnection(Servers.mysqlUrl(proxy.port()), "joe", "secret");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void resultsOfAnyWidthPass(boolean holding) throws Exception {
        try (TestProxy front = front(holding);
                Connection connection = connect(front);
                Statement statement = connection.createStatement()) {
            assertThat(connection.getMetaData().getDatabaseProductVersion()).isEqualTo("8.0.0-mock");
            for (int width : IntStream.rangeClosed(1, 256).toArray()) {
                try (ResultSet rows = statement.executeQuery("SELECT COLUMNS " + width)) {
                    assertThat(rows.getMetaData().getColumnCount()).isEqualTo(width);
                    assertThat(rows.next() && rows.next()).isTrue();
                    assertThat(rows.getMetaData().getColumnLabel(width)).isEqualTo("c" + width);
                    assertThat(rows.getString(width)).isEqualTo(width % 7 == 0 ? null : "v" + width);
                    assertThat(rows.next()).isFalse();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void successAndFailurePassUnchanged(boolean holding) throws Exception {
        try (TestProxy front = front(holding);
                Connection connection = connect(front);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("OK 251 70000", Statement.RETURN_GENERATED_KEYS))
                    .isEqualTo(251);
            ResultSet keys = statement.getGeneratedKeys();
            assertThat(keys.next()).isTrue();
            assertThat(keys.getLong(1)).isEqualTo(70000);
            for (String error : new String[] {"1 HY000", "1064 42000", "65534 XYZ99"}) {
                assertThatThrownBy(() -> statement.execute("ERR " + error + " it failed"))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getErrorCode() + " " + e.getSQLState())
                                        .isEqualTo(error))
                        .hasMessageContaining("it failed");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void packetsLongerThan16MebibytesPassBothWays(boolean holding) throws Exception {
        try (TestProxy front = front(holding);
                Connection connection = connect(front);
                Statement statement = connection.createStatement()) {
            for (int length : new int[] {16 * MIB - 2, 17 * MIB}) {
                String text = "SELECT LENGTH " + "y".repeat(length - "SELECT LENGTH ".length());
                try (ResultSet rows = statement.executeQuery(text)) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getInt(1)).isEqualTo(length);
                }
                try (ResultSet rows = statement.executeQuery("SELECT CELL " + length)) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getBytes(1)).hasSize(length).containsOnly('x');
                }
            }
        }
    }
}

package io.mysqlproxy.launcher.lua;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.mysqlproxy.launcher.testing.RawClient;
import org.junit.jupiter.api.Tag;

/** The objects behind {@code proxy} (lua-api.md 3, 9.5). */
class ObjectsIT {
    /** A statement is code whose results are said, the error's text after an error. */
    private static RawClient client(Stage stage) {
        stage.play("""
                function read_query(packet)
                    if packet:byte() ~= 3 then return end
                    local function tell(ok, ...)
                        if ok then say(...) else say((tostring((...)):gsub("^.-:%d+: ", ""))) end
                    end
                    local code = assert(loadstring(packet:sub(2)))
                    tell(pcall(setfenv(code, getfenv(1))))
                    proxy.response = { type = 0 }
                    return 2
                end
                """);
        return stage.login();
    }

    private static void says(Stage stage, RawClient client, String code, String expected) {
        int before = stage.said().size();
        client.query(code);
        assertThat(stage.said().get(before)).as(code).isEqualTo(expected);
    }

    @Scenario
    @Tag("C-101")
    void deprecatedKeysRaise(Stage stage) {
        RawClient client = client(stage);

        says(
                stage,
                client,
                "return proxy.connection.default_db",
                "proxy.connection.default_db is deprecated, use proxy.connection.client.default_db or "
                        + "proxy.connection.server.default_db instead");
        says(
                stage,
                client,
                "return proxy.connection.thread_id",
                "proxy.connection.thread_id is deprecated, use proxy.connection.server.thread_id instead");
        says(
                stage,
                client,
                "return proxy.connection.mysqld_version",
                "proxy.connection.mysqld_version is deprecated, use proxy.connection.server.mysqld_version instead");
        says(
                stage,
                client,
                "return proxy.connection.client.address",
                ".address is deprecated. Use .src.name or .dst.name instead");
    }

    @Scenario
    @Tag("C-102")
    void whatCannotBeWritten(Stage stage) {
        RawClient client = client(stage);

        says(stage, client, "proxy.connection.foo = 1", "proxy.connection.foo is not writable");
        says(stage, client, "proxy.connection.client = 1", "proxy.connection.client is not writable");
        says(stage, client, "proxy.global.backends[1].type = 2", "proxy.global.backends[...].type is not writable");
        says(stage, client, "proxy.global.backends[1].pool.foo = 2", "proxy.backend[...].foo is not writable");
        says(stage, client, "proxy.global.backends[1].uuid = {}", "proxy.global.backends[...].uuid has to be a string");
        says(
                stage,
                client,
                "proxy.connection.backend_ndx = 'x'",
                "bad argument #3 to '?' (number expected, got string)");
        says(
                stage,
                client,
                "proxy.connection.connection_close = 1",
                "bad argument #3 to '?' (boolean expected, got number)");
    }

    @Scenario
    @Tag("C-103")
    @Tag("J-44")
    void twoLooksAreEqual(Stage stage) {
        RawClient client = client(stage);

        says(
                stage,
                client,
                "local c = proxy.connection return c == proxy.connection, c.client == proxy.connection.client, "
                        + "c.server == c.client, type(c.client), proxy.global.backends[1] == proxy.servers[1], "
                        + "c.client.src == c.client.src, proxy.queries == proxy.queries",
                "true true false userdata true true true");
        says(stage, client, "local t = { [proxy.connection.client] = 1 } return t[proxy.connection.client]", "1");
        says(stage, client, "pairs(proxy.connection)", "bad argument #1 to 'pairs' (table expected, got userdata)");
        says(stage, client, "return proxy.connection[true]", "bad argument #2 to '?' (string expected, got boolean)");
    }

    @Scenario
    @Tag("C-104")
    @Tag("J-19")
    void theListOfBackends(Stage stage) {
        RawClient client = client(stage);
        String port = String.valueOf(stage.server().port());

        says(
                stage,
                client,
                "local b = proxy.global.backends return #b, b[0], b[2], b['1'].type, b[1.9].state, b[-1]",
                "1 nil nil 1 1 nil");
        says(stage, client, "return proxy.global.backends.foo", "bad argument #2 to '?' (number expected, got string)");
        says(
                stage,
                client,
                "local b = proxy.servers return #b, b[1].address, b[1].dst.name, b[1].dst.port, b[1].dst.type, b[1].foo",
                "1 127.0.0.1:" + port + " 127.0.0.1:" + port + " " + port + " 2 nil");
    }

    @Scenario
    @Tag("C-119")
    @Tag("J-17")
    @Tag("J-18")
    void constants(Stage stage) {
        RawClient client = client(stage);

        says(
                stage,
                client,
                "return proxy.PROXY_VERSION, proxy.PROXY_SEND_QUERY, proxy.PROXY_SEND_RESULT, proxy.PROXY_IGNORE_RESULT, "
                        + "proxy.MYSQLD_PACKET_OK, proxy.MYSQLD_PACKET_ERR, proxy.MYSQLD_PACKET_RAW",
                "2053 1 2 4 0 255 250");
        says(
                stage,
                client,
                "return proxy.MYSQLD_PACKET_EOF, proxy.MYSQLD_PACKET_NULL, proxy.queries.foo, proxy.VERSION, "
                        + "proxy.PROXY_NO_DECISION, proxy.PROXY_SEND_INJECTION, proxy.SERVER_STATUS_IN_TRANS, proxy.nothing",
                "nil nil nil nil nil nil nil nil");
        says(stage, client, tabled("BACKEND_STATE_", "UNKNOWN=0 UP=1 DOWN=2 RW=1 RO=2"), "nothing else");
        says(stage, client, tabled("BACKEND_TYPE_", "UNKNOWN=0 RW=1 RO=2"), "nothing else");
        says(
                stage,
                client,
                tabled(
                        "COM_",
                        "SLEEP=0 QUIT=1 INIT_DB=2 QUERY=3 FIELD_LIST=4 CREATE_DB=5 DROP_DB=6 "
                                + "REFRESH=7 SHUTDOWN=8 STATISTICS=9 PROCESS_INFO=10 CONNECT=11 PROCESS_KILL=12 DEBUG=13 PING=14 TIME=15 "
                                + "DELAYED_INSERT=16 CHANGE_USER=17 BINLOG_DUMP=18 TABLE_DUMP=19 CONNECT_OUT=20 REGISTER_SLAVE=21 "
                                + "STMT_PREPARE=22 STMT_EXECUTE=23 STMT_SEND_LONG_DATA=24 STMT_CLOSE=25 STMT_RESET=26 SET_OPTION=27 "
                                + "STMT_FETCH=28 DAEMON=29 ERROR=30 BINLOG_DUMP_GTID=30 RESET_CONNECTION=31"),
                "nothing else");
        says(
                stage,
                client,
                tabled(
                        "MYSQL_TYPE_",
                        "DECIMAL=0 TINY=1 SHORT=2 LONG=3 FLOAT=4 DOUBLE=5 NULL=6 TIMESTAMP=7 "
                                + "LONGLONG=8 INT24=9 DATE=10 TIME=11 DATETIME=12 YEAR=13 NEWDATE=14 BIT=16 NEWDECIMAL=246 ENUM=247 "
                                + "SET=248 TINY_BLOB=249 MEDIUM_BLOB=250 LONG_BLOB=251 BLOB=252 VAR_STRING=253 STRING=254 GEOMETRY=255 "
                                + "CHAR=1 VARCHAR=15 VECTOR=242 JSON=245 INTERVAL=247"),
                "nothing else");
    }

    /** Code that compares all constants with a prefix to a list. */
    private static String tabled(String prefix, String list) {
        return "local want = {} for k, v in ('" + list + "'):gmatch('(%S+)=(%d+)') do want['" + prefix
                + "' .. k] = tonumber(v) end for k, v in pairs(proxy) do if k:find('^" + prefix + "') then "
                + "if want[k] ~= v then return k end want[k] = nil end end return next(want) or 'nothing else'";
    }

    @Scenario
    void sockets(Stage stage) {
        RawClient client = client(stage);
        String listening = String.valueOf(stage.proxy().port());
        String backend = String.valueOf(stage.server().port());

        says(
                stage,
                client,
                "local c = proxy.connection.client return c.default_db, c.username, #c.scrambled_password, c.auth_plugin_name, "
                        + "c.mysqld_version, c.thread_id, #c.scramble_buffer, c.src.port, c.dst.name, c.src.address, c.src.foo",
                " joe 0 mysql_native_password 50799 101 21 " + client.port() + " 127.0.0.1:" + listening
                        + " 127.0.0.1 nil");
        says(
                stage,
                client,
                "local s = proxy.connection.server return s.default_db, s.username, s.mysqld_version, s.thread_id, s.dst.name, "
                        + "s.src.address, type(s.src.port), s.nothing",
                " joe 50799 101 127.0.0.1:" + backend + " 127.0.0.1 number nil");
    }

    @Scenario
    void whatIsLookedForInVainIsLogged(Stage stage) {
        stage.play("""
                function connect_server() say(proxy.connection.client.username, proxy.connection.client.thread_id) end
                function read_handshake() say(proxy.connection.client.scramble_buffer, proxy.connection.server.username) end
                function read_query(packet)
                    say(proxy.connection.client.foo, proxy.connection.server.foo)
                    proxy.queries:append(1, packet)
                    return proxy.PROXY_SEND_QUERY
                end
                function read_query_result(inj) say(inj.nothing, inj.resultset.nothing) end
                """);
        stage.login().query("SELECT 1");

        assertThat(stage.said()).containsOnly("nil nil");
        assertThat(stage.log().errors())
                .containsExactly(
                        "sock->challenge: (nil), sock->response: (nil) (looking for username)",
                        "sock->challenge: (nil), sock->response: (nil) (looking for thread_id)",
                        "sock->challenge: (nil), sock->response: (nil) (looking for scramble_buffer)",
                        "sock->challenge: known, sock->response: (nil) (looking for username)",
                        "sock->challenge: known, sock->response: known (looking for foo)",
                        "sock->challenge: known, sock->response: known (looking for foo)");
        assertThat(stage.log().lines(Level.INFO)).contains("inj[nothing] ... not found");
    }

    @Scenario
    void backendsAndPools(Stage stage) {
        RawClient client = client(stage);

        says(
                stage,
                client,
                "local b = proxy.global.backends[1] b.state = 9.7 local s = b.state b.state = 'x' local z = b.state "
                        + "b.state = 1 return s, z, b.uuid, b.connected_clients, b.idling_connections",
                "9 0 nil 1 nil");
        says(
                stage,
                client,
                "local b = proxy.global.backends[1] b.uuid = 5 local u = b.uuid b.uuid = nil return u, type(u), b.uuid",
                "5 string nil");
        says(
                stage,
                client,
                "local p = proxy.global.backends[1].pool p.max_idle_connections = -1 p.min_idle_connections = '7' "
                        + "local max, min = p.max_idle_connections, p.min_idle_connections p.max_idle_connections = {} "
                        + "return max, min, p.max_idle_connections, p.other, p.users.joe.other",
                "4294967295 7 0 nil nil");
        says(
                stage,
                client,
                "local u = proxy.global.backends[1].pool.users return type(u.nobody), u.nobody.cur_idle_connections, "
                        + "u[5].cur_idle_connections",
                "userdata 0 0");
    }
}

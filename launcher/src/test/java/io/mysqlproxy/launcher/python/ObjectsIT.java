package io.mysqlproxy.launcher.python;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The object model outside of results (python-api.md 3). */
class ObjectsIT {
    @Test
    void typesAreOpaque() {
        try (Eval eval = new Eval("c = proxy.connection")) {
            for (String type : new String[] {
                "Proxy",
                "Connection",
                "Socket",
                "Address",
                "Globals",
                "Config",
                "Backend",
                "ConnectionPool",
                "Users",
                "Queue",
                "Queries",
                "Response"
            }) {
                String expression = switch (type) {
                    case "Proxy" -> "proxy";
                    case "Connection" -> "c";
                    case "Socket" -> "c.client";
                    case "Address" -> "c.client.src";
                    case "Globals" -> "proxy.globals";
                    case "Config" -> "proxy.globals.config";
                    case "Backend" -> "proxy.backends[0]";
                    case "ConnectionPool" -> "proxy.backends[0].pool";
                    case "Users" -> "proxy.backends[0].pool.users";
                    case "Queue" -> "proxy.backends[0].pool.users['me']";
                    case "Queries" -> "proxy.queries";
                    default -> "proxy.response";
                };
                if (!type.equals("Users")) {
                    assertThat(eval.of(expression)).matches("<" + type + " object at 0x[0-9a-f]+>");
                }
                eval.gives("type(" + expression + ").__name__", "'" + type + "'")
                        .gives("type(" + expression + ").__module__", "'__builtin__'")
                        .raises("type(" + expression + ")()", "TypeError: cannot create '" + type + "' instances")
                        .raises(expression + ".nope", "AttributeError: '" + type + "' object has no attribute 'nope'")
                        .gives("hasattr(" + expression + ", 'getClass')", "False")
                        .gives("getattr(" + expression + ", 'nope', 7)", "7");
                if (!type.equals("Users")) {
                    eval.raises(expression + "[0]", "TypeError: '" + type + "' object has no attribute '__getitem__'");
                }
                assertThat(eval.of("vars(" + expression + ")")).startsWith("TypeError: ");
            }
        }
    }

    @Test
    void onlySomeTakeNewAttributes() {
        try (Eval eval = new Eval("c = proxy.connection")) {
            for (String object : new String[] {"proxy", "proxy.globals", "proxy.globals.config", "proxy.response"}) {
                eval.does("o = " + object + "; o.mine = [1]; assert o.mine == [1] and 'mine' not in dir(o); del o.mine;"
                        + " assert not hasattr(o, 'mine')");
            }
            eval.fails("c.mine = 1", "AttributeError: 'Connection' object has no attribute 'mine'")
                    .fails("c.client.mine = 1", "AttributeError: 'Socket' object has no attribute 'mine'")
                    .fails("proxy.backends[0].mine = 1", "AttributeError: 'Backend' object has no attribute 'mine'");
        }
    }

    @Test
    void constants() {
        try (Eval eval = new Eval("p = proxy")) {
            eval.gives("p.PROXY_SEND_QUERY, p.PROXY_SEND_RESULT, p.PROXY_IGNORE_RESULT", "(1, 2, 4)")
                    .gives("p.MYSQLD_PACKET_OK, p.MYSQLD_PACKET_RAW, p.MYSQLD_PACKET_ERR", "(0, 250, 255)")
                    .gives("p.BACKEND_STATE_UNKNOWN, p.BACKEND_STATE_UP, p.BACKEND_STATE_DOWN", "(0, 1, 2)")
                    .gives("p.BACKEND_TYPE_UNKNOWN, p.BACKEND_TYPE_RW, p.BACKEND_TYPE_RO", "(0, 1, 2)")
                    .gives("p.BACKEND_STATE_RW, p.BACKEND_STATE_RO", "(1, 2)")
                    .gives(
                            "p.COM_QUIT, p.COM_QUERY, p.COM_DAEMON, p.COM_ERROR, p.COM_RESET_CONNECTION",
                            "(1, 3, 29, 30, 31)")
                    .gives(
                            "p.MYSQL_TYPE_DECIMAL, p.MYSQL_TYPE_VARCHAR, p.MYSQL_TYPE_JSON, p.MYSQL_TYPE_GEOMETRY",
                            "(0, 15, 245, 255)")
                    .gives(
                            "[hasattr(p, n) for n in ('config', 'MYSQLD_PACKET_EOF', 'MYSQLD_PACKET_NULL', "
                                    + "'PROXY_NO_DECISION', 'PROXY_SEND_INJECTION')]",
                            "[False, False, False, False, False]")
                    .gives("hasattr(p, 'global')", "False")
                    .gives("set(type(getattr(p, n)).__name__ for n in dir(p) if n.isupper())", "set(['int'])");
        }
    }

    @Test
    @Tag("P-60")
    @Tag("J-19")
    void backends() {
        try (Eval eval = new Eval("b = proxy.globals.backends")) {
            eval.gives("type(b), len(b)", "(<type 'tuple'>, 1)")
                    .raises("b[1]", "IndexError: tuple index out of range")
                    .raises("b['x']", "TypeError: tuple indices must be integers, not str")
                    .gives(
                            "proxy.servers == b == proxy.backends, b[-1] == b[0], list(b[:]) == list(b)",
                            "(True, True, True)")
                    .gives("b[0].address", "'" + eval.rig.backend.address() + "'")
                    .gives("b[0].address == b[0].dst.name", "True")
                    .gives("b[0].type, b[0].state, b[0].connected_clients, b[0].uuid", "(1, 1, 1, None)");
        }
    }

    @Test
    @Tag("P-61")
    void aBackendsState() {
        try (Eval eval = new Eval("b = proxy.backends[0]")) {
            for (String wrong : new String[] {"'x'", "None", "1L", "1.0"}) {
                eval.fails("b.state = " + wrong, "ValueError: backend.state can only be assigned to integer.");
            }
            eval.does("b.state = 99; assert b.state == 99")
                    .does("b.state = True; assert b.state == 1")
                    .fails("b.uuid = None", "ValueError: backend.uuid can only be assigned to string.")
                    .fails("b.uuid = 5", "ValueError: backend.uuid can only be assigned to string.")
                    .does("b.uuid = 'a\\0b'; assert b.uuid == 'a\\0b'")
                    .does("b.uuid = ''; assert b.uuid is None")
                    .fails("b.dst = 1", "TypeError: readonly attribute")
                    .fails("b.pool = 1", "TypeError: readonly attribute")
                    .fails("b.type = 1", "AttributeError: attribute 'type' of 'Backend' objects is not writable");
            assertThat(eval.of("exec del b.state")).startsWith("TypeError: ");
            assertThat(eval.of("exec del b.uuid")).startsWith("TypeError: ");
        }
    }

    @Test
    @Tag("J-14")
    @Tag("P-67")
    void pools() {
        try (Eval eval = new Eval("p = proxy.backends[0].pool; u = p.users")) {
            eval.gives("p.min_idle_connections, p.max_idle_connections", "(0, 0)")
                    .does("p.max_idle_connections = -4; assert p.max_idle_connections == 4294967292")
                    .fails(
                            "p.min_idle_connections = 'x'",
                            "ValueError: ConnectionPool.min_idle_connections can only be set to int values")
                    .fails(
                            "del p.min_idle_connections",
                            "ValueError: Cannot delete ConnectionPool.min_idle_connections")
                    .fails("p.users = 1", "TypeError: readonly attribute")
                    .gives("u['nobody'].cur_idle_connections, 'nobody' in u", "(0, False)")
                    .gives("u[''].cur_idle_connections, '' in u", "(0, False)")
                    .gives("len(u), bool(u), repr(u), str(u)", "(0, False, '[]', '[]')")
                    .raises("u[0]", "TypeError: index must be string")
                    .raises("u[u'me']", "TypeError: index must be string")
                    .raises("0 in u", "TypeError: key must be string");
            assertThat(eval.of("list(u)")).startsWith("TypeError: ");
        }
    }

    @Test
    void addresses() {
        try (Eval eval = new Eval("c = proxy.connection")) {
            int proxyPort = eval.rig.proxy().pythonPort();
            int backendPort = Integer.parseInt(eval.rig.backend.address().replace("127.0.0.1:", ""));
            String form = "(lambda a: (a.name, a.type, a.address, a.port))";
            eval.gives(form + "(c.client.src)", address(eval.client.localPort()))
                    .gives(form + "(c.client.dst)", address(proxyPort))
                    .gives(form + "(c.server.dst)", address(backendPort))
                    .gives("c.server.src.address", "'127.0.0.1'")
                    .fails("c.client.src = 1", "AttributeError: attribute 'src' of 'Socket' objects is not writable");
        }
    }

    private static String address(int port) {
        return "('127.0.0.1:" + port + "', 2, '127.0.0.1', " + port + ")";
    }

    @Test
    void theTwoEnds() {
        try (Eval eval = new Eval("c = proxy.connection")) {
            eval.gives(
                            "c.client.username, c.client.default_db, c.client.scrambled_password",
                            "('me', '', '" + RawClient.RESPONSE + "')")
                    .gives(
                            "c.server.username, c.server.default_db, c.server.scrambled_password",
                            "('me', '', '" + RawClient.RESPONSE + "')")
                    .gives(
                            "c.server.mysqld_version, c.server.thread_id, c.server.scramble_buffer",
                            "(50140, 42, '" + FakeBackend.SCRAMBLE + "')")
                    .gives("c.client == c.client, c.client == c.server, c.client is c.client", "(True, False, False)");
        }
    }

    @Test
    @Tag("P-62")
    void closingTheConnection() {
        try (Rig rig = Rig.of("""
                def read_query(proxy, packet):
                    if packet == '\\3error':
                        try:
                            proxy.connection.connection_close
                        except ValueError as e:
                            text = str(e)
                        for wrong in ('x', None, 1.0):
                            try:
                                proxy.connection.connection_close = wrong
                            except ValueError as e:
                                text += ', ' + str(e)
                        proxy.response = {'type': 255, 'errmsg': text}
                        return proxy.PROXY_SEND_RESULT
                    if packet == '\\3cancelled':
                        proxy.connection.connection_close = 1
                        proxy.connection.connection_close = False
                    if packet == '\\3close':
                        proxy.connection.connection_close = True
                """)) {
            RawClient client = rig.login();

            String wrong = ", connection.connection_close can only be assigned to True or False";
            assertThat(client.error("error"))
                    .isEqualTo("1105 07000 connection.connection_close can only be set" + wrong + wrong + wrong);
            assertThat(client.cell("cancelled")).isEqualTo("cancelled");
            assertThat(client.cell("close")).isEqualTo("close");
            client.assertClosed();
        }
    }

    @Test
    @Tag("P-63")
    void whatIsNotThereYet() {
        try (Rig rig = Rig.of("""
                seen = []
                def tried(hook, *reads):
                    for read in reads:
                        try:
                            seen.append(hook + ' ' + repr(read()))
                        except Exception as e:
                            seen.append(hook + ' %s: %s' % (type(e).__name__, e))
                def connect_server(proxy):
                    client = proxy.connection.client
                    tried('connect', lambda: client.username, lambda: client.scrambled_password,
                          lambda: client.mysqld_version, lambda: client.default_db, lambda: proxy.connection.backend_ndx)
                def read_handshake(proxy):
                    server = proxy.connection.server
                    tried('handshake', lambda: server.mysqld_version, lambda: server.username)
                def read_auth(proxy):
                    client, server = proxy.connection.client, proxy.connection.server
                    tried('auth', lambda: client.username, lambda: server.username, lambda: client.thread_id)
                def read_auth_result(proxy, auth):
                    tried('result', lambda: proxy.connection.server.username, lambda: auth.packet, lambda: auth[0])
                def read_query(proxy, packet):
                    client = proxy.connection.client
                    tried('query', lambda: client.mysqld_version, lambda: client.scramble_buffer)
                    proxy.response = {'type': 0, 'resultset': {'fields': ['s'], 'rows': [[s] for s in seen]}}
                    return proxy.PROXY_SEND_RESULT
                """)) {
            assertThat(rig.login().rows("x"))
                    .extracting(row -> row.get(0))
                    .containsExactly(
                            "connect ValueError: Only the response has socket.username",
                            "connect ValueError: Only the response has socket.scrambled_password",
                            "connect ValueError: Only the server side has socket.mysqld_version",
                            "connect ''",
                            "connect -1",
                            "handshake 50140",
                            "handshake ValueError: Only the response has socket.username",
                            "auth 'me'",
                            "auth ValueError: Only the response has socket.username",
                            "auth ValueError: Only the server side has socket.thread_id",
                            "result 'me'",
                            "result '\\x00\\x00\\x00\\x02\\x00\\x00\\x00'",
                            "result TypeError: 'Auth' object has no attribute '__getitem__'",
                            "query ValueError: Only the server side has socket.mysqld_version",
                            "query ValueError: Only the server side has socket.scramble_buffer");
        }
    }

    @Test
    @Tag("J-15")
    void aUserNameAndASchemaAreWhole() {
        try (Rig rig = Rig.of(new FakeBackend(), """
                def read_query(proxy, packet):
                    client = proxy.connection.client
                    proxy.response = {'type': 255, 'errmsg': repr((client.username, client.default_db))}
                    return proxy.PROXY_SEND_RESULT
                """)) {
            RawClient client = rig.connect();
            client.read();
            assertThat(client.login("m\u00e9", "sch\u00e9ma").first()).isZero();

            assertThat(client.error("x")).isEqualTo("1105 07000 ('m\\xe9', 'sch\\xe9ma')");
        }
    }

    @Test
    void theSchemaFollowsWhatIsAcknowledged() {
        FakeBackend backend = new FakeBackend()
                .answers("\2gone", Packets.error(1049, "42000", "no"))
                .answers("\3USE other", Packets.ok(0, 0, 2, 0));
        try (Rig rig = Rig.of(backend, """
                def read_query(proxy, packet):
                    if packet == '\\3db':
                        connection = proxy.connection
                        both = connection.client.default_db, connection.server.default_db
                        proxy.response = {'type': 255, 'errmsg': repr(both)}
                        return proxy.PROXY_SEND_RESULT
                """)) {
            RawClient client = rig.login();
            client.command("\2one");
            assertThat(client.error("db")).isEqualTo("1105 07000 ('one', 'one')");
            client.command("\2gone");
            assertThat(client.error("db")).isEqualTo("1105 07000 ('one', 'one')");
            client.query("USE other");
            assertThat(client.error("db")).isEqualTo("1105 07000 ('other', 'other')");
        }
    }

    @Test
    @Tag("P-66")
    void withoutABackendThereIsNoServer() {
        try (Rig rig = Rig.of("""
                seen = []
                def connect_server(proxy):
                    seen.append(proxy.connection.server)
                def read_auth_result(proxy, auth):
                    proxy.connection.backend_ndx = -1
                    seen.append(proxy.connection.server)
                def read_query(proxy, packet):
                    seen.append((proxy.connection.server, proxy.connection.backend_ndx))
                    proxy.response = {'type': 255, 'errmsg': repr(seen)}
                    return proxy.PROXY_SEND_RESULT
                """)) {
            assertThat(rig.login().error("x")).isEqualTo("1105 07000 [None, None, (None, -1)]");
        }
    }

    @Test
    void theBackendIndexIsAnInt() {
        try (Eval eval = new Eval("c = proxy.connection")) {
            for (String wrong : new String[] {"'x'", "None", "0L", "0.0"}) {
                eval.fails(
                        "c.backend_ndx = " + wrong,
                        "ValueError: connection.backend_ndx can only be assigned to a int.");
            }
            eval.gives("c.backend_ndx", "0")
                    .does("c.backend_ndx = 7; assert c.backend_ndx == 7 and c.server is not None")
                    .does("c.backend_ndx = -5; assert c.backend_ndx == -5 and c.server is not None");
            assertThat(eval.of("exec del c.backend_ndx")).startsWith("TypeError: ");
        }
    }

    @Test
    void theOptionsAreInTheConfig() {
        try (Eval eval = new Eval("c = proxy.globals.config")) {
            eval.gives(
                            "c.address, c.backend_addresses, c.read_only_backend_addresses",
                            "('127.0.0.1:0', ('" + eval.rig.backend.address() + "',), ())")
                    .gives("c.fix_bug_25371, c.profiling, c.pool_change_user, c.start_proxy", "(0, 1, 1, 1)")
                    .gives("c.python_script", "'" + eval.rig.script + "'")
                    .does("c.rwsplit = 5")
                    .gives("c.rwsplit, c is proxy.globals.config, proxy.globals is proxy.globals", "(5, True, True)")
                    .fails("c.backend_addresses = 1", "TypeError: readonly attribute")
                    .fails("c.read_only_backend_addresses = 1", "TypeError: readonly attribute")
                    .fails("c.address = 1", "AttributeError: attribute 'address' of 'Config' objects is not writable");
        }
    }
}

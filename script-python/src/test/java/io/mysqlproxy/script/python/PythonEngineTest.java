package io.mysqlproxy.script.python;

import io.mysqlproxy.script.ScriptEngine;
import io.mysqlproxy.script.ScriptEngineTck;
import io.mysqlproxy.script.TckScript;

/** The contract that all engines share, in Python. */
class PythonEngineTest extends ScriptEngineTck {
    @Override
    protected ScriptEngine engine() {
        return new PythonEngine();
    }

    @Override
    protected int firstIndex() {
        return 0;
    }

    @Override
    protected String asking(String expression) {
        return """
                def read_query(proxy, packet):
                    try:
                        %s
                    except AttributeError:
                        return 0
                    return 1
                """.formatted(expression);
    }

    @Override
    protected String text(TckScript script) {
        return switch (script) {
            case SYNTAX_ERROR -> "x = 1\ndef (\n";
            case BODY_ERROR -> "x = 1\n\nraise ValueError('body broke')\n";
            case HOOK_ERROR -> "def read_query(proxy, packet):\n\n    raise ValueError('hook broke')\n";
            case RECURSION -> "def read_query(proxy, packet):\n    return read_query(proxy, packet)\n";
            case DECISIONS -> """
                    def read_query(proxy, packet):
                        if packet == 'zero':
                            return 0
                        if packet == 'send':
                            return proxy.PROXY_SEND_QUERY
                        if packet == 'result':
                            return proxy.PROXY_SEND_RESULT

                    def disconnect_client(proxy):
                        pass
                    """;
            case LATE_HOOK -> "globals()['read' + '_query'] = lambda proxy, packet: 7\n";
            case COUNTER -> """
                    n = 0
                    def read_query(proxy, packet):
                        global n
                        n += 1
                        return n
                    """;
            case ATTRIBUTE -> """
                    def read_query(proxy, packet):
                        proxy.seen = getattr(proxy, 'seen', 0) + 1
                        return proxy.seen
                    """;
            case STORE -> """
                    def read_query(proxy, packet):
                        if not hasattr(proxy.globals, 'n'):
                            proxy.globals.n = 0
                        proxy.globals.n += 1
                        return proxy.globals.n
                    """;
            case STORE_IN_BODY -> """
                    proxy.globals.started = 3
                    def read_query(proxy, packet):
                        return proxy.globals.started
                    """;
            case RESPONSE -> """
                    def read_query(proxy, packet):
                        proxy.response = {
                            'type': 255, 'errmsg': 'a\\xff\\x00', 'truth': True, 'lie': False, 'fraction': 2.9,
                            'nothing': None,
                            'resultset': {
                                'fields': [('a', 3), {'name': 'b'}],
                                'rows': [('x', None, 12), ['y']],
                            },
                            'packets': ('p1', 'p2'),
                        }
                    """;
            case BYTES -> """
                    def read_query(proxy, packet):
                        proxy.response.packet = packet
                        proxy.connection.label = packet
                        return len(packet)
                    """;
            case LABEL -> "def read_query(proxy, packet):\n    proxy.response.packet = proxy.connection.label\n";
            case RECORD_ARGUMENT -> "def read_auth_result(proxy, auth):\n    proxy.response.packet = auth.packet\n";
            case EQUALITY -> """
                    def read_query(proxy, packet):
                        c = proxy.connection
                        return int(c == proxy.connection and c.item == c.item and not c == c.item)
                    """;
            case VALUES -> """
                    def read_query(proxy, packet):
                        for name in 'whole', 'big', 'real', 'text', 'truth':
                            setattr(proxy.response, name, getattr(proxy.connection, name))
                    """;
            case NOTHING -> "def read_query(proxy, packet):\n    return proxy.connection.nothing is None\n";
            case SET_INDEX -> "def read_query(proxy, packet):\n    proxy.connection.place = 0\n";
            case GET_INDEX -> "def read_query(proxy, packet):\n    return proxy.connection.place\n";
            case SET_VALUES -> """
                    def read_query(proxy, packet):
                        proxy.connection.weight = 2 ** 40
                        proxy.connection.closing = True
                    """;
            default -> lookingAtMembers(script);
        };
    }

    private static String lookingAtMembers(TckScript script) {
        return switch (script) {
            case READ_ONLY -> raising("proxy.connection.whole = 1", "AttributeError");
            case CAUGHT -> raising("proxy.connection.broken", "ValueError");
            case UNAVAILABLE -> raising("proxy.connection.unavailable", "ValueError");
            case MISSING_ARGUMENT -> raising("proxy.queries.append(1)", "TypeError");
            case WRONG_ARGUMENT -> raising("proxy.queries.append('x', 'y')", "TypeError");
            case PAST_ITEMS -> raising("proxy.items[3]", "IndexError");
            case NOT_CAUGHT -> "def read_query(proxy, packet):\n    return proxy.connection.broken\n";
            case FLAGS -> """
                    def read_query(proxy, packet):
                        flags = proxy.connection.flags
                        return bool(flags.up) and not flags.down
                    """;
            case ITEMS -> """
                    def read_query(proxy, packet):
                        proxy.response.names = ''.join([proxy.items[i].name for i in range(len(proxy.items))])
                        return len(proxy.items)
                    """;
            case KEYED -> "def read_query(proxy, packet):\n    proxy.response.name = proxy.users[packet].name\n";
            case EACH -> """
                    def read_query(proxy, packet):
                        cells, nothing = '', 0
                        for look in 1, 2:
                            for row in proxy.connection.rows:
                                cells += row[0]
                                nothing += row[1] is None
                        proxy.response.cells = cells
                        return nothing
                    """;
            case LIST -> """
                    def read_query(proxy, packet):
                        first, second = proxy.connection.pair
                        proxy.response = {'first': first, 'second': second.name}
                        return len(proxy.connection.pair)
                    """;
            case OPTIONS -> """
                    def read_query(proxy, packet):
                        proxy.queries.append(1, "x")
                        proxy.queries.append(1, "x", True)
                        proxy.queries.append(1, "x", resultset_is_needed=True)
                        proxy.queries.append(1, "x", {'resultset_is_needed': True, 'unknown': 1})
                        return len(proxy.queries)
                    """;
            case RECORD -> "def read_query(proxy, packet):\n    proxy.queries.note({'name': 'n', 'size': 5})\n";
            case CELLS -> "def read_query(proxy, packet):\n    proxy.queries.note({packet: 'v', 'n': 5})\n";
            case CELL_NAMES -> "def read_query(proxy, packet):\n    proxy.queries.note({7: 'v'})\n";
            case MAP -> """
                    import mysql.tck as tck
                    def read_query(proxy, packet):
                        d = tck.describe(True)
                        proxy.response = {'name': d['name'], 'size': d['size']}
                        return int(isinstance(d, dict) and d['given'] and d['nothing'] is None)
                    """;
            case REFUSALS -> """
                    import mysql.tck as tck
                    def read_query(proxy, packet):
                        n = 0
                        for how, error in (('missing', KeyError), ('bad', TypeError)):
                            try:
                                tck.refuse(how)
                            except error:
                                n += 1
                        return n
                    """;
            case MODULE -> """
                    import mysql.tck as tck
                    from mysql.tck import twice
                    def read_query(proxy, packet):
                        import mysql.tck
                        assert mysql.tck.twice(21) == twice(21)
                        return tck.twice(21)
                    """;
            default -> throw new AssertionError(script);
        };
    }

    private static String raising(String statement, String error) {
        return """
                def read_query(proxy, packet):
                    try:
                        %s
                    except %s, e:
                        proxy.response.message = str(e)
                        return 1
                    return 0
                """.formatted(statement, error);
    }
}

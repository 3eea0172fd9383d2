package io.mysqlproxy.launcher.python;

import static org.assertj.core.api.Assertions.assertThat;

/** Expressions, each evaluated in a {@code read_query} of its own; the client gets what {@code repr} makes of the value. */
final class Eval implements AutoCloseable {
    private static final String SCRIPT = """
            def answer(proxy, text):
                proxy.response = {'type': proxy.MYSQLD_PACKET_OK, 'resultset': {'fields': [('value',)], 'rows': [[text]]}}
                return proxy.PROXY_SEND_RESULT
            def read_query(proxy, packet):
                if packet[1:5] == 'raw ':
                    return
                names = {'proxy': proxy}
                text = packet[1:]
                try:
                    exec SETUP in names
                    if text[:5] == 'exec ':
                        exec text[5:] in names
                        value = 'done'
                    else:
                        value = repr(eval(text, names))
                except Exception as e:
                    value = '%s: %s' % (type(e).__name__, e)
                proxy.queries.reset()
                return answer(proxy, value)
            """;

    final Rig rig;
    final RawClient client;

    /** @param setup a statement that runs before each expression */
    Eval(String setup) {
        rig = Rig.of("SETUP = '''" + setup + "'''\n" + SCRIPT);
        client = rig.login();
    }

    /** The value, or {@code Type: text} of what was raised. */
    String of(String expression) {
        return client.cell(expression);
    }

    Eval gives(String expression, String value) {
        assertThat(of(expression)).as(expression).isEqualTo(value);
        return this;
    }

    Eval raises(String expression, String error) {
        return gives(expression, error);
    }

    /** A statement that has to succeed. */
    Eval does(String statement) {
        return gives("exec " + statement, "done");
    }

    /** A statement that fails. */
    Eval fails(String statement, String error) {
        return gives("exec " + statement, error);
    }

    @Override
    public void close() {
        rig.close();
    }
}

package io.mysqlproxy.launcher.python;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.script.FailureMode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hook returns or raises, and what that means (python-api.md 2.1, 2.3, 2.8). */
class ReadQueryIT {
    private static final String FAILED = "1105 07000 PyProxy: Call read_query() failed. Check the error log.";

    @ParameterizedTest
    @ValueSource(strings = {"'x'", "1L", "1.0", "object()", "[]"})
    @Tag("P-14")
    void anythingButAnIntIsAnError(String value) {
        try (Rig rig = Rig.of("""
                def read_query(proxy, packet):
                    if packet == '\\3bad':
                        return %s
                """.formatted(value))) {
            RawClient client = rig.login();

            assertThat(client.error("bad")).isEqualTo("1105 07000 PyProxy: read_query() return value invalid.");
            assertThat(client.cell("good")).isEqualTo("good");
            assertThat(rig.backend.queries()).containsExactly("good");
            assertThat(rig.log()).contains("ERROR PyProxy: read_query() return value invalid.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"True", "False", "None", "proxy.PROXY_SEND_QUERY", "0"})
    @Tag("P-15")
    void anEmptyQueueIsForwarded(String value) {
        try (Rig rig = Rig.of("def read_query(proxy, packet):\n    return " + value)) {
            assertThat(rig.login().cell("SELECT 1")).isEqualTo("SELECT 1");
            assertThat(rig.backend.queries()).containsExactly("SELECT 1");
            assertThat(rig.log()).noneMatch(line -> line.startsWith("ERROR"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.PROXY_IGNORE_RESULT", "3", "99", "-1"})
    @Tag("P-23")
    void anyOtherNumberIsLoggedAndForwarded(String value) {
        try (Rig rig = Rig.of("""
                def read_query(proxy, packet):
                    proxy.queries.append(1, packet + ' queued')
                    return %s
                """.formatted(value))) {
            RawClient client = rig.login();

            assertThat(client.cell("SELECT 1")).isEqualTo("SELECT 1");
            client.assertInStep();
            assertThat(rig.backend.queries()).containsExactly("SELECT 1");
            assertThat(rig.log()).anyMatch(line -> line.startsWith("ERROR"));
        }
    }

    @Test
    @Tag("P-16")
    @Tag("P-17")
    void anExceptionIsTheClientsError() {
        try (Rig rig = Rig.of("""
                def read_query(proxy, packet):
                    if packet == '\\3queue':
                        proxy.queries.append(1, packet)
                    if packet[1:] in ('queue', 'bad'):
                        raise ValueError('wrong')
                """)) {
            RawClient client = rig.login();

            assertThat(client.error("bad")).isEqualTo(FAILED);
            assertThat(client.error("queue")).isEqualTo(FAILED);
            assertThat(client.cell("good")).isEqualTo("good");
            client.assertInStep();
            assertThat(rig.backend.queries()).containsExactly("good");
            assertThat(rig.log()).contains("ERROR PyProxy: Call read_query() error. See the error log.");
            assertThat(rig.captured.err())
                    .contains("Traceback (most recent call last):")
                    .contains("File \"" + rig.script + "\", line 5, in read_query")
                    .contains("ValueError: wrong");
        }
    }

    @Test
    void aHookOfTheWrongArityIsAnException() {
        try (Rig rig = Rig.of("def read_query(proxy):\n    pass")) {
            assertThat(rig.login().error("x")).isEqualTo(FAILED);
            assertThat(rig.captured.err()).contains("TypeError: read_query() takes exactly 1 argument (2 given)");
        }
    }

    @Test
    void withProceedAFailureIsOnlyLogged() {
        try (Rig rig = Rig.of(new FakeBackend(), """
                def read_query(proxy, packet):
                    proxy.queries.append(1, 'never')
                    if packet == '\\3value':
                        return 'x'
                    raise ValueError('wrong')
                """, options -> options.onError(FailureMode.PROCEED))) {
            RawClient client = rig.login();

            assertThat(client.cell("value")).isEqualTo("value");
            assertThat(client.cell("error")).isEqualTo("error");
            assertThat(rig.backend.queries()).containsExactly("value", "error");
            assertThat(rig.captured.err()).contains("ValueError: wrong");
        }
    }

    @Test
    @Tag("P-16")
    void anEndlessRecursionCostsItsCommandAndAFewLines() {
        try (Rig rig = Rig.of("""
                def ping(n):
                    return pong(n)
                def pong(n):
                    return ping(n)
                def read_query(proxy, packet):
                    if packet == '\\3endless':
                        return ping(1)
                """)) {
            RawClient client = rig.login();

            assertThat(client.error("endless"))
                    .isEqualTo("1105 07000 PyProxy: Call read_query() failed. Check the error log.");
            assertThat(client.cell("value")).isEqualTo("value");
            assertThat(rig.captured.err().lines().count()).isLessThan(100);
            assertThat(rig.captured.err())
                    .contains("in read_query", "in ping", " lines more ...", "RuntimeError: maximum recursion");
        }
    }

    @Test
    @Tag("J-16")
    @Tag("J-20")
    @Tag("P-36")
    void isCalledForEveryCommand() {
        try (Rig rig = Rig.of("""
                seen = []
                def read_query(proxy, packet):
                    if packet == '\\3seen':
                        proxy.response = {'type': 0, 'resultset': {'fields': [('s',)], 'rows': [[repr(seen)]]}}
                        return proxy.PROXY_SEND_RESULT
                    seen.append(packet)
                """)) {
            RawClient client = rig.login();
            String[] queries = {
                "LOAD DATA INFILE 'x' INTO TABLE t",
                "show errors limit 1",
                "select @@error_count",
                "LOADX",
                "SHOW WARNINGS",
                "S",
                ""
            };
            for (String query : queries) {
                client.answer(query);
            }
            client.assertInStep();

            StringBuilder expected = new StringBuilder();
            for (String query : queries) {
                expected.append(query.contains("'") ? "\"\\x03" + query + "\"" : "'\\x03" + query + "'")
                        .append(", ");
            }
            assertThat(client.cell("seen")).isEqualTo("[" + expected + "'\\x0e']");
        }
    }

    @Test
    void quitIsACommandToo() {
        try (Rig rig = Rig.of("""
                def read_query(proxy, packet):
                    if packet == '\\1':
                        proxy.response = {'type': proxy.MYSQLD_PACKET_OK}
                        return proxy.PROXY_SEND_RESULT
                """)) {
            RawClient client = rig.login();

            assertThat(client.command("\1").first()).isZero();
            assertThat(client.cell("after")).isEqualTo("after");
            assertThat(rig.backend.received).doesNotContain("\1");
        }
    }

    @Test
    @Tag("J-15")
    void aPacketIsWholeWhateverIsInIt() {
        try (Rig rig = Rig.of("""
                def read_query(proxy, packet):
                    proxy.response = {'type': 0, 'resultset': {'fields': [('n',), ('a\\0b',)],
                        'rows': [[len(packet), packet[1:4] + packet[-3:]]]}}
                    return proxy.PROXY_SEND_RESULT
                """)) {
            RawClient client = rig.login();

            String longOne = "a\0b" + "x".repeat(Packets.PART + 10) + "y\0z";
            client.send(0, Packets.bytes("\3" + longOne));
            client.read();
            assertThat(client.read().text()).contains("n");
            assertThat(client.read().text()).contains("a\0b");
            client.read();
            assertThat(client.read().text()).isEqualTo("\10" + (longOne.length() + 1) + "\6a\0by\0z");
            assertThat(client.read().first()).isEqualTo(0xFE);
        }
    }

    @Test
    @Tag("P-38")
    void aHugeQueryArrivesInOnePiece() {
        try (Rig rig = Rig.of("""
                def read_query(proxy, packet):
                    proxy.queries.append(1, '\\3%d %d' % (len(packet), packet.count('\\0')))
                    return proxy.PROXY_SEND_QUERY
                """)) {
            RawClient client = rig.login();

            String query = "\0".repeat(3) + "q".repeat(17_000_000);
            assertThat(client.cell(query)).isEqualTo(query.length() + 1 + " 3");
        }
    }
}

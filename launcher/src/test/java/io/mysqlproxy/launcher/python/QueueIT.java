package io.mysqlproxy.launcher.python;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The injection queue and {@code read_query_result} (python-api.md 2.9, 2.10, 3.7). */
class QueueIT {
    /** Runs the words of a query as queries of their own, numbered from 1, buffered. */
    private static final String WORDS = """
            def read_query(proxy, packet):
                for i, word in enumerate(packet[1:].split()):
                    proxy.queries.append(i + 1, '\\3' + word, True)
                return proxy.PROXY_SEND_QUERY
            def read_query_result(proxy, inj):
            """;

    @ParameterizedTest
    @ValueSource(strings = {"", ", True"})
    @Tag("P-24")
    void aResultNobodyAskedAboutIsForwarded(String buffered) {
        try (Rig rig = Rig.of("""
                def read_query(proxy, packet):
                    proxy.queries.append(1, packet%s)
                    return proxy.PROXY_SEND_QUERY
                """.formatted(buffered))) {
            RawClient client = rig.login();

            assertThat(client.cell("SELECT 1")).isEqualTo("SELECT 1");
            client.assertInStep();
            assertThat(rig.backend.queries()).containsExactly("SELECT 1");
        }
    }

    @Test
    @Tag("P-25")
    void ignoredResultsStayWithTheProxy() {
        try (Rig rig = Rig.of(WORDS + "    return proxy.PROXY_IGNORE_RESULT if inj.id == 1 else None")) {
            RawClient client = rig.login();

            assertThat(client.cell("one two")).isEqualTo("two");
            client.assertInStep();
        }
    }

    @Test
    @Tag("P-26")
    void theFirstResultThatIsSentIsTheOnlyOne() {
        try (Rig rig = Rig.of(WORDS + "    return None")) {
            RawClient client = rig.login();

            assertThat(client.cell("one two")).isEqualTo("one");
            client.assertInStep();
            assertThat(rig.backend.queries()).containsExactly("one", "two");
            assertThat(rig.log())
                    .anyMatch(
                            line -> line.startsWith(
                                    "ERROR got asked to send a resultset, but ignoring it as we already have sent 1 resultset"));
        }
    }

    @Test
    void aSecondAnswerIsNotSentEither() {
        try (Rig rig = Rig.of(WORDS + """
                    proxy.response = {'type': proxy.MYSQLD_PACKET_ERR, 'errmsg': inj.query[1:]}
                    return proxy.PROXY_SEND_RESULT
                """)) {
            RawClient client = rig.login();

            assertThat(client.error("one two")).isEqualTo("1105 07000 one");
            client.assertInStep();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "3", "17"})
    void aMeaninglessNumberDropsTheResult(String code) {
        try (Rig rig = Rig.of(WORDS + "    return " + code + " if inj.id == 1 else None")) {
            RawClient client = rig.login();

            assertThat(client.cell("one two")).isEqualTo("two");
            client.assertInStep();
            assertThat(rig.log())
                    .contains("INFO return-code for read_query_result() was neither PROXY_SEND_RESULT or "
                            + "PROXY_IGNORE_RESULT, will ignore the result");
        }
    }

    @Test
    @Tag("P-27")
    void twoStreamsAreOneTooMany() {
        try (Rig rig = Rig.of("""
                def read_query(proxy, packet):
                    proxy.queries.append(1, '\\3one')
                    proxy.queries.append(2, '\\3two')
                    return proxy.PROXY_SEND_QUERY
                """)) {
            RawClient client = rig.login();

            assertThat(client.cell("x")).isEqualTo("one");
            client.assertClosed();
            assertThat(rig.backend.queries()).containsExactly("one");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.PROXY_IGNORE_RESULT", "proxy.PROXY_SEND_RESULT"})
    @Tag("P-28")
    void aStreamedResultCannotBeTakenBack(String code) {
        try (Rig rig = Rig.of("""
                def read_query(proxy, packet):
                    proxy.queries.append(1, packet)
                    return proxy.PROXY_SEND_QUERY
                def read_query_result(proxy, inj):
                    proxy.response = {'type': proxy.MYSQLD_PACKET_OK}
                    return %s
                """.formatted(code))) {
            RawClient client = rig.login();

            assertThat(client.cell("SELECT 1")).isEqualTo("SELECT 1");
            client.assertInStep();
            assertThat(rig.log()).anyMatch(line -> line.startsWith("ERROR (read_query_result)"));
        }
    }

    @Test
    @Tag("P-29")
    void theHookCanQueueMore() {
        try (Rig rig = Rig.of("""
                def read_query(proxy, packet):
                    if packet[0] == '\\3':
                        proxy.queries.append(1, '\\3one', True)
                        return proxy.PROXY_SEND_QUERY
                def read_query_result(proxy, inj):
                    if inj.id == 1:
                        proxy.queries.append(2, '\\3before it: %d' % len(proxy.queries), True)
                        return proxy.PROXY_IGNORE_RESULT
                """)) {
            RawClient client = rig.login();

            assertThat(client.cell("x")).isEqualTo("before it: 0");
            client.assertInStep();
            assertThat(rig.backend.queries()).containsExactly("one", "before it: 0");
        }
    }

    @Test
    @Tag("P-30")
    @Tag("J-43")
    void anAnswerGoesOutBeforeTheQueueRuns() {
        try (Rig rig = Rig.of("""
                results = []
                def read_query(proxy, packet):
                    if packet == '\\3results':
                        proxy.response = {'type': 0, 'resultset': {'fields': [('r',)], 'rows': [[','.join(results)]]}}
                        return proxy.PROXY_SEND_RESULT
                    proxy.queries.append(1, '\\3one', True)
                    proxy.queries.append(2, '\\3two', True)
                    proxy.response = {'type': proxy.MYSQLD_PACKET_OK, 'affected_rows': 9}
                    return proxy.PROXY_SEND_RESULT
                def read_query_result(proxy, inj):
                    results.append(inj.query[1:])
                    if inj.id == 2:
                        return proxy.PROXY_SEND_RESULT
                """)) {
            RawClient client = rig.login();

            Packets.Packet answer = client.query("x");
            assertThat(answer.payload()).isEqualTo(Packets.ok(9, 0, 2, 0));
            assertThat(client.cell("results")).isEqualTo("one,two");
            assertThat(rig.backend.queries()).containsExactly("one", "two");
        }
    }

    @Test
    @Tag("P-31")
    void aQueueThatIsNotAskedForIsDropped() {
        try (Rig rig = Rig.of("""
                def read_query(proxy, packet):
                    proxy.queries.append(1, '\\3other')
                """)) {
            RawClient client = rig.login();

            assertThat(client.cell("SELECT 1")).isEqualTo("SELECT 1");
            client.assertInStep();
            assertThat(rig.backend.queries()).containsExactly("SELECT 1");
            assertThat(rig.log()).anyMatch(line -> line.startsWith("ERROR (read_query) queued 1 queries"));
        }
    }

    @Test
    @Tag("P-32")
    void whatIsPrependedGoesFirst() {
        try (Rig rig = Rig.of("""
                def read_query(proxy, packet):
                    proxy.queries.append(1, packet, True)
                    proxy.queries.prepend(2, '\\3first', True)
                    return proxy.PROXY_SEND_QUERY
                def read_query_result(proxy, inj):
                    return proxy.PROXY_IGNORE_RESULT if inj.id == 2 else None
                """)) {
            assertThat(rig.login().cell("SELECT 1")).isEqualTo("SELECT 1");
            assertThat(rig.backend.queries()).containsExactly("first", "SELECT 1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1, packet, True", "1, packet, 1", "1, packet, resultset_is_needed=True",
                "1, packet, {'resultset_is_needed': True, 'other': 5}", "-7, packet, True",
                        "True, buffer(packet), True",
                "5L, packet.decode('ascii'), True"
            })
    @Tag("P-33")
    @Tag("J-13")
    void aResultIsHeldInEveryForm(String arguments) {
        try (Rig rig = Rig.of("""
                def read_query(proxy, packet):
                    proxy.queries.append(%s)
                    return proxy.PROXY_SEND_QUERY
                def read_query_result(proxy, inj):
                    proxy.response = {'type': 0, 'resultset': {'fields': [('r',)],
                        'rows': [[str(inj.id) + ' ' + list(inj.resultset.rows)[0][0]]]}}
                    return proxy.PROXY_SEND_RESULT
                """.formatted(arguments))) {
            String id = arguments
                    .substring(0, arguments.indexOf(','))
                    .replace("True", "1")
                    .replace("L", "");
            assertThat(rig.login().cell("SELECT 1")).isEqualTo(id + " SELECT 1");
        }
    }

    @Test
    @Tag("P-33")
    @Tag("P-34")
    @Tag("J-13")
    void argumentsAreChecked() {
        try (Eval eval = new Eval("q = proxy.queries")) {
            eval.raises("q.append('1', 'x')", "TypeError: an integer is required")
                    .raises("q.append(None, 'x')", "TypeError: an integer is required")
                    .raises("q.append({}, 'x')", "TypeError: an integer is required")
                    .raises("q.append(1, 'x', 'y')", "TypeError: an integer is required")
                    .raises("q.append(1, 'x', None)", "TypeError: an integer is required")
                    .raises("q.append(1.5, 'x')", "TypeError: integer argument expected, got float")
                    .raises("q.append(1)", "TypeError: function takes at least 2 arguments (1 given)")
                    .raises("q.append(1, 'x', 1, 1)", "TypeError: function takes at most 3 arguments (4 given)")
                    .raises("q.append(1, 2)", "TypeError: argument 2 must be string or read-only buffer, not int")
                    .raises("q.append(1, 'x', x=1)", "TypeError: append() got an unexpected keyword argument 'x'")
                    .raises("q.prepend(1)", "TypeError: function takes at least 2 arguments (1 given)")
                    .raises("q.reset(1)", "TypeError: reset() takes no arguments (1 given)");
            assertThat(eval.of("q.append(1 << 40, 'x')")).startsWith("OverflowError: ");
            assertThat(eval.of("q.append(1, u'\\xe4')")).startsWith("UnicodeEncodeError: ");
            eval.gives("len(q)", "0")
                    .gives("q.append(1, '')", "None")
                    .gives("q.append(2, 'x'), len(q), q.len(), bool(q)", "(None, 1, 1, True)")
                    .gives(
                            "q.append(1, 'x'), q.append(2, 'x'), len(proxy.queries), proxy.queries.len()",
                            "(None, None, 2, 2)")
                    .gives("q.append(1, 'x'), q.reset(), len(q), bool(q)", "(None, None, 0, False)")
                    .raises("q.append(1, 'x') or q[0]", "TypeError: 'Queries' object has no attribute '__getitem__'");
            assertThat(eval.of("list(q)")).startsWith("TypeError: ");
            assertThat(eval.of("q.clear()")).isEqualTo("AttributeError: 'Queries' object has no attribute 'clear'");
        }
    }

    @Test
    @Tag("P-35")
    void aPacketWithNulsIsPassedOnByteForByte() {
        try (Rig rig = Rig.of("""
                def read_query(proxy, packet):
                    proxy.queries.append(1, packet)
                    return proxy.PROXY_SEND_QUERY
                """)) {
            String execute = "\27\1\0\0\0\0\1\0\0\0\0\1\376\0\4a\0b\377";
            assertThat(rig.login().command(execute).first()).isZero();
            assertThat(rig.backend.received).contains(execute);
        }
    }

    @Test
    @Tag("J-37")
    void aCommandIsNeverLeftWithoutAnAnswer() {
        try (Rig rig = Rig.of(WORDS + "    return proxy.PROXY_IGNORE_RESULT")) {
            RawClient client = rig.login();

            assertThat(client.error("one two")).isEqualTo("1105 07000 (proxy) no result was sent for this command");
            assertThat(client.error("again")).isEqualTo("1105 07000 (proxy) no result was sent for this command");
            assertThat(rig.backend.queries()).containsExactly("one", "two", "again");
        }
    }

    @Test
    void aCommandWithoutReplyEndsTheQueue() {
        try (Rig rig = Rig.of("""
                def read_query(proxy, packet):
                    proxy.queries.append(1, packet, True)
                    proxy.queries.append(2, '\\x19\\1\\0\\0\\0', True)
                    proxy.queries.append(3, '\\3never', True)
                    return proxy.PROXY_SEND_QUERY
                """)) {
            RawClient client = rig.login();

            assertThat(client.cell("SELECT 1")).isEqualTo("SELECT 1");
            assertThat(client.cell("SELECT 2")).isEqualTo("SELECT 2");
            assertThat(rig.backend.queries()).containsExactly("SELECT 1", "SELECT 2");
        }
    }

    @Test
    @Tag("P-21")
    void aHookThatFailsOverAHeldResult() {
        try (Rig rig = Rig.of(WORDS + "    assert inj.query != '\\3bad', 'wrong'")) {
            RawClient client = rig.login();

            assertThat(client.error("bad never"))
                    .isEqualTo("1105 07000 PyProxy: Call read_query_result() failed. Check the error log.");
            assertThat(client.cell("good")).isEqualTo("good");
            client.assertInStep();
            assertThat(rig.backend.queries()).containsExactly("bad", "good");
            assertThat(rig.captured.err()).contains("AssertionError: wrong");
        }
    }

    @Test
    @Tag("P-22")
    void aHookThatFailsOverAStreamedResult() {
        try (Rig rig = Rig.of("""
                def read_query(proxy, packet):
                    proxy.queries.append(1, packet)
                    return proxy.PROXY_SEND_QUERY
                def read_query_result(proxy, inj):
                    raise ValueError('wrong')
                """)) {
            RawClient client = rig.login();

            assertThat(client.cell("SELECT 1")).isEqualTo("SELECT 1");
            client.assertInStep();
            assertThat(rig.log()).contains("ERROR PyProxy: Call read_query_result() error. See the error log.");
        }
    }
}

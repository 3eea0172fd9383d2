package io.mysqlproxy.launcher.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.launcher.testing.TestProxy;
import io.mysqlproxy.wire.Capabilities;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A client sees the same packets through each proxy as it sees without one: metadata, rows, status, warnings, counts, texts and
 * sequence ids, in every way of asking, whatever it negotiates (W-18, W-27, W-28, W-29, W-33 to W-35).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DifferentialIT {
    private static final String SCHEMA = "differential";
    private static final List<Question> QUESTIONS = Questions.all();

    /** With {@code -Ddifferential=all} every dialect takes every way, which is four times as long. */
    private static final boolean EVERYTHING = "all".equals(System.getProperty("differential"));

    private final Map<String, TestProxy> proxies = new LinkedHashMap<>();

    /** What a client may negotiate that changes the layout of what it gets. */
    enum Dialect {
        OLD(0),
        NEW(Capabilities.DEPRECATE_EOF),
        TRACKED(Capabilities.SESSION_TRACK),
        NEW_TRACKED(Capabilities.DEPRECATE_EOF | Capabilities.SESSION_TRACK),
        FULL(Capabilities.DEPRECATE_EOF | Capabilities.SESSION_TRACK | Capabilities.QUERY_ATTRIBUTES);

        final long flags;

        Dialect(long flags) {
            this.flags = flags | WireClient.COMMON;
        }

        /** MySQL 8.0.31 does not survive parameters that come in pieces together with attributes. */
        List<Question> answerable() {
            return this == FULL
                    ? QUESTIONS.stream()
                            .filter(question -> !question.hasPieces())
                            .toList()
                    : QUESTIONS;
        }
    }

    /** The proxies, whose scripts change nothing: they let pass, queue what passes, or hold whole results. */
    enum Way {
        LUA_LISTENER("", false),
        PYTHON_LOOKS("looks", true),
        LUA_QUEUES("queues", false),
        PYTHON_HOLDS("holds", true),
        LUA_HOLDS("holds", false),
        PYTHON_LISTENER("", true),
        LUA_LOOKS("looks", false),
        PYTHON_QUEUES("queues", true);

        final String script;
        final boolean python;

        Way(String script, boolean python) {
            this.script = script;
            this.python = python;
        }
    }

    /** The servers. */
    enum Server {
        MYSQL(Servers::mysql),
        MARIADB(Servers::mariadb),
        OLD_MYSQL(Servers::oldMysql);

        final Supplier<DatabaseServer> start;

        Server(Supplier<DatabaseServer> start) {
            this.start = start;
        }
    }

    @Test
    void thereIsEnoughToAsk() {
        assertThat(QUESTIONS).hasSizeGreaterThan(500);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void mysql(Dialect dialect) throws IOException {
        compare(Server.MYSQL, dialect);
    }

    @ParameterizedTest
    @EnumSource(value = Dialect.class, mode = EnumSource.Mode.EXCLUDE, names = "FULL")
    void mariadb(Dialect dialect) throws IOException {
        compare(Server.MARIADB, dialect);
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"OLD", "NEW_TRACKED"})
    void oldMysql(Dialect dialect) throws IOException {
        compare(Server.OLD_MYSQL, dialect);
    }

    private void compare(Server server, Dialect dialect) throws IOException {
        DatabaseServer real = server.start.get();
        for (Asking asking : Asking.values()) {
            List<String> direct = converse(real, real.port(), dialect, asking);
            for (Way way : ways(dialect, asking)) {
                same(direct, converse(real, port(server, way), dialect, asking), asking + " through " + way);
            }
        }
    }

    /** Two ways for each dialect and way of asking, so that both meet every one of them in turn. */
    private static List<Way> ways(Dialect dialect, Asking asking) {
        if (EVERYTHING) {
            return List.of(Way.values());
        }
        int first = 2 * dialect.ordinal() + 3 * asking.ordinal();
        return List.of(Way.values()[first % Way.values().length], Way.values()[(first + 1) % Way.values().length]);
    }

    private static List<String> converse(DatabaseServer server, int port, Dialect dialect, Asking asking)
            throws IOException {
        recreateSchema(server);
        Transcript transcript = new Transcript();
        try (WireClient client = WireClient.login(port, server.nativeAccount(), SCHEMA, dialect.flags, transcript)) {
            ResponseEnd responses = new ResponseEnd(client, transcript);
            for (Question question : dialect.answerable()) {
                transcript.step(question.sql());
                asking.ask(client, responses, question);
            }
        }
        return transcript.steps();
    }

    private static void recreateSchema(DatabaseServer server) throws IOException {
        Transcript unread = new Transcript();
        long flags = WireClient.COMMON;
        try (WireClient client = WireClient.login(server.port(), server.nativeAccount(), "", flags, unread)) {
            ResponseEnd responses = new ResponseEnd(client, unread);
            Asking.TEXT.ask(client, responses, new Question("DROP DATABASE IF EXISTS " + SCHEMA));
            Asking.TEXT.ask(client, responses, new Question("CREATE DATABASE " + SCHEMA));
        }
    }

    /** Only what differs is worth showing. */
    private static void same(List<String> direct, List<String> proxied, String how) {
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < Math.max(direct.size(), proxied.size()); i++) {
            String expected = i < direct.size() ? direct.get(i) : "nothing";
            String actual = i < proxied.size() ? proxied.get(i) : "nothing";
            if (!expected.equals(actual)) {
                differences.add("direct: " + expected + "\nproxied: " + actual);
            }
        }
        assertThat(differences).as(how).isEmpty();
    }

    private int port(Server server, Way way) {
        TestProxy proxy = proxies.computeIfAbsent(server + way.script, key -> {
            Path lua = way.script.isEmpty() ? null : script(way.script + ".lua");
            Path python = way.script.isEmpty() ? null : script(way.script + ".py");
            return TestProxy.to(server.start.get()).lua(lua).python(python).start();
        });
        return way.python ? proxy.pythonPort() : proxy.port();
    }

    private static Path script(String name) {
        try {
            return Path.of(DifferentialIT.class.getResource("../it/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterAll
    void stop() {
        proxies.values().forEach(TestProxy::close);
    }
}

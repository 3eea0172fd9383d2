package io.mysqlproxy.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.launcher.testing.TestProxy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same name, the same behaviour: each pair of samples is run through one scenario, against real servers. */
class SamplesIT {
    private static final String PRINTED = "\nprinted:\n";

    @Test
    void everySampleHasATwinAndAScenario() {
        assertThat(Sample.names("python", ".py")).isEqualTo(Sample.names("lua", ".lua"));
        assertThat(Sample.names("scenarios", ".txt")).isEqualTo(Sample.names("lua", ".lua"));
        assertThat(Sample.names("scenarios", ".expected")).isEqualTo(Sample.names("lua", ".lua"));
    }

    static Stream<Sample> samples() {
        return Sample.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everySampleSaysWhatItShowsAndHowToStartIt(Sample sample) throws IOException {
        assertThat(Files.readString(sample.lua()))
                .startsWith("--[[ " + sample + ": ")
                .containsPattern("(?s)^--\\[\\[[^]]*bin/launcher --plugins=proxy [^]]*--proxy-lua-script=samples/lua/"
                        + sample + "\\.lua\n");
        assertThat(Files.readString(sample.python()))
                .startsWith("\"\"\"" + sample + ": ")
                .containsPattern(
                        "(?s)^\"\"\"[^\"]*bin/launcher --plugins=pyproxy [^\"]*--pyproxy-python-script=samples/python/"
                                + sample + "\\.py\n");
    }

    static Stream<Arguments> samplesAndServers() {
        return Sample.all()
                .flatMap(sample ->
                        Stream.of(Servers.mysql(), Servers.mariadb()).map(server -> Arguments.of(sample, server)));
    }

    @ParameterizedTest
    @MethodSource("samplesAndServers")
    void bothLanguagesDoTheSame(Sample sample, DatabaseServer server) throws Exception {
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        Run lua;
        Run python;
        try (TestProxy proxy =
                TestProxy.to(server).lua(sample.lua()).python(sample.python()).start()) {
            lua = run(sample, server, proxy, "proxy", printed);
            python = run(sample, server, proxy, "pyproxy", printed);
        } finally {
            System.setOut(out);
        }

        String[] expected = (Files.readString(sample.expected()) + PRINTED).split(PRINTED, -1);
        assertThat(lua.transcript()).isEqualTo(expected[0]);
        assertThat(python.transcript()).isEqualTo(lua.transcript());
        // before come the driver's own statements, when it connects
        assertThat(lua.printed()).endsWith(expected[1]);
        assertThat(python.printed()).isEqualTo(lua.printed());
    }

    private static Run run(
            Sample sample, DatabaseServer server, TestProxy proxy, String plugin, ByteArrayOutputStream printed)
            throws IOException, SQLException {
        printed.reset();
        int port = plugin.equals("proxy") ? proxy.port() : proxy.pythonPort();
        String transcript;
        try (Connection connection = DriverManager.getConnection(
                Servers.mysqlUrl(port) + "&useServerPrepStmts=true&readOnlyPropagatesToServer=false",
                server.account().user(),
                server.account().password())) {
            transcript = Transcript.of(connection, Files.readAllLines(sample.scenario()));
            // answered once the script is done with the last statement
            assertThat(connection.isValid(10)).isTrue();
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        return new Run(
                transcript,
                text.replaceAll("\\d+\\.\\d{3} ms", "N ms")
                        .replaceAll("(?m)^(app@127\\.0\\.0\\.1:)\\d+ ", "$1PORT ")
                        .replaceAll("EXECUTE statement \\d+", "EXECUTE statement N"));
    }

    /**
     * What came of a scenario.
     *
     * @param transcript what the client saw
     * @param printed what the script printed, without times, ports and the server's numbers of statements
     */
    private record Run(String transcript, String printed) {}
}

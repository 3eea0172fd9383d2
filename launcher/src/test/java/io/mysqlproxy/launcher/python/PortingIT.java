package io.mysqlproxy.launcher.python;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.python.Packets.Packet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row and every pair of scripts of {@code docs/porting.md}, run in both languages. */
class PortingIT {
    @TempDir
    private static Path folder;

    private static Rig rig;

    @BeforeAll
    static void start() throws IOException {
        rig = rig(Porting.luaScript(), Porting.pythonScript());
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    private static Rig rig(String lua, String python) throws IOException {
        byte[][] columns = {Packets.column("a", 3), Packets.column("b", 253)};
        FakeBackend backend = new FakeBackend()
                .answers("\3rows", FakeBackend.result(columns, 2, Packets.row("x", null), Packets.row("y", "z")));
        Path script = Files.writeString(Files.createTempFile(folder, "script", ".lua"), lua);
        return Rig.of(backend, python, options -> options.lua(script));
    }

    static List<Porting.Case> cases() {
        return Porting.cases();
    }

    @Test
    void theDocumentHasRowsAndScripts() {
        assertThat(Porting.cases()).hasSizeGreaterThan(100);
        assertThat(Porting.pairs()).hasSizeGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void bothFormsGiveWhatTheDocumentSays(Porting.Case row) {
        String query = Integer.toString(row.number());
        try (RawClient lua = RawClient.loggedIn(rig.proxy().port())) {
            assertThat(lua.cell(query)).isEqualTo(row.luaGives());
        }
        try (RawClient python = RawClient.loggedIn(rig.proxy().pythonPort())) {
            assertThat(python.cell(query)).isEqualTo(row.pythonGives());
        }
    }

    static List<Porting.Pair> pairs() {
        return Porting.pairs();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void bothScriptsShowTheClientTheSame(Porting.Pair pair) throws IOException {
        try (Rig both = rig(pair.lua(), pair.python())) {
            List<String> lua = transcript(both.proxy().port());
            assertThat(transcript(both.proxy().pythonPort())).isEqualTo(lua);
        }
    }

    /** All packets of three answers. */
    private static List<String> transcript(int port) {
        List<String> packets = new ArrayList<>();
        try (RawClient client = RawClient.loggedIn(port)) {
            for (String query : List.of("HELLO", "select name", "HELLO")) {
                client.send(0, Packets.bytes("\3" + query));
                Packet packet = client.read();
                packets.add(packet.toString() + packet.text());
                int ends = packet.first() == 0 || packet.first() == 0xFF ? 2 : 0;
                while (ends < 2) {
                    packet = client.read();
                    packets.add(packet.sequence() + packet.text());
                    ends += packet.first() == 0xFE ? 1 : 0;
                }
            }
        }
        return packets.stream()
                .map(text -> text.replaceAll("\\[B@[0-9a-f]+", ""))
                .toList();
    }
}

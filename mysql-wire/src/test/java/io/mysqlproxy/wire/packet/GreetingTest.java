package io.mysqlproxy.wire.packet;

import static io.mysqlproxy.wire.Capabilities.LONG_PASSWORD;
import static io.mysqlproxy.wire.Capabilities.PLUGIN_AUTH;
import static io.mysqlproxy.wire.Capabilities.PROTOCOL_41;
import static io.mysqlproxy.wire.Capabilities.SECURE_CONNECTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.wire.Buffers;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.ProtocolException;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GreetingTest {
    private static final ByteString SCRAMBLE = ByteString.of("01234567890123456789\0");

    @RegisterExtension
    final Buffers buffers = new Buffers();

    @ParameterizedTest
    @Tag("W-05")
    @CsvSource({
        "8.0.46,                        80046",
        "8.0.30,                        80030",
        "9.7.4,                         90704",
        "26.10.0,                       261000",
        "5.5.5-10.6.12-MariaDB,         50505",
        "5.5.5-10.11.9-MariaDB-1:10.11, 50505",
        "11.8.4-MariaDB,                110804",
        "11.4.2-MariaDB,                110402",
        "8.0.36-28,                     80036",
        "8.0.x,                         0",
        "8.0.11-TiDB-v7.5.1,            80011",
        "26.10.1.2,                     261001",
        "8.0,                           0",
        "x8.0.1,                        0",
        "'',                            0",
        "99999999999.1.1,               0"
    })
    @Tag("W-06")
    void makesAVersionANumber(String version, int number) {
        assertThat(Greeting.versionNumber(version)).isEqualTo(number);
    }

    @Test
    @Tag("W-02")
    void refusesVersion9() {
        assertRefused("09 35 2e 30 00", "handshake version 9 is not supported");
    }

    @Test
    @Tag("W-02")
    void keepsTheScramblesTrailingNulAndTakesAPluginNameWithoutOne() {
        ByteBuf written = buffers.of();
        greeting(PROTOCOL_41 | SECURE_CONNECTION | PLUGIN_AUTH | LONG_PASSWORD, SCRAMBLE)
                .write(written);
        ByteBuf cut = written.slice(0, written.writerIndex() - 1);
        Greeting read = Greeting.read(cut);
        assertThat(read.scramble()).isEqualTo(SCRAMBLE);
        assertThat(read.authPlugin()).isEqualTo("mysql_native_password");
        written.release();
    }

    @Test
    @Tag("W-02")
    void partTwoHasAtLeast13Bytes() {
        ByteString twenty = SCRAMBLE.slice(0, 20);
        Greeting greeting = greeting(PROTOCOL_41 | SECURE_CONNECTION | PLUGIN_AUTH, twenty);
        assertThat(again(greeting)).isEqualTo(greeting);
        ByteString forty = ByteString.of("0123456789012345678901234567890123456789");
        assertThat(again(greeting(PROTOCOL_41 | PLUGIN_AUTH, forty)).scramble()).isEqualTo(forty);
    }

    @Test
    void olderServersHaveShorterScrambles() {
        assertThat(again(greeting(PROTOCOL_41 | SECURE_CONNECTION, SCRAMBLE)).scramble())
                .isEqualTo(SCRAMBLE.slice(0, 20));
        assertThat(again(greeting(PROTOCOL_41, SCRAMBLE)).scramble()).isEqualTo(SCRAMBLE.slice(0, 8));
        assertThat(again(greeting(PROTOCOL_41, SCRAMBLE)).authPlugin()).isEmpty();
    }

    @Test
    void theExtendedWordIsMariadbsOnlyWithoutLongPassword() {
        long bulk = Capabilities.MARIADB_STMT_BULK;
        assertThat(again(greeting(PROTOCOL_41 | bulk, SCRAMBLE)).capabilities().extended())
                .isEqualTo(4);
        assertThat(again(greeting(PROTOCOL_41 | LONG_PASSWORD | bulk, SCRAMBLE)).capabilities())
                .isEqualTo(new Capabilities(PROTOCOL_41 | LONG_PASSWORD));
    }

    @Test
    void anErrorInItsPlaceIsNotAGreeting() {
        assertRefused("ff 10 04 54 6f 6f", "handshake version 255");
    }

    @Test
    void aScrambleHasToFit() {
        assertThatThrownBy(() -> greeting(0, ByteString.of("short"))).isInstanceOf(IllegalArgumentException.class);
    }

    private void assertRefused(String hex, String message) {
        ByteBuf payload = buffers.hex(hex);
        assertThatThrownBy(() -> Greeting.read(payload))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining(message);
        payload.release();
    }

    private Greeting again(Greeting greeting) {
        ByteBuf written = buffers.of();
        greeting.write(written);
        Greeting read = Greeting.read(written);
        assertThat(written.isReadable()).isFalse();
        written.release();
        return read;
    }

    private static Greeting greeting(long capabilities, ByteString scramble) {
        return new Greeting("8.0.46", 7, scramble, new Capabilities(capabilities), 255, 2, "mysql_native_password");
    }
}

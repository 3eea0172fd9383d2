package io.mysqlproxy.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** launcher-and-admin.md 1.2. */
class AddressTest {
    private static final String FORM = "IP-address has to be in the form [<ip>][:<port>], is '%s'. ";

    @ParameterizedTest
    @CsvSource({
        "db.example:3307, db.example, 3307",
        "127.0.0.1:3306, 127.0.0.1, 3306",
        ":4040, 0.0.0.0, 4040",
        ":0, 0.0.0.0, 0",
        "db.example, db.example, 3306",
        "14060, 14060, 3306",
        "[::1]:3307, ::1, 3307",
        "[::1], ::1, 3306",
        "h:65535, h, 65535",
    })
    void hostAndPort(String text, String host, int port) {
        Address address = Address.parse(text);
        assertThat(address).isEqualTo(new Address(text, host, port));
        assertThat(address.isUnix()).isFalse();
    }

    @Test
    void aPathIsAUnixSocket() {
        Address address = Address.parse("/run/mysqld/mysqld.sock");
        assertThat(address.isUnix()).isTrue();
        assertThat(address.text()).isEqualTo("/run/mysqld/mysqld.sock");
    }

    @ParameterizedTest
    @CsvSource({
        "host:, No port number",
        ":, No port number",
        "host:12x, Failed to parse the port at 'x'",
        "host:x, Failed to parse the port at 'x'",
        "host:-5, Failed to parse the port at '-5'",
        "a:b:c, Failed to parse the port at 'b:c'",
        "[::1]:, No port number",
        "[::1]:9z, Failed to parse the port at 'z'",
        "[::1]3306, Failed to parse the port at '3306'",
        "[::1, No closing bracket",
    })
    void badForms(String text, String reason) {
        assertThatThrownBy(() -> Address.parse(text))
                .isInstanceOf(ConfigException.class)
                .hasMessage(FORM.formatted(text) + reason);
    }

    @ParameterizedTest
    @CsvSource({
        "h:99999, 99999",
        "h:65536, 65536",
        "h:4294970602, 4294970602",
        ":99999999999999999999, 99999999999999999999"
    })
    void badPorts(String text, String port) {
        assertThatThrownBy(() -> Address.parse(text))
                .isInstanceOf(ConfigException.class)
                .hasMessage("illegal value " + port + " for port, only 1 ... 65535 allowed");
    }

    @Test
    void aUnixPathHasToFit() {
        String fits = "/" + "x".repeat(105);
        assertThat(Address.parse(fits).isUnix()).isTrue();
        for (String path : new String[] {fits + "x", "/" + "ü".repeat(53)}) {
            assertThatThrownBy(() -> Address.parse(path))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("unix-path is too long: " + path);
        }
    }
}

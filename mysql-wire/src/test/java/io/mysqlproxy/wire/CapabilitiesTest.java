package io.mysqlproxy.wire;

import static io.mysqlproxy.wire.Capabilities.DEPRECATE_EOF;
import static io.mysqlproxy.wire.Capabilities.LONG_PASSWORD;
import static io.mysqlproxy.wire.Capabilities.MARIADB_STMT_BULK;
import static io.mysqlproxy.wire.Capabilities.PROTOCOL_41;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CapabilitiesTest {
    @Test
    void isASet() {
        Capabilities both = Capabilities.NONE.with(PROTOCOL_41).with(DEPRECATE_EOF);
        assertThat(both.has(PROTOCOL_41 | DEPRECATE_EOF)).isTrue();
        assertThat(both.without(DEPRECATE_EOF).has(PROTOCOL_41 | DEPRECATE_EOF)).isFalse();
        assertThat(both.and(new Capabilities(DEPRECATE_EOF))).isEqualTo(new Capabilities(DEPRECATE_EOF));
    }

    @Test
    void namesItsFlags() {
        assertThat(new Capabilities(LONG_PASSWORD | PROTOCOL_41 | MARIADB_STMT_BULK | 1L << 60))
                .hasToString("Capabilities[LONG_PASSWORD|PROTOCOL_41|MARIADB_STMT_BULK|bit60]");
        assertThat(Capabilities.NONE).hasToString("Capabilities[]");
    }

    @Test
    void relaysOnlyWhatIsUnderstood() {
        assertThat(Capabilities.RELAYED.bits()).isEqualTo(0x11FFF7DFL & ~(1L << 14));
        assertThat(Capabilities.RELAYED.extended()).isZero();
    }

    @Test
    void mariadbsWordNeedsLongPasswordToBeClear() {
        assertThat(new Capabilities(MARIADB_STMT_BULK).extended()).isEqualTo(4);
        assertThat(new Capabilities(MARIADB_STMT_BULK | LONG_PASSWORD).extended())
                .isZero();
        assertThat(new Capabilities(MARIADB_STMT_BULK | DEPRECATE_EOF).standard())
                .isEqualTo(DEPRECATE_EOF);
    }
}

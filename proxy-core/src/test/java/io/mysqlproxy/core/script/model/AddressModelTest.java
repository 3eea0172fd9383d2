package io.mysqlproxy.core.script.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.unix.DomainSocketAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** lua-api.md 3.4. */
class AddressModelTest {
    private static Look look(SocketAddress address) {
        return new Look(AddressModel.of(address));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1, 127.0.0.1:3306, 2",
        "0:0:0:0:0:0:0:1, ::1, [::1]:3306, 10",
        "2001:db8:0:0:0:0:0:1, 2001:db8::1, [2001:db8::1]:3306, 10",
        "fe80:0:0:0:1:2:3:4, fe80::1:2:3:4, [fe80::1:2:3:4]:3306, 10",
        "0:0:0:0:0:0:0:0, ::, [::]:3306, 10",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:3:4:5:6, [2001:db8:1:2:3:4:5:6]:3306, 10",
        "2001:db8:1:2:3:4:0:0, 2001:db8:1:2:3:4::, [2001:db8:1:2:3:4::]:3306, 10",
    })
    void internet(String host, String address, String name, int family) {
        Look look = look(new InetSocketAddress(host, 3306));
        assertThat(look.get("address")).isEqualTo(address);
        assertThat(look.get("name")).isEqualTo(name);
        assertThat(look.get("port")).isEqualTo(3306);
        assertThat(look.get("type")).isEqualTo(family);
    }

    @Test
    void unix() {
        Look look = look(new DomainSocketAddress("/run/mysqld.sock"));
        assertThat(look.get("address")).isEqualTo("/run/mysqld.sock");
        assertThat(look.get("name")).isEqualTo("/run/mysqld.sock");
        assertThat(look.get("port")).isNull();
        assertThat(look.get("type")).isEqualTo(1);
    }

    @Test
    void none() {
        assertThat(AddressModel.of(null)).isNull();
    }
}

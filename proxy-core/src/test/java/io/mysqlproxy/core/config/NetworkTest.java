package io.mysqlproxy.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/40, 'a network has to have from 0 to 32 bits, is ''10.0.0.0/40'''",
        "::1/129, 'a network has to have from 0 to 128 bits, is ''::1/129'''",
        "10.0.0.0/-1, 'a network has to have from 0 to 32 bits, is ''10.0.0.0/-1'''",
        "10.0.0.0/x, 'a network has to be in the form 10.0.0.0/8, is ''10.0.0.0/x'''",
        "localhost/8, 'a network has to be in the form 10.0.0.0/8, is ''localhost/8'''"
    })
    void whatIsNoneIsNamedWithWhatWasExpected(String text, String message) {
        assertThatThrownBy(() -> Network.parse(text))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
    }

    @Test
    void addressesAreInsideByTheirFirstBits() throws Exception {
        Network network = Network.parse("10.32.0.0/11");
        assertThat(network.contains(InetAddress.getByName("10.63.1.2"))).isTrue();
        assertThat(network.contains(InetAddress.getByName("10.64.1.2"))).isFalse();
        assertThat(network.contains(InetAddress.getByName("::1"))).isFalse();
        assertThat(Network.parse("::1").contains(InetAddress.getByName("::1"))).isTrue();
    }
}

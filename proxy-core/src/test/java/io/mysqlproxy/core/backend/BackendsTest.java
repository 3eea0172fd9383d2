package io.mysqlproxy.core.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.config.Address;
import io.mysqlproxy.script.Bytes;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** lua-api.md 6.2, 6.3, 6.6. */
class BackendsTest {
    private long now = 100;

    private final Backend one = backend(1, BackendType.RW);
    private final Backend two = backend(2, BackendType.RW);
    private final Backend readOnly = backend(3, BackendType.RO);
    private final Backends backends = new Backends(List.of(one, two, readOnly), () -> now);

    private Backend backend(int port, BackendType type) {
        return new Backend(
                new Address("h:" + port, "h", port), new InetSocketAddress("127.0.0.1", port), type, () -> now);
    }

    @Test
    void clientsAreSpreadOverReadWriteBackends() {
        for (int expected : new int[] {0, 1, 0, 1}) {
            int chosen = backends.choose(-1);
            assertThat(chosen).isEqualTo(expected);
            backends.get(chosen).attach();
        }
        assertThat(readOnly.clients()).isZero();
    }

    @Test
    void aWishIsGrantedUnlessItIsDown() {
        assertThat(backends.choose(2)).isEqualTo(2);
        readOnly.unreachable();
        assertThat(backends.choose(2)).isZero();
        readOnly.assignState(9);
        assertThat(backends.choose(2)).isEqualTo(2);
    }

    @Test
    void whatIsDownIsNeverChosen() {
        one.unreachable();
        two.attach();
        assertThat(backends.choose(-1)).isEqualTo(1);
        two.unreachable();
        assertThat(backends.choose(-1)).isEqualTo(-1);
    }

    @Test
    void aWishOutOfRangeIsNone() {
        assertThat(backends.choose(3)).isEqualTo(-1);
        assertThat(backends.choose(-7)).isZero();
    }

    @Test
    void anAttemptSetsTheState() {
        assertThat(one.state()).isEqualTo(Backend.UNKNOWN);
        one.connected();
        assertThat(one.state()).isEqualTo(Backend.UP);
        one.unreachable();
        assertThat(one.state()).isEqualTo(Backend.DOWN);
    }

    @Test
    void downBecomesUnknownAfterMoreThanFourSeconds() {
        one.unreachable();
        now += 4;
        backends.sweep();
        assertThat(one.state()).isEqualTo(Backend.DOWN);
        now += 1;
        backends.sweep();
        assertThat(one.state()).isEqualTo(Backend.UNKNOWN);
    }

    @Test
    void aScriptsAssignmentDoesNotRefreshTheTime() {
        one.connected();
        now += 60;
        one.assignState(Backend.DOWN);
        backends.sweep();
        assertThat(one.state()).isEqualTo(Backend.UNKNOWN);
    }

    @Test
    void theSweepRunsOnceASecond() {
        now += 60;
        backends.sweep();
        one.assignState(Backend.DOWN);
        backends.sweep();
        assertThat(one.state()).isEqualTo(Backend.DOWN);
        now += 1;
        backends.sweep();
        assertThat(one.state()).isEqualTo(Backend.UNKNOWN);
    }

    @Test
    void aRepeatedFailureDoesNotPutTheNextAttemptOff() {
        one.unreachable();
        now += 3;
        one.unreachable();
        now += 2;
        backends.sweep();
        assertThat(one.state()).isEqualTo(Backend.UNKNOWN);
    }

    @Test
    void clientsAreNeverFewerThanNone() {
        one.detach();
        assertThat(one.clients()).isZero();
        one.attach();
        assertThat(one.clients()).isEqualTo(1);
    }

    @Test
    void anEmptyNameIsNone() {
        one.uuid(Bytes.utf8("x"));
        assertThat(one.uuid()).isEqualTo(Bytes.utf8("x"));
        one.uuid(Bytes.EMPTY);
        assertThat(one.uuid()).isNull();
        one.uuid(null);
        assertThat(one.uuid()).isNull();
    }

    @Test
    void theListKeepsItsOrder() {
        assertThat(backends.size()).isEqualTo(3);
        assertThat(backends.indexOf(readOnly)).isEqualTo(2);
        assertThat(backends.indexOf(backend(4, BackendType.RW))).isEqualTo(-1);
        assertThat(backends.list()).containsExactly(one, two, readOnly);
    }
}

package io.mysqlproxy.core.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.config.Address;
import io.mysqlproxy.core.leg.Login;
import io.mysqlproxy.core.session.RecordingPeer;
import io.mysqlproxy.script.Bytes;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Idle connections: who gets one, and what becomes of those that end (lua-api.md 6.4). */
class IdlePoolTest {
    private static final Bytes ANN = Bytes.latin1("ann");
    private static final Bytes BOB = Bytes.latin1("bob");

    private static final InetSocketAddress SERVER = InetSocketAddress.createUnresolved("db", 3306);

    private final Backend backend = new Backend(new Address("db:3306", "db", 3306), SERVER, BackendType.RW, () -> 0);
    private final IdlePool pool = backend.pool();

    private record Idle(RecordingPeer peer, ServerLink link) {}

    private Idle idle(Bytes user) {
        Idle idle = made(user);
        pool.put(idle.link);
        return idle;
    }

    private Idle made(Bytes user) {
        RecordingPeer peer = new RecordingPeer(UnpooledByteBufAllocator.DEFAULT, SERVER);
        ServerLink link = new ServerLink(peer, backend);
        link.leg().login(new Login(user, Bytes.EMPTY, Bytes.EMPTY, 8));
        link.authenticated(true);
        return new Idle(peer, link);
    }

    @Test
    @Tag("W-40")
    void oneThatHasEndedBeforeItCameIsNotKept() {
        Idle gone = made(ANN);
        gone.peer.end();
        pool.put(gone.link);

        assertThat(pool.idle(ANN)).isZero();
        assertThat(gone.peer.closed()).isTrue();
        assertThat(backend.clients()).isZero();
    }

    @Test
    @Tag("W-40")
    void oneThatEndsThisVeryMomentIsNotGivenAway() {
        Idle ending = idle(ANN);
        Idle other = idle(ANN);
        ending.peer.end();

        assertThat(pool.take(ANN, link -> true, null)).isSameAs(other.link);
        assertThat(pool.take(ANN, link -> true, null)).isNull();
    }

    @Test
    @Tag("C-109")
    void whoHasNotLoggedInGetsASpareOneThatFits() {
        Idle ann = idle(ANN);
        Idle bob = idle(BOB);

        assertThat(pool.idle(Bytes.EMPTY)).isEqualTo(1);
        assertThat(pool.take(Bytes.EMPTY, link -> link == bob.link, null)).isSameAs(bob.link);
        assertThat(pool.take(BOB, link -> true, null)).isNull();
        pool.minIdle(1);
        assertThat(pool.idle(Bytes.EMPTY)).isZero();
        assertThat(pool.take(Bytes.EMPTY, link -> true, null)).isNull();
        assertThat(pool.take(ANN, link -> true, null)).isSameAs(ann.link);
    }
}

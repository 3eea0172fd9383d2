package io.mysqlproxy.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.backend.ServerOwner;
import io.mysqlproxy.core.leg.Peer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the owners of a server's connection hear when it ends while it changes hands. */
class ServerHandlerTest {
    private final List<Runnable> later = new ArrayList<>();
    private final Owner session = new Owner(later::add);
    private final Owner pool = new Owner(Runnable::run);

    /** The session's own thread has not come to hear of the end before it lets the connection go. */
    @Test
    @Tag("W-40")
    void whoeverGetsAConnectionThatHasEndedHearsOfIt() {
        EmbeddedChannel channel = new EmbeddedChannel();
        ServerChannelPeer peer = new ServerChannelPeer(channel, allocator -> null, session);
        channel.pipeline().addLast(peer.handler());
        channel.close();
        assertThat(peer.ended()).isTrue();

        peer.owner(pool);
        assertThat(pool.ends).isEqualTo(1);

        later.forEach(Runnable::run);
        assertThat(session.ends)
                .as("it has to look whether the connection is still its own")
                .isEqualTo(1);
    }

    @Test
    void theOwnerHearsOfItAtOnce() {
        EmbeddedChannel channel = new EmbeddedChannel();
        ServerChannelPeer peer = new ServerChannelPeer(channel, allocator -> null, session);
        channel.pipeline().addLast(peer.handler());
        peer.owner(pool);
        assertThat(peer.ended()).isFalse();

        channel.close();

        assertThat(pool.ends).isEqualTo(1);
        assertThat(later).isEmpty();
    }

    private static final class Owner implements ServerOwner {
        private final Executor executor;
        private int ends;

        Owner(Executor executor) {
            this.executor = executor;
        }

        @Override
        public void fromServer(Peer peer, ByteBuf bytes) {
            bytes.release();
        }

        @Override
        public void received(Peer peer) {}

        @Override
        public void writabilityChanged(Peer peer) {}

        @Override
        public void serverClosed(Peer peer) {
            ends++;
        }

        @Override
        public void fail(Throwable cause) {
            throw new AssertionError(cause);
        }

        @Override
        public Executor executor() {
            return executor;
        }
    }
}

package io.mysqlproxy.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mysqlproxy.core.config.Address;
import io.mysqlproxy.wire.testing.LogCapture;
import io.netty.channel.Channel;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens to a listening socket, with every way to do I/O. */
class AcceptorTest extends ProxyFixture {
    private final CountDownLatch come = new CountDownLatch(1);
    private Channel listening;

    private void listen() {
        Acceptor acceptor = new Acceptor(transport, new LoopLoads(loops), new OpenFiles(9), client -> come.countDown());
        listening = transport.serverChannel(transport.resolve(Address.parse("127.0.0.1:0")));
        listening.pipeline().addLast(acceptor);
        loops.register(listening).syncUninterruptibly();
        listening.bind(transport.resolve(Address.parse("127.0.0.1:0"))).syncUninterruptibly();
    }

    @AfterEach
    void close() {
        listening.close().syncUninterruptibly();
    }

    @Test
    void aFaultIsNotTriedAgainAtOnceButSoon() throws IOException, InterruptedException {
        listen();
        try (LogCapture log = new LogCapture()) {
            for (int i = 0; i < 5; i++) {
                listening.pipeline().fireExceptionCaught(new IOException("Too many open files"));
            }
            await().until(() -> !listening.config().isAutoRead());
            assertThat(log.lines()).singleElement().asString().contains("Too many open files (24)");
        }
        client(listening.localAddress());
        await().atMost(5, TimeUnit.SECONDS).until(() -> listening.config().isAutoRead());
        assertThat(come.await(5, TimeUnit.SECONDS)).isTrue();
    }
}

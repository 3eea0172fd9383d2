package io.mysqlproxy.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.nio.NioIoHandler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopLoadsTest {
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(3, NioIoHandler.newFactory());
    private final LoopLoads loads = new LoopLoads(group);
    private final EventLoop first = group.next();
    private final EventLoop second = group.next();
    private final EventLoop third = group.next();

    @AfterEach
    void stop() {
        group.shutdownGracefully();
    }

    @Test
    void whoAcceptsKeepsAClientUnlessAnotherHasFewer() {
        assertThat(place(second)).isSameAs(second);
        assertThat(place(second)).isSameAs(first);
        assertThat(place(second)).isSameAs(third);
        assertThat(place(second)).isSameAs(second);
    }

    @Test
    void whereClientsHaveLeftThereIsRoom() {
        List<Channel> clients = new ArrayList<>();
        List<EventLoop> places = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Channel client = new EmbeddedChannel();
            clients.add(client);
            places.add(loads.place(first, client));
        }
        assertThat(places).containsExactlyInAnyOrder(first, first, second, second, third, third);
        clients.get(places.indexOf(third)).close();
        assertThat(place(first)).isSameAs(third);
        assertThat(place(first)).isSameAs(first);
    }

    private EventLoop place(EventLoop accepting) {
        return loads.place(accepting, new EmbeddedChannel());
    }
}

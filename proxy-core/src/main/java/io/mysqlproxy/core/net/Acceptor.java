package io.mysqlproxy.core.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.unix.DomainSocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Takes in who connects to an address, and finds them an event loop. */
final class Acceptor extends ChannelInboundHandlerAdapter {
    /** After a fault, files that nobody may open for example, everything would be tried again at once, and forever. */
    private static final int PAUSE_SECONDS = 1;

    private final Transport transport;
    private final LoopLoads loads;
    private final OpenFiles files;
    private final ChannelInitializer<Channel> welcome;

    /** @param welcome is given each client on the event loop that it stays on */
    Acceptor(Transport transport, LoopLoads loads, OpenFiles files, Consumer<Channel> welcome) {
        this.transport = transport;
        this.loads = loads;
        this.files = files;
        this.welcome = new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel client) {
                welcome.accept(client);
            }
        };
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        Channel client = (Channel) accepted;
        configure(client);
        client.pipeline().addLast(welcome);
        transport.wantsToRead(client);
        loads.place(context.channel().eventLoop(), client).register(client).addListener(registered -> {
            if (!registered.isSuccess()) {
                client.unsafe().closeForcibly();
            }
        });
    }

    private static void configure(Channel client) {
        ChannelConfig config = client.config();
        config.setWriteBufferWaterMark(Listener.WATER_MARK);
        config.setRecvByteBufAllocator(Listener.READS);
        if (!(client instanceof DomainSocketChannel)) {
            config.setOption(ChannelOption.SO_KEEPALIVE, true);
        }
    }

    /** None can be accepted for the moment; those that have come wait. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        files.acceptFailed(cause);
        ServerChannel listening = (ServerChannel) context.channel();
        if (listening.config().isAutoRead()) {
            listening.config().setAutoRead(false);
            listening.eventLoop().schedule(() -> listening.config().setAutoRead(true), PAUSE_SECONDS, TimeUnit.SECONDS);
        }
    }
}

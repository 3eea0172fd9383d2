package io.mysqlproxy.core.net;

import io.mysqlproxy.core.leg.Peer;
import io.mysqlproxy.core.limit.Quota;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Lets only so many clients in from one address. Behind the handler of the PROXY header, so that it knows where a client really
 * comes from: the session begins only if this lets it.
 */
final class AddressGate extends ChannelInboundHandlerAdapter {
    private final Quota<InetAddress> quota;
    private final Peer client;

    AddressGate(Quota<InetAddress> quota, Peer client) {
        this.quota = quota;
        this.client = client;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (!(client.remote() instanceof InetSocketAddress remote)
                || quota.enter(context.channel(), remote.getAddress())) {
            context.fireChannelActive();
            return;
        }
        Refusal refusal =
                new Refusal("Too many connections from " + remote.getAddress().getHostAddress());
        context.pipeline().replace(this, null, refusal);
        refusal.refuse(context.channel());
    }
}

package io.mysqlproxy.core.net;

import io.mysqlproxy.core.config.Address;
import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.core.config.Timeouts;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.limit.Quota;
import io.mysqlproxy.core.net.wrapping.ProxyHeaderHandler;
import io.mysqlproxy.core.session.Phase;
import io.mysqlproxy.core.session.Plugin;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.core.session.admin.AdminLogin;
import io.mysqlproxy.core.session.login.Connecting;
import io.mysqlproxy.core.tls.Tls;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** One bound address: accepts clients and gives each a session of its plugin. */
public final class Listener {
    /**
     * A side that has this much unsent is not drained, and nothing more is read for it until less than the lower number
     * is left. Together with one read of the other side it bounds what a session holds.
     */
    static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    /** A read takes what a peer has been found to send, up to this: every system call less counts when results are long. */
    static final RecvByteBufAllocator READS = new AdaptiveRecvByteBufAllocator(64, 2048, 256 * 1024);

    private static final int BACKLOG = 1024;
    private static final String IN_USE = "Address already in use (98)";

    /** Numbers sessions of all listeners, for logs. */
    private static final AtomicLong SESSION_IDS = new AtomicLong();

    private final Transport transport;
    private final EventLoopGroup loops;
    private final Timeouts timeouts;
    private final OpenFiles files;
    private final Map<Channel, Session> sessions = new ConcurrentHashMap<>();
    private Channel channel;
    private Plugin plugin;
    private Tls tls;

    /** Nothing is bound yet. */
    public Listener(Transport transport, EventLoopGroup loops, Timeouts timeouts) {
        this(transport, loops, timeouts, OpenFiles.ofProcess());
    }

    Listener(Transport transport, EventLoopGroup loops, Timeouts timeouts, OpenFiles files) {
        this.files = files;
        this.transport = transport;
        this.loops = loops;
        this.timeouts = timeouts;
    }

    /**
     * Takes the address, without accepting clients.
     *
     * @throws ConfigException if it is in use or not to be had
     */
    public void bind(Address address) {
        SocketAddress local = transport.resolve(address);
        if (address.isUnix() && StaleSocket.isTaken(Path.of(address.text()))) {
            throw failure(address, IN_USE, null);
        }
        channel = listening(local);
        try {
            loops.register(channel).syncUninterruptibly();
            channel.bind(local).syncUninterruptibly();
        } catch (Exception e) { // sync rethrows whatever the bind threw, checked or not
            channel.close();
            throw failure(address, SystemError.reason(e), e);
        }
    }

    private Channel listening(SocketAddress local) {
        Channel unbound = transport.serverChannel(local);
        unbound.config().setAutoRead(false);
        unbound.config().setOption(ChannelOption.SO_BACKLOG, BACKLOG);
        if (!(local instanceof DomainSocketAddress)) {
            unbound.config().setOption(ChannelOption.SO_REUSEADDR, true);
        }
        unbound.pipeline().addLast(new Acceptor(transport, new LoopLoads(loops), files, this::accept));
        return unbound;
    }

    /**
     * Lets clients in, those that have waited since {@link #bind} included.
     *
     * @throws ConfigException if a file for TLS cannot be used
     */
    public void serve(Plugin plugin) {
        this.plugin = plugin;
        this.tls = new Tls(plugin.protocol());
        channel.config().setAutoRead(true);
    }

    /**
     * Reads the files for TLS again.
     *
     * @return whether there are any
     * @throws ConfigException if one cannot be used; then everything stays as it was
     */
    public boolean reloadTls() {
        if (tls == null || !tls.hasFiles()) {
            return false;
        }
        tls.reload();
        return true;
    }

    /** The bound address. */
    public SocketAddress address() {
        return channel.localAddress();
    }

    /** Lets no one in any more, and ends the sessions there are; each on its own event loop. */
    public void close() {
        if (channel != null) {
            channel.close().syncUninterruptibly();
        }
        sessions.forEach((c, s) -> c.eventLoop().execute(() -> s.end(CloseReason.SHUTDOWN)));
    }

    /** Lets no one in any more, and ends the sessions there are once their commands in flight are through. */
    public void drain() {
        if (channel != null) {
            channel.close().syncUninterruptibly();
        }
        sessions.forEach((c, s) -> c.eventLoop().execute(s::finish));
    }

    /** Who is connected. */
    public Collection<Session> sessions() {
        return List.copyOf(sessions.values());
    }

    /** How many clients are connected. */
    public int clients() {
        return sessions.size();
    }

    private void accept(Channel accepted) {
        int most = plugin.protocol().limits().maxConnections();
        if (most > 0 && sessions.size() >= most) {
            accepted.pipeline().addLast(new Refusal());
            return;
        }
        if (!files.hasRoom()) {
            files.refused();
            accepted.pipeline().addLast(new Refusal());
            return;
        }
        admit(accepted);
    }

    private void admit(Channel accepted) {
        ChannelConnector connector = new ChannelConnector(transport, accepted.eventLoop(), timeouts, tls);
        ChannelPeer peer = new ChannelPeer(accepted, tls::withClient);
        Session session = new Session(SESSION_IDS.incrementAndGet(), plugin, connector, peer);
        connector.session(session);
        sessions.put(accepted, session);
        files.taken();
        accepted.closeFuture().addListener(f -> session.whenEnded(() -> left(accepted)));
        if (accepted.remoteAddress() instanceof InetSocketAddress remote && isAnnounced(remote.getAddress())) {
            accepted.pipeline()
                    .addLast(new ProxyHeaderHandler(timeouts.handshake().toNanos(), peer::announced));
        }
        Phase first = plugin.gate() == null ? new Connecting() : new AdminLogin();
        Quota<InetAddress> addresses = plugin.crowd().addresses();
        if (addresses.limited()) {
            accepted.pipeline().addLast(new AddressGate(addresses, peer));
        }
        accepted.pipeline().addLast(new IdleWatch(session, timeouts), new ClientHandler(session, first));
    }

    private void left(Channel accepted) {
        sessions.remove(accepted);
        plugin.crowd().addresses().leave(accepted);
        files.released();
    }

    private static ConfigException failure(Address address, String reason, Exception cause) {
        return new ConfigException("bind(" + address.text() + ") failed: " + reason, cause);
    }

    /** Whether it is a load balancer, which begins by saying whom it speaks for. */
    private boolean isAnnounced(InetAddress remote) {
        return plugin.protocol().wrapping().proxyNetworks().stream().anyMatch(network -> network.contains(remote));
    }
}

package io.mysqlproxy.core.net;

import io.mysqlproxy.core.config.Address;
import io.mysqlproxy.core.config.ConfigException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.spi.SelectorProvider;

/** The system's way of doing I/O: epoll where its native part loads, NIO otherwise. */
public enum Transport {
    /** Linux, natively; the only one with unix sockets. */
    EPOLL,
    /** Everywhere. */
    NIO;

    /** The best one here. */
    public static Transport best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    /** Makes event loops. */
    public IoHandlerFactory ioHandlers() {
        return this == EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    }

    /**
     * Looks a host name up, once; the first IPv4 or IPv6 address counts.
     *
     * @throws ConfigException if there is none, or unix sockets are not to be had
     */
    public SocketAddress resolve(Address address) {
        if (address.isUnix()) {
            if (this != EPOLL) {
                throw new ConfigException("unix sockets need epoll, which does not load here: " + address.text());
            }
            return new DomainSocketAddress(address.text());
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(address.host()), address.port());
        } catch (UnknownHostException e) {
            throw new ConfigException("cannot resolve '" + address.host() + "'", e);
        }
    }

    /**
     * Makes what is to connect there; TCP_NODELAY is on, as Netty has it by default.
     *
     * @throws ChannelException if the system has no socket left
     */
    Channel channel(SocketAddress remote) {
        if (remote instanceof DomainSocketAddress) {
            return new EpollDomainSocketChannel();
        }
        // One of IPv6 would do for both kinds, at the price of two system calls more.
        SocketProtocolFamily family = family(remote);
        return this == EPOLL
                ? new EpollSocketChannel(family)
                : new NioSocketChannel(SelectorProvider.provider(), family);
    }

    /**
     * A channel that is not registered yet will be read from as soon as it is: said later, that is a system call of its own.
     */
    void wantsToRead(Channel unregistered) {
        if (this == EPOLL) {
            unregistered.unsafe().beginRead();
        }
    }

    /** A listener of IPv4 gets a socket of IPv4: one of IPv6 would take 0.0.0.0 for every address of both kinds. */
    ServerChannel serverChannel(SocketAddress local) {
        if (local instanceof DomainSocketAddress) {
            return new EpollServerDomainSocketChannel();
        }
        SocketProtocolFamily family = family(local);
        return this == EPOLL
                ? new EpollServerSocketChannel(family)
                : new NioServerSocketChannel(SelectorProvider.provider(), family);
    }

    private static SocketProtocolFamily family(SocketAddress address) {
        boolean ipv4 = address instanceof InetSocketAddress inet && inet.getAddress() instanceof Inet4Address;
        return ipv4 ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6;
    }
}

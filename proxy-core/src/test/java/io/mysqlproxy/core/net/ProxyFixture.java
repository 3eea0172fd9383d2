package io.mysqlproxy.core.net;

import io.mysqlproxy.core.backend.Backend;
import io.mysqlproxy.core.backend.BackendType;
import io.mysqlproxy.core.backend.Backends;
import io.mysqlproxy.core.config.Address;
import io.mysqlproxy.core.config.Timeouts;
import io.mysqlproxy.core.hook.Hooks;
import io.mysqlproxy.core.query.Clock;
import io.mysqlproxy.core.session.Plugin;
import io.mysqlproxy.core.session.Session;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A listener on a real socket, with every way to do I/O. */
@ParameterizedClass(name = "{0}")
@EnumSource(Transport.class)
abstract class ProxyFixture {
    @Parameter
    Transport transport;

    Timeouts timeouts = Timeouts.DEFAULT;
    Function<Session, Hooks> hooks = s -> Hooks.NONE;
    EventLoopGroup loops;
    Listener listener;
    Backend backend;
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void startLoops() {
        loops = new MultiThreadIoEventLoopGroup(2, transport.ioHandlers());
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        if (listener != null) {
            listener.close();
        }
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    <T extends AutoCloseable> T closing(T resource) {
        open.add(resource);
        return resource;
    }

    FakeServer server(FakeServer.Script script) throws IOException {
        return closing(new FakeServer(script));
    }

    void bind(Address address) {
        listener = new Listener(transport, loops, timeouts);
        listener.bind(address);
    }

    /** Lets clients in, for one backend. */
    void serve(String backendAddress) {
        Address to = Address.parse(backendAddress);
        backend = new Backend(to, transport.resolve(to), BackendType.RW, () -> 0);
        listener.serve(new Plugin("proxy", new Backends(List.of(backend), () -> 0), false, Clock.OFF, hooks));
    }

    SocketAddress proxy(String backendAddress) {
        bind(Address.parse("127.0.0.1:0"));
        serve(backendAddress);
        return listener.address();
    }

    TestClient client(SocketAddress address) throws IOException {
        return closing(new TestClient(address));
    }
}

package io.mysqlproxy.core.tls;

import io.mysqlproxy.core.config.Address;
import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.core.config.ProtocolConfig;
import io.mysqlproxy.core.config.TlsConfig;
import io.mysqlproxy.core.config.TlsMode;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS as a plugin's legs speak it. Any thread. */
public final class Tls {
    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

    private final Optional<SslContext> clients;
    private final Optional<FutureTask<SslContext>> backends;

    /**
     * Reads the files.
     *
     * @throws ConfigException if one cannot be used
     */
    public Tls(ProtocolConfig config) {
        try {
            clients = config.clientTls().enabled() ? Optional.of(clients(config.clientTls())) : Optional.empty();
        } catch (SSLException | RuntimeException e) {
            throw refusal(e);
        }
        backends = Optional.of(config.backendTls()).filter(TlsConfig::enabled).map(Tls::preparing);
    }

    private static ConfigException refusal(Throwable problem) {
        return problem instanceof ConfigException ours
                ? ours
                : new ConfigException("TLS: " + problem.getMessage(), problem);
    }

    /** Where there is no file to be wrong, the start does not wait: most of the work is Java's own preparation. */
    private static FutureTask<SslContext> preparing(TlsConfig config) {
        FutureTask<SslContext> task = new FutureTask<>(() -> backends(config));
        if (config.cert().isPresent() || config.ca().isPresent()) {
            done(task);
        } else {
            ForkJoinPool.commonPool().execute(task);
        }
        return task;
    }

    /** Does the work unless someone else does or did it. */
    private static SslContext done(FutureTask<SslContext> task) {
        task.run();
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while TLS is prepared", e);
        } catch (ExecutionException e) {
            throw refusal(e.getCause());
        }
    }

    /** Speaks TLS with a client; only where it was offered one. */
    public SslHandler withClient(ByteBufAllocator allocator) {
        return clients.orElseThrow().newHandler(allocator);
    }

    /** Speaks TLS with the backend of an address; only where that is configured. */
    public SslHandler withBackend(ByteBufAllocator allocator, Address address) {
        SslContext context = done(backends.orElseThrow());
        // With its name the server can choose a certificate, and an earlier session can be taken up again.
        return address.isUnix()
                ? context.newHandler(allocator)
                : context.newHandler(allocator, address.host(), address.port());
    }

    private static SslContext clients(TlsConfig config) throws SSLException {
        Identity identity = Identity.of(config).orElseGet(Tls::selfMade);
        SslContextBuilder builder = SslContextBuilder.forServer(
                        identity.key(), identity.chain().toArray(X509Certificate[]::new))
                .sslProvider(SslProvider.JDK)
                .protocols(config.versions());
        config.ca()
                .ifPresent(ca -> builder.trustManager(Pem.certificates(ca))
                        .clientAuth(config.mode().asks(TlsMode.VERIFY_CA) ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL));
        return builder.build();
    }

    private static Identity selfMade() {
        LOG.info("no certificate is configured: made one up, which clients cannot verify");
        return Identity.selfMade();
    }

    private static SslContext backends(TlsConfig config) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .protocols(config.versions())
                .endpointIdentificationAlgorithm(config.mode() == TlsMode.VERIFY_IDENTITY ? "HTTPS" : null);
        Identity.of(config)
                .ifPresent(own -> builder.keyManager(own.key(), own.chain().toArray(X509Certificate[]::new)));
        // As MySQL's clients do: an authority that is named is used, unless TLS is a mere preference.
        if (config.mode().asks(TlsMode.REQUIRED) && config.ca().isPresent()) {
            builder.trustManager(Pem.certificates(config.ca().get()));
        } else {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
        }
        return builder.build();
    }
}

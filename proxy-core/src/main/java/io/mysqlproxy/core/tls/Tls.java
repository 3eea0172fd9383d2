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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS as a plugin's legs speak it. Any thread. */
public final class Tls {
    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

    private final ProtocolConfig config;
    private Identity made;
    private volatile Contexts contexts;

    /** What the files said. */
    private record Contexts(Optional<SslContext> clients, Optional<FutureTask<SslContext>> backends) {}

    /**
     * Reads the files.
     *
     * @throws ConfigException if one cannot be used
     */
    public Tls(ProtocolConfig config) {
        this.config = config;
        reload();
    }

    /**
     * Reads the files again: connections that are made from now on use what they say. One at a time.
     *
     * @throws ConfigException if one cannot be used; then everything stays as it was
     */
    public void reload() {
        try {
            contexts = new Contexts(
                    config.clientTls().enabled() ? Optional.of(clients(config.clientTls())) : Optional.empty(),
                    Optional.of(config.backendTls()).filter(TlsConfig::enabled).map(Tls::preparing));
        } catch (SSLException | RuntimeException e) {
            throw refusal(e);
        }
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

    /** Whether there are files to be read again. */
    public boolean hasFiles() {
        return Stream.of(config.clientTls(), config.backendTls())
                .anyMatch(leg ->
                        leg.enabled() && (leg.cert().isPresent() || leg.ca().isPresent()));
    }

    /** Speaks TLS with a client; only where it was offered one. */
    public SslHandler withClient(ByteBufAllocator allocator) {
        return contexts.clients.orElseThrow().newHandler(allocator);
    }

    /**
     * Speaks TLS with the backend of an address; only where that is configured.
     *
     * @param wished the name that the client wanted to speak with, which the server may choose its certificate by; null for none
     */
    public SslHandler withBackend(ByteBufAllocator allocator, Address address, String wished) {
        SslContext context = done(contexts.backends.orElseThrow());
        // With its name the server can choose a certificate, and an earlier session can be taken up again.
        SslHandler handler = address.isUnix()
                ? context.newHandler(allocator)
                : context.newHandler(allocator, address.host(), address.port());
        // Not where the name is to be proved: it would be the client's choice who the server may be.
        if (wished != null && config.backendTls().mode() != TlsMode.VERIFY_IDENTITY) {
            SSLParameters parameters = handler.engine().getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(wished)));
            handler.engine().setSSLParameters(parameters);
        }
        return handler;
    }

    /** The name that a client of ours wanted to speak with (SNI); null if it gave none. */
    public static String wishedName(SslHandler withClient) {
        return withClient.engine().getSession() instanceof ExtendedSSLSession session
                ? session.getRequestedServerNames().stream()
                        .filter(SNIHostName.class::isInstance)
                        .map(name -> ((SNIHostName) name).getAsciiName())
                        .findFirst()
                        .orElse(null)
                : null;
    }

    private SslContext clients(TlsConfig config) throws SSLException {
        Identity identity = Identity.of(config).orElseGet(this::selfMade);
        SslContextBuilder builder = SslContextBuilder.forServer(
                        identity.key(), identity.chain().toArray(X509Certificate[]::new))
                .sslProvider(SslProvider.JDK)
                .protocols(config.versions());
        config.ca()
                .ifPresent(ca -> builder.trustManager(Pem.certificates(ca))
                        .clientAuth(config.mode().asks(TlsMode.VERIFY_CA) ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL));
        return builder.build();
    }

    private Identity selfMade() {
        if (made == null) {
            LOG.info("no certificate is configured: made one up, which clients cannot verify");
            made = Identity.selfMade();
        }
        return made;
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

package io.mysqlproxy.core.tls;

import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.core.config.TlsConfig;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Who we say we are.
 *
 * @param key the private key
 * @param chain its certificate, and those it was signed with
 */
record Identity(PrivateKey key, List<X509Certificate> chain) {
    private static final int VALID_DAYS = 3650;
    private static final int SERIAL_BITS = 120;
    private static final BigInteger VERSION_3 = BigInteger.TWO;
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.objectId(1, 2, 840, 10045, 4, 3, 2));
    private static final byte[] COMMON_NAME = Der.objectId(2, 5, 4, 3);
    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    /** What is configured; empty if nothing is. */
    static Optional<Identity> of(TlsConfig config) {
        return config.cert()
                .map(cert -> new Identity(Pem.privateKey(config.key().orElseThrow()), Pem.certificates(cert)));
    }

    /** A certificate that nobody signed but its own key, as servers make themselves one: it hides, and proves nothing. */
    static Identity selfMade() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            byte[] content = content(keys);
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(content);
            byte[] encoded = Der.sequence(content, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
            return new Identity(keys.getPrivate(), List.of(certificate));
        } catch (GeneralSecurityException e) {
            throw new ConfigException("no certificate could be made: " + e.getMessage(), e);
        }
    }

    /** RFC 5280, TBSCertificate. */
    private static byte[] content(KeyPair keys) {
        byte[] name = Der.sequence(
                Der.set(Der.sequence(COMMON_NAME, Der.text("mysql-proxy".getBytes(StandardCharsets.UTF_8)))));
        Instant now = Instant.now();
        return Der.sequence(
                Der.context0(Der.integer(VERSION_3)),
                Der.integer(new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(0)),
                ECDSA_WITH_SHA256,
                name,
                Der.sequence(time(now.minus(1, ChronoUnit.DAYS)), time(now.plus(VALID_DAYS, ChronoUnit.DAYS))),
                name,
                keys.getPublic().getEncoded());
    }

    private static byte[] time(Instant instant) {
        return Der.utcTime(UTC_TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
    }

    /** The key is a secret. */
    @Override
    public String toString() {
        return "Identity[" + chain.get(0).getSubjectX500Principal() + "]";
    }
}

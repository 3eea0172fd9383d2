package io.mysqlproxy.core.tls;

import io.mysqlproxy.core.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys and certificates in files as MySQL has them. */
final class Pem {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN (RSA )?PRIVATE KEY-----([^-]+)-----END (RSA )?PRIVATE KEY-----");
    private static final byte[] RSA_ENCRYPTION = Der.sequence(Der.objectId(1, 2, 840, 113549, 1, 1, 1), Der.nothing());

    private Pem() {}

    /** @throws ConfigException if there are none in the file */
    static List<X509Certificate> certificates(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            List<X509Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (certificates.isEmpty()) {
                throw new ConfigException("there is no certificate in " + file);
            }
            return certificates;
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigException("cannot read certificates from " + file + ": " + reason(e), e);
        }
    }

    /** @throws ConfigException if there is none, or it is encrypted */
    static PrivateKey privateKey(Path file) {
        try {
            Matcher key = KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            if (!key.find()) {
                throw new ConfigException("there is no unencrypted PKCS#8 or RSA private key in " + file
                        + "; openssl pkcs8 -topk8 -nocrypt -in KEY makes one of any other");
            }
            byte[] encoded = Base64.getMimeDecoder().decode(key.group(2));
            return privateKey(key.group(1) == null ? encoded : pkcs8(encoded));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new ConfigException("cannot read the private key in " + file + ": " + reason(e), e);
        }
    }

    private static PrivateKey privateKey(byte[] pkcs8) throws GeneralSecurityException {
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(pkcs8);
        GeneralSecurityException last = null;
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (GeneralSecurityException other) {
                last = other;
            }
        }
        throw last;
    }

    /** Servers before MySQL 8.4 make their own keys in the older form, PKCS#1, which Java does not read. */
    private static byte[] pkcs8(byte[] pkcs1) {
        return Der.sequence(Der.integer(BigInteger.ZERO), RSA_ENCRYPTION, Der.octets(pkcs1));
    }

    private static String reason(Exception e) {
        return e instanceof IOException ? e.getClass().getSimpleName() : e.getMessage();
    }
}

package io.mysqlproxy.core.tls;

import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.auth.CachingSha2;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** The RSA key that clients without TLS encrypt their passwords for, where the server behind has to hear them in clear. */
public final class PasswordKey {
    private static final int BITS = 2048;
    private static final String OTHERS = "----------";

    /** How long after the start a key is made that nobody has asked for yet: the start itself wants the processor. */
    private static final int QUIET_SECONDS = 3;

    private final FutureTask<KeyPair> keys;
    private ByteString pem;

    private PasswordKey(FutureTask<KeyPair> keys) {
        this.keys = keys;
    }

    /**
     * The key in a file, which is made if it is not there; without a file one that lasts as long as the process.
     *
     * @throws ConfigException if the file cannot be used, or others may read it
     */
    public static PasswordKey of(Optional<Path> file) {
        return file.map(PasswordKey::read)
                .map(read -> new PasswordKey(new FutureTask<>(() -> read)))
                .orElseGet(() -> OfProcess.KEY);
    }

    /** Made in the background: it takes a while, and most logins never need it. */
    private static final class OfProcess {
        static final PasswordKey KEY = new PasswordKey(new FutureTask<>(PasswordKey::generate));

        static {
            CompletableFuture.delayedExecutor(QUIET_SECONDS, TimeUnit.SECONDS).execute(KEY.keys);
        }
    }

    /** Decrypts. */
    public PrivateKey privateKey() {
        return keys().getPrivate();
    }

    /** Made now if the background has not got to it; a task that has been run already is not run again. */
    private KeyPair keys() {
        keys.run();
        try {
            return keys.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a key is made", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ConfigException ours ? ours : new IllegalStateException(e.getCause());
        }
    }

    /** The public half, as servers send it. */
    public synchronized ByteString pem() {
        if (pem == null) {
            pem = CachingSha2.writeKey(keys().getPublic());
        }
        return pem;
    }

    /** How long an encrypted password is. */
    public int blockLength() {
        return (((RSAPrivateCrtKey) privateKey()).getModulus().bitLength() + Byte.SIZE - 1) / Byte.SIZE;
    }

    private static KeyPair read(Path file) {
        try {
            if (Files.notExists(file)) {
                write(file, generate());
            }
            String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
            if (!OTHERS.endsWith(permissions.substring(3))) {
                throw new ConfigException("others may read the private key in " + file + ": chmod 600");
            }
        } catch (IOException e) {
            throw new ConfigException("cannot use the private key in " + file + ": " + e, e);
        }
        if (!(Pem.privateKey(file) instanceof RSAPrivateCrtKey rsa)) {
            throw new ConfigException("passwords need an RSA key, which " + file + " does not have");
        }
        try {
            RSAPublicKeySpec half = new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent());
            return new KeyPair(KeyFactory.getInstance("RSA").generatePublic(half), rsa);
        } catch (GeneralSecurityException e) {
            throw new ConfigException("cannot use the private key in " + file + ": " + e.getMessage(), e);
        }
    }

    private static void write(Path file, KeyPair keys) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keys.getPrivate().getEncoded());
        String text = "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
        Files.writeString(file, text, StandardCharsets.US_ASCII, StandardOpenOption.WRITE);
    }

    private static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new ConfigException("no RSA key could be made: " + e.getMessage(), e);
        }
    }
}

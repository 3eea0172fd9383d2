package io.mysqlproxy.wire.auth;

import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.ProtocolException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;

/**
 * The method caching_sha2_password. The fast path: {@code SHA256(password) XOR SHA256(SHA256(SHA256(password)) +
 * scramble)}, where the server caches {@code SHA256(SHA256(password))}. The full path: the password and a NUL, inside TLS
 * as they are, otherwise XORed with the scramble and encrypted with the server's RSA key (OAEP with SHA-1). An empty
 * password answers with no bytes. Source: manual, "Caching_sha2_password information".
 */
public final class CachingSha2 {
    /** The plugin's name. */
    public static final String NAME = "caching_sha2_password";

    /** The client asks for the server's key: the whole payload. */
    public static final int REQUEST_KEY = 0x02;

    /** The server, after {@code 01}: the fast path succeeded, and an OK packet follows. */
    public static final int FAST_SUCCESS = 0x03;

    /** The server, after {@code 01}: the password itself is needed. */
    public static final int FULL_AUTH = 0x04;

    /** Two hashes of SHA-1, and two bytes. */
    private static final int OAEP_BYTES = 42;

    private static final String TRANSFORMATION = "RSA/ECB/OAEPWithSHA-1AndMGF1Padding";
    private static final int LENGTH = 32;

    private CachingSha2() {}

    /** What a client answers to a scramble, with or without its trailing NUL. */
    public static ByteString scramble(byte[] password, ByteString scramble) {
        return password.length == 0 ? ByteString.EMPTY : answer(Hash.sha256(password), scramble);
    }

    /** The same for someone who knows only {@code SHA256(password)}, see {@link #recover}. */
    public static ByteString answer(byte[] hash, ByteString scramble) {
        return ByteString.of(Hash.xor(hash, mask(scramble, Hash.sha256(hash))));
    }

    /** {@code SHA256(SHA256(password))}, what a server caches. */
    public static ByteString doubleHash(byte[] password) {
        return ByteString.of(Hash.sha256(Hash.sha256(password)));
    }

    /**
     * Whether an answer fits a cached hash.
     *
     * @param doubleHash {@code SHA256(SHA256(password))}; empty for an empty password
     */
    public static boolean check(ByteString answer, ByteString scramble, ByteString doubleHash) {
        if (answer.length() != LENGTH || doubleHash.isEmpty()) {
            return answer.isEmpty() && doubleHash.isEmpty();
        }
        return Hash.same(Hash.sha256(recover(answer, scramble, doubleHash)), doubleHash);
    }

    /** {@code SHA256(password)} out of a right answer: enough for the fast path elsewhere (W-23). */
    public static byte[] recover(ByteString answer, ByteString scramble, ByteString doubleHash) {
        return Hash.xor(answer.bytes(), mask(scramble, doubleHash.bytes()));
    }

    private static byte[] mask(ByteString scramble, byte[] doubleHash) {
        return Hash.sha256(doubleHash, Scramble.significant(scramble).bytes());
    }

    /**
     * Encrypts a password for a server without TLS.
     *
     * @param password without a NUL, which is added
     * @throws ProtocolException if the password is too long for the key
     */
    public static ByteString encrypt(byte[] password, ByteString scramble, PublicKey key) {
        byte[] terminated = Arrays.copyOf(password, password.length + 1);
        byte[] mixed = Hash.xor(terminated, Scramble.significant(scramble).bytes());
        try {
            return ByteString.of(rsa(Cipher.ENCRYPT_MODE, key, mixed));
        } finally {
            Arrays.fill(terminated, (byte) 0);
            Arrays.fill(mixed, (byte) 0);
        }
    }

    /**
     * The password that a client encrypted for our key, without its NUL; to be wiped by the caller.
     *
     * @throws ProtocolException if the block was not encrypted for this key, or holds no terminated password
     */
    public static byte[] decrypt(ByteString block, ByteString scramble, PrivateKey key) {
        byte[] mixed = rsa(Cipher.DECRYPT_MODE, key, block.bytes());
        byte[] terminated = Hash.xor(mixed, Scramble.significant(scramble).bytes());
        try {
            if (terminated.length == 0 || terminated[terminated.length - 1] != 0) {
                throw new ProtocolException("an encrypted password without its NUL");
            }
            return Arrays.copyOf(terminated, terminated.length - 1);
        } finally {
            Arrays.fill(terminated, (byte) 0);
            Arrays.fill(mixed, (byte) 0);
        }
    }

    /** How many bytes a password has at most that is encrypted for a key: padding takes 42, and its NUL one. */
    public static int longest(PublicKey key) {
        return key instanceof RSAPublicKey rsa ? (rsa.getModulus().bitLength() + 7) / 8 - OAEP_BYTES - 1 : 0;
    }

    private static byte[] rsa(int mode, Key key, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance(TRANSFORMATION);
            cipher.init(mode, key);
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new ProtocolException("RSA password exchange failed: " + e.getMessage());
        }
    }

    /**
     * The key a server sends: PEM, {@code BEGIN PUBLIC KEY}.
     *
     * @throws ProtocolException if it is not such a text
     */
    public static PublicKey readKey(ByteString pem) {
        String base64 = pem.latin1().replaceAll("-----(BEGIN|END) PUBLIC KEY-----|\\s|\0", "");
        try {
            byte[] encoded = Base64.getDecoder().decode(base64);
            return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new ProtocolException("not an RSA public key: " + e.getMessage());
        }
    }

    /** The form in which {@link #readKey} reads it. */
    public static ByteString writeKey(PublicKey key) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return ByteString.of("-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n");
    }
}

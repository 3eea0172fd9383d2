package io.mysqlproxy.wire.auth;

import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.ProtocolException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Digests that every Java has, and the exclusive or that both methods hide them behind. */
final class Hash {
    private Hash() {}

    static byte[] sha1(byte[]... parts) {
        return digest("SHA-1", parts);
    }

    static byte[] sha256(byte[]... parts) {
        return digest("SHA-256", parts);
    }

    private static byte[] digest(String algorithm, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Each byte with one of the key, which starts over where it ends; a peer that sent no scramble gets nothing. */
    static byte[] xor(byte[] bytes, byte[] key) {
        if (key.length == 0) {
            throw new ProtocolException("no scramble to hide a password behind");
        }
        byte[] mixed = new byte[bytes.length];
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = (byte) (bytes[i] ^ key[i % key.length]);
        }
        return mixed;
    }

    /** Takes as long for a wrong answer as for the right one. */
    static boolean same(byte[] one, ByteString other) {
        return MessageDigest.isEqual(one, other.bytes());
    }
}

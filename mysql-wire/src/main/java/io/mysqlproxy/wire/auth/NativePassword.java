package io.mysqlproxy.wire.auth;

import io.mysqlproxy.wire.ByteString;

/**
 * The method mysql_native_password: {@code SHA1(password) XOR SHA1(scramble + SHA1(SHA1(password)))}, where the server
 * knows {@code SHA1(SHA1(password))} only. An empty password answers with no bytes. Source: manual, "Native
 * Authentication".
 */
public final class NativePassword {
    /** The plugin's name. */
    public static final String NAME = "mysql_native_password";

    private static final int LENGTH = 20;

    private NativePassword() {}

    /** What a client answers to a scramble, with or without its trailing NUL. */
    public static ByteString scramble(byte[] password, ByteString scramble) {
        return password.length == 0 ? ByteString.EMPTY : answer(Hash.sha1(password), scramble);
    }

    /** The same for someone who knows only {@code SHA1(password)}, see {@link #recover}. */
    public static ByteString answer(byte[] hash, ByteString scramble) {
        return ByteString.of(Hash.xor(hash, mask(scramble, Hash.sha1(hash))));
    }

    /** {@code SHA1(SHA1(password))}, what a server stores. */
    public static ByteString doubleHash(byte[] password) {
        return ByteString.of(Hash.sha1(Hash.sha1(password)));
    }

    /**
     * Whether an answer fits a stored hash.
     *
     * @param doubleHash {@code SHA1(SHA1(password))}; empty for an empty password
     */
    public static boolean check(ByteString answer, ByteString scramble, ByteString doubleHash) {
        if (answer.length() != LENGTH || doubleHash.isEmpty()) {
            return answer.isEmpty() && doubleHash.isEmpty();
        }
        return Hash.same(Hash.sha1(recover(answer, scramble, doubleHash)), doubleHash);
    }

    /** {@code SHA1(password)} out of a right answer: enough to log in elsewhere (W-23). */
    public static byte[] recover(ByteString answer, ByteString scramble, ByteString doubleHash) {
        return Hash.xor(answer.bytes(), mask(scramble, doubleHash.bytes()));
    }

    private static byte[] mask(ByteString scramble, byte[] doubleHash) {
        return Hash.sha1(Scramble.significant(scramble).bytes(), doubleHash);
    }
}

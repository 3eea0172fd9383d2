package io.mysqlproxy.wire.auth;

import io.mysqlproxy.wire.ByteString;
import java.util.random.RandomGenerator;

/** The random bytes that a password is mixed with. */
public final class Scramble {
    /** Bytes that count; in packets a NUL follows them. */
    public static final int LENGTH = 20;

    private static final int FIRST = 0x21;
    private static final int LAST = 0x7E;

    private Scramble() {}

    /**
     * Twenty new bytes and a NUL. All are of 0x21 to 0x7E and none is {@code $}: some clients end the scramble at a NUL,
     * mangle bytes from 0x80 on, or read {@code $} as a separator (W-03).
     *
     * @param random has to be cryptographic, or the login can be replayed
     */
    public static ByteString generate(RandomGenerator random) {
        byte[] bytes = new byte[LENGTH + 1];
        for (int i = 0; i < LENGTH; i++) {
            int drawn = random.nextInt(FIRST, LAST);
            bytes[i] = (byte) (drawn < '$' ? drawn : drawn + 1);
        }
        return ByteString.of(bytes);
    }

    /** The bytes that count: the first twenty, without the NUL that packets have behind them. */
    public static ByteString significant(ByteString scramble) {
        return scramble.length() > LENGTH ? scramble.slice(0, LENGTH) : scramble;
    }
}

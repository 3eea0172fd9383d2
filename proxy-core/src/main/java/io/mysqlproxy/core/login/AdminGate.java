package io.mysqlproxy.core.login;

import io.mysqlproxy.core.config.server.AdminAccount;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.auth.CachingSha2;
import io.mysqlproxy.wire.auth.NativePassword;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Who may log in to the admin listener, and how long someone waits who may not. Any thread. */
public final class AdminGate {
    private static final long FORGET_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long FIRST_MILLIS = 1000;
    private static final int MOST_DOUBLINGS = 3;

    private final ByteString username;
    private final ByteString nativeHash;
    private final ByteString sha2Hash;
    private int failures;
    private long failedAt;

    /** Keeps hashes of the password, not the password. */
    public AdminGate(AdminAccount account) {
        byte[] password = account.password().getBytes(StandardCharsets.UTF_8);
        username = ByteString.of(account.username());
        nativeHash = NativePassword.doubleHash(password);
        sha2Hash = CachingSha2.doubleHash(password);
    }

    /** Whether this is the account and the native answer to the scramble. */
    public boolean admitsNative(ByteString user, ByteString answer, ByteString scramble) {
        // the answer is checked whatever the name: the time it takes tells nothing about names
        return NativePassword.check(answer, scramble, nativeHash) & user.equals(username);
    }

    /** Whether this is the account and the caching_sha2_password answer to the scramble. */
    public boolean admitsSha2(ByteString user, ByteString answer, ByteString scramble) {
        return CachingSha2.check(answer, scramble, sha2Hash) & user.equals(username);
    }

    /** Someone has failed: the time to let them wait, which doubles with each failure within a minute up to 8 s. */
    public synchronized Duration failed() {
        long now = System.nanoTime();
        failures = now - failedAt > FORGET_NANOS ? 0 : Math.min(failures + 1, MOST_DOUBLINGS);
        failedAt = now;
        return Duration.ofMillis(FIRST_MILLIS << failures);
    }
}

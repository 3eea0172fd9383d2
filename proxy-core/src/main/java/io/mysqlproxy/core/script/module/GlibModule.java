package io.mysqlproxy.core.script.module;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.HostException;
import io.mysqlproxy.script.HostType;
import io.mysqlproxy.script.Kind;
import io.mysqlproxy.script.Member.Parameter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code glib2} (script-libraries.md 6.1, python-api.md 4.6). */
final class GlibModule {
    static final HostType<Object> LUA = functions(
                    About.describe(HostType.<Object>named("glib2"), "LuaGlib2 0.1", "sleep, digest and time of day"))
            .call("get_current_time", List.of(), List.of(), (m, a) -> now());

    static final HostType<Object> PYTHON = functions(HostType.<Object>named("glib2"));

    private GlibModule() {}

    private static HostType<Object> functions(HostType<Object> type) {
        return type.call("usleep", List.of(new Parameter("microseconds", Kind.INTEGER, true)), List.of(), (m, a) -> {
                    sleep((Long) a[0]);
                    return null;
                })
                .call("md5", List.of(new Parameter("text", Kind.BYTES, true)), List.of(), (m, a) -> md5((Bytes) a[0]));
    }

    /** Holds up every script, which is what its callers want to try. */
    private static void sleep(long micros) {
        try {
            TimeUnit.MICROSECONDS.sleep(micros);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HostException("interrupted");
        }
    }

    private static String md5(Bytes text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, Object> now() {
        Instant now = Instant.now();
        return Map.of("tv_sec", now.getEpochSecond(), "tv_usec", now.getNano() / 1000);
    }
}

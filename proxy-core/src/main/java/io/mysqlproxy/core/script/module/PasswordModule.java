package io.mysqlproxy.core.script.module;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.HostType;
import io.mysqlproxy.script.Kind;
import io.mysqlproxy.script.Member.Parameter;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.auth.CachingSha2;
import io.mysqlproxy.wire.auth.NativePassword;
import io.mysqlproxy.wire.auth.Scramble;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code mysql.password} (script-libraries.md 3, python-api.md 4.2): the arithmetic of mysql_native_password, and under names
 * that begin with {@code sha2_} the same for caching_sha2_password, where all hashes have 32 bytes.
 */
final class PasswordModule {
    private static final Logger LOG = LoggerFactory.getLogger(PasswordModule.class);

    private static final int SHA1_LENGTH = 20;
    private static final int SHA2_LENGTH = 32;

    static final HostType<Object> LUA = functions(About.describe(
            HostType.<Object>named("mysql.password"), "LuaMySQLPassword 0.1", "hash, hide and check passwords"));

    static final HostType<Object> PYTHON = functions(HostType.<Object>named("mysql.password"));

    private PasswordModule() {}

    private static HostType<Object> functions(HostType<Object> type) {
        return type.call("hash", bytes("password"), List.of(), (m, a) -> digest("SHA-1", text(a, 0)))
                .call(
                        "scramble",
                        bytes("challenge", "hashed"),
                        List.of(),
                        (m, a) -> fits(SHA1_LENGTH, a, 1)
                                ? bytes(NativePassword.answer(text(a, 1).bytes(), text(a, 0)))
                                : refused("scramble"))
                .call(
                        "unscramble",
                        bytes("challenge", "response", "double_hashed"),
                        List.of(),
                        (m, a) -> fits(SHA1_LENGTH, a, 1, 2)
                                ? Bytes.of(NativePassword.recover(text(a, 1), text(a, 0), text(a, 2)))
                                : refused("unscramble"))
                .call(
                        "check",
                        bytes("challenge", "response", "double_hashed"),
                        List.of(),
                        (m, a) ->
                                fits(SHA1_LENGTH, a, 1, 2) && NativePassword.check(text(a, 1), text(a, 0), text(a, 2)))
                .call("sha2_hash", bytes("password"), List.of(), (m, a) -> digest("SHA-256", text(a, 0)))
                .call(
                        "sha2_scramble",
                        bytes("challenge", "hashed"),
                        List.of(),
                        (m, a) -> fits(SHA2_LENGTH, a, 1)
                                ? bytes(CachingSha2.answer(text(a, 1).bytes(), text(a, 0)))
                                : refused("sha2_scramble"))
                .call(
                        "sha2_unscramble",
                        bytes("challenge", "response", "double_hashed"),
                        List.of(),
                        (m, a) -> fits(SHA2_LENGTH, a, 1, 2)
                                ? Bytes.of(CachingSha2.recover(text(a, 1), text(a, 0), text(a, 2)))
                                : refused("sha2_unscramble"))
                .call(
                        "sha2_check",
                        bytes("challenge", "response", "double_hashed"),
                        List.of(),
                        (m, a) -> fits(SHA2_LENGTH, a, 1, 2) && CachingSha2.check(text(a, 1), text(a, 0), text(a, 2)));
    }

    private static List<Parameter> bytes(String... names) {
        return Arrays.stream(names)
                .map(name -> new Parameter(name, Kind.BYTES, true))
                .toList();
    }

    private static ByteString text(Object[] arguments, int index) {
        return ByteString.of(((Bytes) arguments[index]).toByteArray());
    }

    private static Bytes bytes(ByteString text) {
        return Bytes.of(text.bytes());
    }

    /** The challenge comes first, and in packets a NUL follows it. */
    private static boolean fits(int hashLength, Object[] arguments, int... hashes) {
        int challenge = ((Bytes) arguments[0]).length();
        boolean fits = challenge == Scramble.LENGTH || challenge == Scramble.LENGTH + 1;
        for (int index : hashes) {
            fits &= ((Bytes) arguments[index]).length() == hashLength;
        }
        return fits;
    }

    private static Bytes refused(String function) {
        LOG.error("password.{}(): an argument of the wrong length", function);
        return Bytes.EMPTY;
    }

    private static Bytes digest(String algorithm, ByteString text) {
        try {
            return Bytes.of(MessageDigest.getInstance(algorithm).digest(text.bytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}

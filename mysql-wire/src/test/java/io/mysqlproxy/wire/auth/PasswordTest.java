package io.mysqlproxy.wire.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.wire.Buffers;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PasswordTest {
    private static final ByteString SCRAMBLE = ByteString.of("01234567890123456789");
    private static final ByteString WITH_NUL = ByteString.of("01234567890123456789\0");
    private static final byte[] SECRET = "secret".getBytes(StandardCharsets.US_ASCII);

    private static KeyPair keys;

    @BeforeAll
    static void makeKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        keys = generator.generateKeyPair();
    }

    @Test
    void nativePasswordMatchesItsVector() {
        assertThat(NativePassword.scramble(SECRET, SCRAMBLE))
                .isEqualTo(hex("7abe1a8776b59e931059451f81e596a60dbbf7a8"));
        assertThat(NativePassword.scramble(SECRET, WITH_NUL)).isEqualTo(NativePassword.scramble(SECRET, SCRAMBLE));
        assertThat(NativePassword.doubleHash(SECRET)).isEqualTo(hex("14e65567abdb5135d0cfd9a70b3032c179a49ee7"));
    }

    @Test
    void nativePasswordChecks() {
        ByteString stored = NativePassword.doubleHash(SECRET);
        assertThat(NativePassword.check(NativePassword.scramble(SECRET, SCRAMBLE), WITH_NUL, stored))
                .isTrue();
        assertThat(NativePassword.check(NativePassword.scramble(new byte[] {1}, SCRAMBLE), SCRAMBLE, stored))
                .isFalse();
        assertThat(NativePassword.check(ByteString.EMPTY, SCRAMBLE, stored)).isFalse();
        assertThat(NativePassword.check(ByteString.EMPTY, SCRAMBLE, ByteString.EMPTY))
                .isTrue();
        assertThat(NativePassword.check(stored, SCRAMBLE, ByteString.EMPTY)).isFalse();
        assertThat(NativePassword.scramble(new byte[0], SCRAMBLE)).isEqualTo(ByteString.EMPTY);
    }

    @Test
    void cachingSha2MatchesItsVector() {
        assertThat(CachingSha2.scramble(SECRET, SCRAMBLE))
                .isEqualTo(hex("1a2da2573c2faa367e2afddb54cdfd11a95ed22eef0167151196a6fc8e3d3813"));
        assertThat(CachingSha2.scramble(SECRET, WITH_NUL)).isEqualTo(CachingSha2.scramble(SECRET, SCRAMBLE));
        assertThat(CachingSha2.doubleHash(SECRET))
                .isEqualTo(hex("3881219d087dd9c634373fd33dfa33a2cb6bfc6c520b64b8bb60ef2ceb534ae7"));
    }

    @Test
    void cachingSha2Checks() {
        ByteString stored = CachingSha2.doubleHash(SECRET);
        assertThat(CachingSha2.check(CachingSha2.scramble(SECRET, SCRAMBLE), WITH_NUL, stored))
                .isTrue();
        assertThat(CachingSha2.check(CachingSha2.scramble(new byte[] {1}, SCRAMBLE), SCRAMBLE, stored))
                .isFalse();
        assertThat(CachingSha2.check(ByteString.EMPTY, SCRAMBLE, stored)).isFalse();
        assertThat(CachingSha2.check(ByteString.EMPTY, SCRAMBLE, ByteString.EMPTY))
                .isTrue();
        assertThat(CachingSha2.scramble(new byte[0], SCRAMBLE)).isEqualTo(ByteString.EMPTY);
    }

    @Test
    @Tag("W-23")
    void whatWasLearnedLogsInElsewhere() {
        ByteString other = ByteString.of("abcdefghijklmnopqrst");
        ByteString nativeAnswer = NativePassword.scramble(SECRET, SCRAMBLE);
        byte[] learned = NativePassword.recover(nativeAnswer, SCRAMBLE, NativePassword.doubleHash(SECRET));
        assertThat(NativePassword.answer(learned, other)).isEqualTo(NativePassword.scramble(SECRET, other));
        ByteString sha2Answer = CachingSha2.scramble(SECRET, SCRAMBLE);
        learned = CachingSha2.recover(sha2Answer, SCRAMBLE, CachingSha2.doubleHash(SECRET));
        assertThat(CachingSha2.answer(learned, other)).isEqualTo(CachingSha2.scramble(SECRET, other));
    }

    @Test
    @Tag("W-13")
    void passwordsCrossUnderRsa() {
        ByteString key = CachingSha2.writeKey(keys.getPublic());
        assertThat(key.latin1()).startsWith("-----BEGIN PUBLIC KEY-----\n");
        ByteString block = CachingSha2.encrypt(SECRET, WITH_NUL, CachingSha2.readKey(key));
        assertThat(CachingSha2.decrypt(block, SCRAMBLE, keys.getPrivate())).isEqualTo(SECRET);
        ByteString empty = CachingSha2.encrypt(new byte[0], SCRAMBLE, keys.getPublic());
        assertThat(CachingSha2.decrypt(empty, SCRAMBLE, keys.getPrivate())).isEmpty();
    }

    @Test
    @Tag("W-13")
    void whatCannotBeDecryptedIsThePeersFault() {
        ByteString block = CachingSha2.encrypt(SECRET, SCRAMBLE, keys.getPublic());
        ByteString otherScramble = ByteString.of("abcdefghijklmnopqrst");
        assertRefused(() -> CachingSha2.decrypt(block, otherScramble, keys.getPrivate()));
        assertRefused(() -> CachingSha2.decrypt(block.slice(0, 20), SCRAMBLE, keys.getPrivate()));
        assertRefused(() -> CachingSha2.decrypt(ByteString.EMPTY, SCRAMBLE, keys.getPrivate()));
        assertRefused(() -> CachingSha2.readKey(ByteString.of("-----BEGIN PUBLIC KEY-----\nAAAA")));
        assertRefused(() -> CachingSha2.readKey(ByteString.of("?")));
        assertRefused(() -> CachingSha2.encrypt(SECRET, ByteString.EMPTY, keys.getPublic()));
    }

    @Test
    @Tag("W-13")
    void aPasswordLongerThanTheBlockIsRefused() {
        assertRefused(() -> CachingSha2.encrypt(new byte[200], SCRAMBLE, keys.getPublic()));
    }

    @Test
    @Tag("W-03")
    void scramblesArePrintableAndWithoutDollar() {
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < 1000; i++) {
            ByteString scramble = Scramble.generate(random);
            assertThat(scramble.length()).isEqualTo(21);
            assertThat(scramble.at(20)).isZero();
            for (int at = 0; at < 20; at++) {
                assertThat(scramble.at(at)).isBetween(0x21, 0x7E).isNotEqualTo((int) '$');
            }
        }
        assertThat(Scramble.generate(random)).isNotEqualTo(Scramble.generate(random));
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(ProtocolException.class);
    }

    private static ByteString hex(String digits) {
        return ByteString.of(Buffers.bytes(digits));
    }
}

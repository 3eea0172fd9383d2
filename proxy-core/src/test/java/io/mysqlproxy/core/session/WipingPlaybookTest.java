package io.mysqlproxy.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.Buffers;
import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.auth.CachingSha2;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Passwords pass, and no memory that they have passed through keeps them, however the login ends (W-13). */
@Tag("W-13")
class WipingPlaybookTest extends Playbook {
    private static final String SECRET = "sunflower-and-moon";
    private static final String PASSWORD = "'" + SECRET + "' 00";
    private static final String OKAY = "00 00 00 02 00 00 00";
    private static final String DENIED = "ff 15 04 '#28000Access denied'";
    private static final String CHANGE = "0: 11 'eve' 00 13 " + PASSWORD + " 'crm' 00 2d 00 'mysql_clear_password' 00";
    private static final String CLEAR_LOGIN = Dialogue.LOGIN
            .replace("14 '0123456789abcdefghij'", "13 " + PASSWORD)
            .replace("mysql_native", "mysql_clear");

    private final List<byte[]> kept = new ArrayList<>();

    @BeforeEach
    void remember() {
        buffers = Buffers.remembering();
    }

    @AfterEach
    void nothingIsLeft() {
        client.dies();
        List<byte[]> memory = new ArrayList<>(buffers.memory());
        memory.addAll(client.peer().memory());
        memory.addAll(serverPeer.memory());
        assertThat(memory)
                .isNotEmpty()
                .allSatisfy(each -> assertThat(new String(each, StandardCharsets.ISO_8859_1))
                        .doesNotContain(SECRET));
        assertThat(kept).allSatisfy(each -> assertThat(each).containsOnly(0));
    }

    /** As far as the request for the password, by the long way of caching_sha2_password. */
    private void asked(boolean clientTls, boolean serverTls) {
        greeted();
        client.peer().tls(clientTls);
        serverPeer.tls(serverTls);
        String login = Dialogue.LOGIN.replace("mysql_native_password", "caching_sha2_password");
        client.sends(login);
        server.expect(login);
        server.sends("2: 01 04");
        client.expect("2: 01 04");
    }

    /** The client has said it over TLS, and the server without is asked for its key. */
    private void said() {
        asked(true, false);
        client.sends("3: " + PASSWORD);
        server.expect("3: 02");
        byte[] waiting = waiting();
        assertThat(waiting).isEqualTo(SECRET.getBytes(StandardCharsets.US_ASCII));
        kept.add(waiting);
    }

    /** What waits for the key. */
    private byte[] waiting() {
        return (byte[]) field(field(field(session, "phase"), "mediation"), "password");
    }

    private static Object field(Object owner, String name) {
        for (Class<?> type = owner.getClass(); type != null; type = type.getSuperclass()) {
            try {
                Field field = type.getDeclaredField(name);
                field.setAccessible(true);
                return field.get(owner);
            } catch (NoSuchFieldException above) {
                // a class it extends has it
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }
        throw new AssertionError("no " + name + " in " + owner);
    }

    private byte[] key() {
        return session.plugin().passwordKey().pem().bytes();
    }

    private static List<byte[]> frame(int sequence, byte... payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) payload.length, (byte) (payload.length >> 8), 0, (byte) sequence});
        out.writeBytes(payload);
        return List.of(out.toByteArray());
    }

    private static byte[] join(int first, byte[] rest) {
        byte[] joined = new byte[rest.length + 1];
        joined[0] = (byte) first;
        System.arraycopy(rest, 0, joined, 1, rest.length);
        return joined;
    }

    @Test
    void encryptedForAServerWithoutTls() {
        said();
        server.sends(frame(4, join(1, key())));
        byte[] block = server.peer().taken();
        assertThat(block).hasSize(4 + 256);
        assertThat(CachingSha2.decrypt(
                        ByteString.of(Arrays.copyOfRange(block, 4, block.length)),
                        session.client().greeting().scramble(),
                        session.plugin().passwordKey().privateKey()))
                .asString()
                .isEqualTo(SECRET);
        server.sends("6: " + OKAY);
        client.expect("4: " + OKAY);
        ping();
    }

    @Test
    void theServerHasNoKey() {
        said();
        server.sends("4: " + DENIED);
        client.expect("4: " + DENIED);
        client.expectClosed();
    }

    @Test
    void theServersKeyIsNone() {
        said();
        server.sends("4: 01 'no key'");
        assertThat(client.peer().closed()).isTrue();
    }

    @Test
    void theClientIsGoneBeforeTheKeyComes() {
        said();
        client.leaves();
        assertThat(client.peer().closed()).isTrue();
    }

    @Test
    void theServerIsGone() {
        said();
        server.leaves();
        assertThat(client.peer().closed()).isTrue();
    }

    @Test
    void tooLongForTheKey() {
        asked(true, false);
        String longer = "'" + SECRET.repeat(20) + "' 00";
        client.sends("3: " + longer);
        server.expect("3: 02");
        kept.add(waiting());
        server.sends(frame(4, join(1, key())));
        assertThat(new String(client.peer().taken(), StandardCharsets.ISO_8859_1))
                .contains("longer than the 213 bytes");
        client.expectClosed();
    }

    @Test
    void decryptedForAServerWithTls() {
        asked(false, true);
        client.sends("3: 02");
        assertThat(client.peer().taken()).endsWith(key());
        client.sends(frame(5, encrypted()));
        server.expect("3: " + PASSWORD);
        server.sends("4: " + OKAY);
        client.expect("6: " + OKAY);
        ping();
    }

    @Test
    void decryptedAndDenied() {
        asked(false, true);
        client.sends(frame(3, encrypted()));
        server.expect("3: " + PASSWORD);
        server.sends("4: " + DENIED);
        client.expect("4: " + DENIED);
        client.expectClosed();
    }

    private byte[] encrypted() {
        return CachingSha2.encrypt(
                        SECRET.getBytes(StandardCharsets.US_ASCII),
                        session.client().greeting().scramble(),
                        CachingSha2.readKey(session.plugin().passwordKey().pem()))
                .bytes();
    }

    @Test
    void passedOnBetweenSecureLegs() {
        asked(true, true);
        client.sends("3: " + PASSWORD);
        server.expect("3: " + PASSWORD);
        server.sends("4: " + OKAY);
        client.expect("4: " + OKAY);
        ping();
    }

    @Test
    void toAUnixSocket() {
        greeted();
        client.peer().tls(true);
        serverPeer.unixSocket(true);
        client.sends(CLEAR_LOGIN);
        server.expect(CLEAR_LOGIN);
        server.sends("2: 02 'mysql_clear_password' 00");
        client.expect("2: 02 'mysql_clear_password' 00");
        client.sends("3: " + PASSWORD);
        server.expect("3: " + PASSWORD);
        assertThat(server.peer().memory()).hasSize(2);
        server.sends("4: " + OKAY);
        client.expect("4: " + OKAY);
        ping();
    }

    @Test
    void theClientIsGoneHalfWayThrough() {
        asked(true, true);
        byte[] whole =
                frame(3, (SECRET + "!").getBytes(StandardCharsets.US_ASCII)).get(0);
        client.sends(List.of(Arrays.copyOf(whole, whole.length - 1)));
        server.expectNothing();
        client.leaves();
        assertThat(client.peer().closed()).isTrue();
    }

    @Test
    void withTheLogin() {
        greeted();
        client.sends(CLEAR_LOGIN);
        server.expect(CLEAR_LOGIN);
        server.sends("2: " + OKAY);
        client.expect("2: " + OKAY);
        assertThat(session.client().login().response().length()).isZero();
        ping();
    }

    @Test
    void withALoginThatAScriptRefuses() {
        greeted();
        hooks.readAuth = Playbook::denied;
        client.sends(CLEAR_LOGIN);
        client.expect("2: ff 6a 04 '#HY000denied'");
        client.expectClosed();
        server.expectClosed();
    }

    @Test
    void withAChangeOfTheUser() {
        loggedIn(CLEAR_LOGIN);
        passes(CHANGE, "1: " + OKAY);
        ping();
        passes(CHANGE, "1: " + DENIED);
        ping();
        client.sends(CHANGE);
        server.expect(CHANGE);
        client.leaves();
        assertThat(client.peer().closed()).isTrue();
    }

    /** The script is given a copy, which is its own; the packets themselves keep nothing. */
    @Test
    void withAChangeOfTheUserThatAScriptSees() {
        hooks.readQuery = packet -> Decision.PROCEED;
        loggedIn(CLEAR_LOGIN);
        passes(CHANGE, "1: " + OKAY);
        ping();
    }

    @Test
    void inAnyStepOfAnyMethod() {
        greeted();
        client.sends(Dialogue.LOGIN);
        server.expect(Dialogue.LOGIN);
        server.sends("2: fe 'dialog' 00 'Password: '");
        client.expect("2: fe 'dialog' 00 'Password: '");
        client.sends("3: " + PASSWORD);
        server.expect("3: " + PASSWORD);
        server.sends("4: 02 'mysql_clear_password' 00");
        client.expect("4: 02 'mysql_clear_password' 00");
        client.sends("5: " + PASSWORD);
        server.expect("5: " + PASSWORD);
        server.sends("6: " + OKAY);
        client.expect("6: " + OKAY);
        ping();
    }
}

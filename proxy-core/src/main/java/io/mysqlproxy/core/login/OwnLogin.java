package io.mysqlproxy.core.login;

import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.auth.CachingSha2;
import io.mysqlproxy.wire.auth.NativePassword;
import io.mysqlproxy.wire.auth.Sha256Password;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Set;

/**
 * What the proxy answers to a server where it logs in with an account of its own, by whatever method the server asks for.
 *
 * <p>The password itself goes out inside TLS, or encrypted for the server's RSA key; by the methods of SHA-2 also over a unix
 * socket, where nobody listens.
 */
public final class OwnLogin {
    private static final String CLEAR = "mysql_clear_password";
    private static final Set<String> KNOWN = Set.of(NativePassword.NAME, CachingSha2.NAME, Sha256Password.NAME, CLEAR);

    private final byte[] password;
    private String plugin = NativePassword.NAME;
    private ByteString challenge = ByteString.EMPTY;
    private boolean keyDue;

    /** @param password taken over; wiped in the end */
    public OwnLogin(byte[] password) {
        this.password = password;
    }

    /** The method of the last answer. */
    public String plugin() {
        return plugin;
    }

    /**
     * The answer to a greeting: by a method nobody here knows the server may have greeted others too, and asks for the account's
     * own afterwards.
     */
    public ByteString greeted(String method, ByteString data, Leg server) {
        boolean known = KNOWN.contains(method) && !method.equals(CLEAR);
        return asked(known ? method : NativePassword.NAME, data, server);
    }

    /**
     * The answer to a method and its challenge.
     *
     * @throws PasswordException if the method is unknown, or would tell the password to whoever listens
     */
    public ByteString asked(String method, ByteString data, Leg server) {
        plugin = method;
        challenge = data;
        keyDue = false;
        return switch (method) {
            case NativePassword.NAME -> NativePassword.scramble(password, data);
            case CachingSha2.NAME -> CachingSha2.scramble(password, data);
            case Sha256Password.NAME -> itself(server, Sha256Password.REQUEST_KEY);
            case CLEAR -> inClear(server);
            default ->
                throw new PasswordException("the server asks for " + method + ", which is not among "
                        + String.join(", ", KNOWN.stream().sorted().toList()));
        };
    }

    /**
     * The answer to more data of the method.
     *
     * @return null if none is waited for
     * @throws PasswordException if the password does not fit the server's key
     */
    public ByteString more(ByteString data, Leg server) {
        if (keyDue) {
            keyDue = false;
            return encrypted(CachingSha2.readKey(data));
        }
        boolean full = plugin.equals(CachingSha2.NAME) && data.length() == 1 && data.at(0) == CachingSha2.FULL_AUTH;
        return full ? itself(server, CachingSha2.REQUEST_KEY) : null;
    }

    /** An empty password has nothing to hide. */
    private ByteString itself(Leg server, int requestKey) {
        boolean secure = plugin.equals(Sha256Password.NAME)
                ? server.peer().tls()
                : server.peer().secure();
        if (secure || password.length == 0) {
            return terminated();
        }
        keyDue = true;
        return ByteString.of(new byte[] {(byte) requestKey});
    }

    private ByteString inClear(Leg server) {
        if (!server.peer().tls()) {
            throw new PasswordException("the server asks for the password in clear, but not inside TLS");
        }
        return terminated();
    }

    private ByteString terminated() {
        return ByteString.of(Arrays.copyOf(password, password.length + 1));
    }

    private ByteString encrypted(PublicKey key) {
        int room = CachingSha2.longest(key);
        if (password.length > room) {
            throw new PasswordException(
                    "the password is longer than the " + room + " bytes that the server's RSA key takes");
        }
        return CachingSha2.encrypt(password, challenge, key);
    }

    /** The login is over. */
    public void done() {
        Arrays.fill(password, (byte) 0);
    }
}

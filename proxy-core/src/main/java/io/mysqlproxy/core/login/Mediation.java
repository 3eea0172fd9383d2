package io.mysqlproxy.core.login;

import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.leg.SecretBuffer;
import io.mysqlproxy.core.tls.PasswordKey;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.auth.CachingSha2;
import io.mysqlproxy.wire.auth.Sha256Password;
import io.mysqlproxy.wire.packet.AuthMoreData;
import io.mysqlproxy.wire.packet.AuthNextFactor;
import io.mysqlproxy.wire.packet.AuthSwitch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.PublicKey;
import java.util.Arrays;

/**
 * Follows one login and, where only one of the two legs is secure, plays each side's counterpart in the one step that depends
 * on it: how the password itself travels.
 *
 * <pre>
 * client   server
 * secure   plain    the client's password in clear ─▶ the server's key is asked for ─▶ the password, encrypted with it
 * plain    secure   the client asks for a key ─▶ gets ours; its encrypted password ─▶ the password in clear, inside TLS
 * </pre>
 *
 * <p>Everything else passes, of whatever plugin: both sides know whose turn it is.
 */
public final class Mediation {
    private static final int EMPTY = 1;

    private final PasswordKey key;
    private String plugin;
    private ByteString challenge;

    /** Whether the client's next packet is the password, in the form that its leg asks for. */
    private boolean passwordDue;

    /** What waits for the server's key; null unless it was asked for. */
    private byte[] password;

    /**
     * A login begins, or one as another user.
     *
     * @param key what clients encrypt for
     * @param plugin the method of the client's first answer
     * @param challenge what that answers
     */
    public Mediation(PasswordKey key, String plugin, ByteString challenge) {
        this.key = key;
        this.plugin = plugin;
        this.challenge = challenge;
    }

    /** Whether a client's first answer by this method is a password in clear, or fits the client's leg only. */
    public static boolean isPassword(String plugin) {
        return plugin.equals(Sha256Password.NAME);
    }

    /** The newest challenge of the server. */
    public ByteString challenge() {
        return challenge;
    }

    /** Whether the client is to say its password now, in the form that its leg asks for. */
    public boolean awaitsPassword() {
        return passwordDue;
    }

    /**
     * A packet of the server.
     *
     * @param p stays the caller's
     * @return whether it is for the client
     * @throws PasswordException if the client's password is too long for the server's key
     */
    public boolean fromServer(Packet p, Leg client, Leg server) {
        switch (p.first()) {
            case AuthSwitch.HEADER -> {
                AuthSwitch asked = AuthSwitch.read(p.payload());
                begin(asked.plugin(), asked.data());
            }
            case AuthNextFactor.HEADER -> {
                AuthNextFactor next = AuthNextFactor.read(p.payload());
                begin(next.plugin(), next.data());
            }
            case AuthMoreData.HEADER -> {
                return more(AuthMoreData.read(p.payload()).data(), server);
            }
            default -> abandoned(); // the verdict, or nothing that is known here: no key comes any more
        }
        return true;
    }

    private void begin(String method, ByteString data) {
        plugin = method;
        challenge = data;
        passwordDue = isPassword(method);
    }

    private boolean more(ByteString data, Leg server) {
        if (password != null) {
            answer(CachingSha2.readKey(data), server);
            return false;
        }
        passwordDue |= plugin.equals(CachingSha2.NAME) && data.length() == 1 && data.at(0) == CachingSha2.FULL_AUTH;
        return true;
    }

    private void answer(PublicKey serverKey, Leg server) {
        try {
            int room = CachingSha2.longest(serverKey);
            if (password.length > room) {
                throw new PasswordException("The password is longer than the " + room
                        + " bytes that the server's RSA key takes: let the proxy use TLS with the server");
            }
            server.send(Unpooled.wrappedBuffer(
                    CachingSha2.encrypt(password, challenge, serverKey).bytes()));
        } finally {
            abandoned();
        }
    }

    /**
     * A packet of the client.
     *
     * @param p stays the caller's, who has to wipe it
     * @return whether it is for the server
     * @throws PasswordException if the client has encrypted its password with another key than ours
     */
    public boolean fromClient(Packet p, Leg client, Leg server) {
        if (!passwordDue || secure(client) == secure(server)) {
            return true;
        }
        return secure(client) ? inClear(p, server) : encrypted(p, client, server);
    }

    /** To the older of the two methods a unix socket is as open as TCP. */
    private boolean secure(Leg leg) {
        return isPassword(plugin) ? leg.peer().tls() : leg.peer().secure();
    }

    /** An empty password has nothing to hide, and servers know it by its form. */
    private boolean inClear(Packet p, Leg server) {
        passwordDue = false;
        if (p.length() <= EMPTY) {
            return true;
        }
        ByteBuf payload = p.payload();
        boolean terminated = payload.getByte(payload.writerIndex() - 1) == 0;
        password = new byte[p.length() - (terminated ? 1 : 0)];
        payload.getBytes(payload.readerIndex(), password);
        server.send(Unpooled.wrappedBuffer(new byte[] {(byte) requestKey()}));
        return false;
    }

    private boolean encrypted(Packet p, Leg client, Leg server) {
        if (p.length() == 1 && p.first() == requestKey()) {
            ByteBuf out = client.peer().allocator().buffer();
            new AuthMoreData(key.pem()).write(out);
            client.send(out);
            return false;
        }
        passwordDue = false;
        if (p.length() != key.blockLength()) {
            // Nothing, or a client that has said its password aloud already: the server hears it inside TLS.
            return true;
        }
        byte[] clear = decrypt(p);
        try {
            ByteBuf out = SecretBuffer.payload(server.peer().allocator());
            server.confide(out.writeBytes(clear).writeByte(0));
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
        return false;
    }

    private byte[] decrypt(Packet p) {
        try {
            return CachingSha2.decrypt(ByteString.copyOf(p.payload()), challenge, key.privateKey());
        } catch (ProtocolException e) {
            throw new PasswordException("The password was encrypted for another key than the proxy's: let the client"
                    + " ask for it (get-server-public-key), or use TLS");
        }
    }

    private int requestKey() {
        return isPassword(plugin) ? Sha256Password.REQUEST_KEY : CachingSha2.REQUEST_KEY;
    }

    /** The login is over, or nobody waits for it any more. */
    public void abandoned() {
        if (password != null) {
            Arrays.fill(password, (byte) 0);
            password = null;
        }
    }
}

package io.mysqlproxy.core.leg;

import io.mysqlproxy.core.compress.FrameCodec;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Framing;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.packet.Greeting;
import io.mysqlproxy.wire.packet.QueryAttributes;
import io.mysqlproxy.wire.response.ResponseTranslator;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * One side of a session: its peer, the bytes it sent, the numbering of its packets, what was negotiated with it, and who is
 * logged in on it. The two sides of a session share none of this (protocol.md, design axiom).
 *
 * <p>Packets of both directions share one numbering, which starts anew with each command (W-35).
 */
public final class Leg implements ResponseTranslator.Sink {
    /** More than the 64 KiB of connection attributes that servers take, and all else a login holds. */
    private static final int LOGIN_LIMIT = 128 * 1024;

    private Peer peer;
    private final Framing in;
    private final boolean server;
    private Capabilities capabilities = new Capabilities(0);
    private Greeting greeting;
    private ByteString challenge = ByteString.EMPTY;
    private Login login;
    private Bytes defaultDb = Bytes.EMPTY;
    private List<QueryAttributes.Entry> attributes = List.of();
    private boolean compressed;
    private boolean dirty;
    private boolean left;

    private Leg(Peer peer, boolean server) {
        this.peer = peer;
        this.server = server;
        this.in = new Framing(peer.allocator());
    }

    /** The side of a client that has just connected. */
    public static Leg client(Peer peer) {
        Leg client = new Leg(peer, false);
        client.in.confidential(true); // it begins with a login
        return client;
    }

    /** The side of a server that was just connected to. */
    public static Leg server(Peer peer) {
        return new Leg(peer, true);
    }

    /** Whether the peer is a server. */
    public boolean isServer() {
        return server;
    }

    /** The connection itself. */
    public Peer peer() {
        return peer;
    }

    /** The other end has closed the connection, but what is done in its name goes on: nothing is sent any more. */
    public void leave() {
        left = true;
        peer = new Departed(peer);
    }

    /** A login is over: no passwords come, unless commands are going to hold them as this login did. */
    public void expectsPasswords() {
        in.confidential(login != null && Login.isInClear(login.plugin().toLatin1()));
    }

    /** Whether nobody is there any more. */
    public boolean left() {
        return left;
    }

    /** What has come in and was not used yet. */
    public Framing in() {
        return in;
    }

    /** The flags that decide how packets look on this side. */
    public Capabilities capabilities() {
        return capabilities;
    }

    /** The flags have been negotiated. */
    public void capabilities(Capabilities value) {
        capabilities = value;
    }

    /** The greeting that went over this side; null before. */
    public Greeting greeting() {
        return greeting;
    }

    /** A greeting went over this side. */
    public void greeting(Greeting value) {
        greeting = value;
        challenge = value.scramble();
    }

    /** What the peer has to answer, or was last asked to: of the greeting, or of a later switch (W-15). */
    public ByteString challenge() {
        return challenge;
    }

    /** Another challenge went over this side. */
    public void challenge(ByteString value) {
        challenge = value;
    }

    /** The last login on this side; null before. */
    public Login login() {
        return login;
    }

    /** Someone logs in on this side. */
    public void login(Login value) {
        login = value;
    }

    /** The current schema; empty if none (J-42). */
    public Bytes defaultDb() {
        return defaultDb;
    }

    /** The current schema has changed. */
    public void defaultDb(Bytes value) {
        defaultDb = value;
    }

    /** What came along with the current command. */
    public List<QueryAttributes.Entry> attributes() {
        return attributes;
    }

    /** A command has come. */
    public void attributes(List<QueryAttributes.Entry> value) {
        attributes = value;
    }

    /**
     * The compressed protocol begins, if it was agreed on; repeating it does no harm.
     *
     * @param level of zstd
     */
    public void compress(int level) {
        FrameCodec codec = compressed ? null : FrameCodec.of(capabilities, level);
        if (codec != null) {
            compressed = true;
            flush();
            in.renumber();
            peer.compress(codec, in.drain());
        }
    }

    /** The sequence id of the next packet in either direction. */
    public int sequence() {
        return in.expected();
    }

    /** Says which sequence id the next packet carries, modulo 256. */
    public void sequence(int next) {
        in.expect(next);
    }

    /**
     * The next complete packet of this side, or null. The caller owns it.
     *
     * @throws ProtocolException if its sequence id is not the next one
     */
    public Packet next() {
        int expected = in.expected();
        Packet packet = in.next();
        if (packet != null && packet.sequence() != expected) {
            int got = packet.sequence();
            packet.release();
            throw ProtocolException.outOfOrder(got, expected);
        }
        return packet;
    }

    /**
     * The next complete packet of someone who has not logged in yet, or null: nothing of a length that no login has is
     * collected for a stranger.
     *
     * @throws ProtocolException if the packet is too long, or its sequence id is not the next one
     */
    public Packet nextOfLogin() {
        long missing = in.missing();
        if (missing > LOGIN_LIMIT) {
            throw new ProtocolException("a login that lacks " + missing + " bytes more");
        }
        return next();
    }

    /** The first packet of a command: whatever its sequence id, the numbering starts from it. Null if not complete yet. */
    public Packet nextCommand() {
        if (compressed) {
            in.expect(0);
        }
        return in.next();
    }

    /** A command is about to be sent to a server: numbering starts anew, of packets and of what wraps them. */
    public void beginCommand() {
        in.expect(0);
        if (compressed) {
            peer.beginCommand();
        }
    }

    /** A command of a client passes before it is complete: the numbering starts from it, as with {@link #nextCommand}. */
    public void passCommand(Packet head) {
        in.expect(compressed ? 0 : head.sequence());
    }

    /** Sends a payload as the next packet, or packets if it is long; takes it over. */
    @Override
    public void send(ByteBuf payload) {
        dirty = true;
        in.expect(Packet.write(peer.allocator(), payload, in.expected(), peer::write));
    }

    /** The same for a payload that may be a password: no memory keeps it. */
    public void confide(ByteBuf payload) {
        if (payload.readableBytes() < Packet.MAX_PAYLOAD) {
            forward(SecretBuffer.packet(payload, isLocal()));
        } else {
            send(payload); // a script's idea of a login
        }
    }

    /** The same for a packet of the other side, which stays the caller's, to be wiped. */
    public void confide(Packet packet) {
        forward(SecretBuffer.copyOf(packet, isLocal()));
    }

    /** Whether it is a unix socket, which carries in clear what nobody else may see. */
    private boolean isLocal() {
        return peer.secure() && !peer.tls();
    }

    /** Sends a packet of the other side as the next one of this side; takes it over. */
    @Override
    public void forward(Packet packet) {
        dirty = true;
        packet.renumber(in.expected());
        in.expect(in.expected() + 1);
        peer.write(packet.frame());
    }

    /** Sends bytes that carry their sequence ids already; takes them over. */
    public void relay(ByteBuf bytes) {
        dirty = true;
        peer.write(bytes);
    }

    /** Puts on the wire what was queued since the last time. */
    public void flush() {
        if (dirty) {
            dirty = false;
            peer.flush();
        }
    }

    /** Frees what came in and will not be used any more. */
    public void release() {
        in.release();
    }
}

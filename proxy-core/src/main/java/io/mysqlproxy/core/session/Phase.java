package io.mysqlproxy.core.session;

import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.wire.Packet;

/**
 * What the events of a session mean at one point of the conversation.
 *
 * <p>Each event returns the phase that comes next, {@code this} to stay. {@link Session} alone changes the current phase. An
 * event that a phase does not expect ends in {@link Session#unexpected}. Packets handed in belong to the phase.
 */
public interface Phase {
    /** The phase begins. */
    default Phase entered(Session s) {
        return this;
    }

    /** Whether the client is not in yet. */
    default boolean isLogin() {
        return false;
    }

    /** Whether bytes of the client mean something now; if not they wait. */
    default boolean hearsClient() {
        return false;
    }

    /** Whether bytes of the server mean something now; if not they wait. */
    default boolean hearsServer() {
        return false;
    }

    /** Whether the server waits for a command: only then can its connection be given to someone else. */
    default boolean serverIdle() {
        return false;
    }

    /** Whether a command is in flight: when the proxy is to end it waits for this. */
    default boolean busy() {
        return false;
    }

    /** Whether the client waits for nothing. */
    default boolean betweenCommands() {
        return false;
    }

    /** The statement in flight has run for too long and is being killed: what the server says to that is not for the client. */
    default void overdue() {}

    /** Whether the client waits for an answer of which nothing has gone out yet, so that an error can take its place. */
    default boolean unanswered() {
        return false;
    }

    /** Bytes of the client are there. Unless a phase knows better they are taken packet by packet. */
    default Phase clientBytes(Session s) {
        Packet packet = s.client().next();
        return packet == null ? this : fromClient(s, packet);
    }

    /** Bytes of the server are there. Unless a phase knows better they are taken packet by packet. */
    default Phase serverBytes(Session s) {
        Packet packet = s.server().leg().next();
        return packet == null ? this : fromServer(s, packet);
    }

    /** The client takes what it is sent: a phase that has something to send goes on with it. */
    default Phase clientDrains(Session s) {
        return this;
    }

    /** A packet of the client. */
    default Phase fromClient(Session s, Packet p) {
        throw s.unexpected(this, "client packet", p);
    }

    /** A packet of the server. */
    default Phase fromServer(Session s, Packet p) {
        throw s.unexpected(this, "server packet", p);
    }

    /** The connection to the server that was asked for is there. */
    default Phase serverOpened(Session s) {
        throw s.unexpected(this, "server connection", null);
    }

    /** TLS with the server stands; {@link #serverRefused} if it failed. */
    default Phase serverSecured(Session s) {
        throw s.unexpected(this, "TLS of the server", null);
    }

    /** The connection to the server that was asked for could not be made. */
    default Phase serverRefused(Session s, Throwable cause) {
        throw s.unexpected(this, "refused server connection", null);
    }

    /** The server has closed its connection. Everything that the phase hears has been taken; what waits may say why. */
    default Phase serverClosed(Session s) {
        s.ending().lastWords();
        return s.closed(CloseReason.SERVER_LOST);
    }

    /** The client has closed its connection. */
    default Phase clientClosed(Session s) {
        return s.closed(CloseReason.CLIENT_LEFT);
    }

    /** The session ends here: frees what the phase holds. */
    default void abandoned() {}
}

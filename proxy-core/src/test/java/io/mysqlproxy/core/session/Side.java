package io.mysqlproxy.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.Frames;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** One end of a conversation as a test plays it: what it says waits on the wire until the proxy reads. */
final class Side {
    private final String name;
    private final RecordingPeer peer;
    private final Feed feed;
    private final Events events;
    private final Deque<byte[]> wire = new ArrayDeque<>();
    private boolean leaving;
    private boolean gone;

    /** What happens to the session. */
    record Events(Consumer<ByteBuf> bytes, Runnable received, Runnable closed, Runnable settle) {}

    Side(String name, RecordingPeer peer, Feed feed, Events events) {
        this.name = name;
        this.peer = peer;
        this.feed = feed;
        this.events = events;
    }

    /** Says packets in the notation of {@link Frames}. */
    void sends(String frames) {
        sends(Frames.of(frames));
    }

    void sends(List<byte[]> frames) {
        wire.addAll(feed.cut(Frames.join(frames), frames));
        events.settle.run();
    }

    /** Closes its connection, after what it has said. */
    void leaves() {
        leaving = true;
        events.settle.run();
    }

    /** The connection breaks: what the proxy has not read is lost. */
    void dies() {
        wire.clear();
        leaves();
    }

    /** The proxy must have sent exactly this since the last expectation. */
    void expect(String frames) {
        expect(Frames.of(frames));
    }

    void expect(List<byte[]> frames) {
        assertThat(Frames.show(peer.taken())).as("to " + name).isEqualTo(Frames.show(Frames.join(frames)));
    }

    void expectNothing() {
        assertThat(Frames.show(peer.taken())).as("to " + name).isEmpty();
        assertThat(peer.closed()).as(name + " closed").isFalse();
    }

    /** The proxy must have closed the connection, after what was expected before. */
    void expectClosed() {
        assertThat(Frames.show(peer.taken())).as("to " + name).isEmpty();
        assertThat(peer.closed()).as(name + " closed").isTrue();
    }

    /** Takes nothing more: the proxy is told so. */
    void stalls() {
        peer.room(0);
        events.settle.run();
    }

    /** Takes this many bytes and then nothing more. */
    void stallsAfter(int bytes) {
        peer.room(bytes);
        events.settle.run();
    }

    /** Takes everything again. */
    void drains() {
        peer.room(Long.MAX_VALUE);
        events.settle.run();
    }

    void expectReading(boolean wanted) {
        assertThat(peer.reading()).as("proxy reads " + name).isEqualTo(wanted);
    }

    /** Bytes it has said that the proxy did not read. */
    int unread() {
        return wire.stream().mapToInt(b -> b.length).sum();
    }

    RecordingPeer peer() {
        return peer;
    }

    /** One read of the proxy; false if there was nothing to read. */
    boolean deliver() {
        if (gone) {
            return false;
        }
        if (!peer.closed() && !wire.isEmpty() && peer.reading()) {
            byte[] next = wire.poll();
            events.bytes.accept(peer.allocator().buffer(next.length).writeBytes(next));
            events.received.run();
            return true;
        }
        if (peer.closed() || leaving && wire.isEmpty()) {
            gone = true;
            events.closed.run();
            return true;
        }
        return false;
    }
}

package io.mysqlproxy.core.query;

import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Command;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.response.ResponseTranslator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The complete answer to a buffered injection, as it travelled: one that is passed on is not taken apart. Owned by the heap, and
 * never changed.
 */
public final class HeldAnswer {
    private final Slabs frames;
    private final int first;
    private final int next;
    private final Capabilities capabilities;
    private final boolean binary;
    private List<Bytes> payloads;

    /**
     * @param frames whole packets
     * @param first the sequence id of the first of them
     * @param next the sequence id after the last of them
     * @param capabilities what was negotiated with the server that sent them
     * @param binary whether rows are in the binary form (COM_STMT_EXECUTE)
     */
    public HeldAnswer(Slabs frames, int first, int next, Capabilities capabilities, boolean binary) {
        this.frames = frames;
        this.first = first;
        this.next = next;
        this.capabilities = capabilities;
        this.binary = binary;
    }

    /** An answer of one packet, which stays the caller's. */
    public static HeldAnswer of(Packet packet, Capabilities capabilities) {
        Slabs frames = new Slabs();
        frames.add(packet.frame().duplicate());
        return new HeldAnswer(frames, packet.sequence(), packet.sequence() + 1, capabilities, false);
    }

    /** What was negotiated with the server that sent it. */
    public Capabilities capabilities() {
        return capabilities;
    }

    /** Whether rows are in the binary form. */
    public boolean binary() {
        return binary;
    }

    /** Logical packets in order: nobody has to know how they travelled (D-22). Taken apart when first asked for. */
    public List<Bytes> payloads() {
        if (payloads == null) {
            List<Bytes> found = new ArrayList<>();
            for (Slabs.Reader in = frames.reader(); in.left() > 0; ) {
                found.add(payload(in));
            }
            payloads = found;
        }
        return payloads;
    }

    private static Bytes payload(Slabs.Reader in) {
        Bytes part = in.take(length(in));
        if (part.length() < Packet.MAX_PAYLOAD) {
            return part;
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream(2 * Packet.MAX_PAYLOAD);
        whole.write(part.array(), part.offset(), part.length());
        while (part.length() == Packet.MAX_PAYLOAD && in.left() > 0) {
            part = in.take(length(in));
            whole.write(part.array(), part.offset(), part.length());
        }
        return Bytes.of(whole.toByteArray());
    }

    private static int length(Slabs.Reader in) {
        return wrapped(in.take(Packet.HEADER)).readUnsignedMediumLE();
    }

    /**
     * Sends it on, in the form that the client's side has.
     *
     * @param command what it answers
     */
    public void send(Leg client, Command command) {
        if (ResponseTranslator.needed(capabilities, client.capabilities())) {
            translate(client, command);
        } else if (client.sequence() == (first & 0xFF)) {
            frames.forEach(bytes -> {
                client.relay(bytes);
                client.flush(); // what the system takes at once needs no buffer any more
            });
            client.sequence(next);
        } else {
            payloads().forEach(p -> client.send(wrapped(p)));
        }
    }

    private void translate(Leg client, Command command) {
        ByteBufAllocator allocator = client.peer().allocator();
        ResponseTranslator translator = new ResponseTranslator(command.reader(capabilities), client.capabilities());
        for (Bytes payload : payloads()) {
            Packet.write(allocator, wrapped(payload), 0, frame -> {
                Packet packet = Packet.of(frame);
                translator.accept(packet, allocator, client);
                packet.release();
            });
        }
    }

    private static ByteBuf wrapped(Bytes bytes) {
        return Unpooled.wrappedBuffer(bytes.array(), bytes.offset(), bytes.length());
    }
}

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
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

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
    public Delivery delivery(Leg client, Command command) {
        if (ResponseTranslator.needed(capabilities, client.capabilities())) {
            return translated(client, command);
        } else if (client.sequence() == (first & 0xFF)) {
            Slabs.Reader in = frames.reader();
            return new Delivery(client, () -> relay(in, client));
        }
        return each(client, p -> client.send(wrapped(p)));
    }

    private int relay(Slabs.Reader in, Leg client) {
        if (in.left() == 0) {
            return Delivery.NONE;
        }
        Bytes bytes = in.some(Delivery.portion());
        client.relay(wrapped(bytes));
        client.sequence(next);
        return bytes.length();
    }

    private Delivery translated(Leg client, Command command) {
        ByteBufAllocator allocator = client.peer().allocator();
        ResponseTranslator translator = new ResponseTranslator(command.reader(capabilities), client.capabilities());
        return each(
                client,
                payload -> Packet.write(allocator, wrapped(payload), 0, frame -> {
                    Packet packet = Packet.of(frame);
                    translator.accept(packet, allocator, client);
                    packet.release();
                }));
    }

    private Delivery each(Leg client, Consumer<Bytes> send) {
        Iterator<Bytes> left = payloads().iterator();
        return new Delivery(client, () -> {
            if (!left.hasNext()) {
                return Delivery.NONE;
            }
            Bytes payload = left.next();
            send.accept(payload);
            return Packet.HEADER + payload.length();
        });
    }

    private static ByteBuf wrapped(Bytes bytes) {
        return Unpooled.wrappedBuffer(bytes.array(), bytes.offset(), bytes.length());
    }
}

package io.mysqlproxy.core.query;

import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Command;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.response.ResponseTranslator;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.List;

/**
 * The complete answer to a buffered injection.
 *
 * @param payloads logical packets in order; never changed, and owned by the heap
 * @param capabilities what was negotiated with the server that sent them
 * @param binary whether rows are in the binary form (COM_STMT_EXECUTE)
 */
public record HeldAnswer(List<byte[]> payloads, Capabilities capabilities, boolean binary) {
    public HeldAnswer {
        payloads = List.copyOf(payloads);
    }

    /** An answer of one packet, which stays the caller's. */
    public static HeldAnswer of(Packet packet, Capabilities capabilities) {
        byte[] payload = new byte[packet.length()];
        packet.payload().getBytes(packet.payload().readerIndex(), payload);
        return new HeldAnswer(List.of(payload), capabilities, false);
    }

    /**
     * Sends it on, in the form that the client's side has.
     *
     * @param command what it answers
     */
    public void send(Leg client, Command command) {
        if (!ResponseTranslator.needed(capabilities, client.capabilities())) {
            payloads.forEach(p -> client.send(Unpooled.wrappedBuffer(p)));
            return;
        }
        ByteBufAllocator allocator = client.peer().allocator();
        ResponseTranslator translator = new ResponseTranslator(command.reader(capabilities), client.capabilities());
        for (byte[] payload : payloads) {
            Packet.write(allocator, Unpooled.wrappedBuffer(payload), 0, frame -> {
                Packet packet = Packet.of(frame);
                translator.accept(packet, allocator, client);
                packet.release();
            });
        }
    }
}

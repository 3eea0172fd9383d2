package io.mysqlproxy.core.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** How the bytes of one turn arrive: it must make no difference. */
enum Feed {
    /** Packet by packet. */
    PACKETS {
        @Override
        List<byte[]> cut(byte[] stream, List<byte[]> packets) {
            return packets;
        }
    },
    /** One byte at a time; of long packets the ends only. */
    BYTES {
        @Override
        List<byte[]> cut(byte[] stream, List<byte[]> packets) {
            List<byte[]> parts = new ArrayList<>();
            for (byte[] packet : packets) {
                int at = 0;
                while (at < packet.length) {
                    boolean edge = packet.length < LONG || at < EDGE || at >= packet.length - EDGE;
                    int next = edge ? at + 1 : Math.min(at + CHUNK, packet.length - EDGE);
                    parts.add(Arrays.copyOfRange(packet, at, next));
                    at = next;
                }
            }
            return parts;
        }
    },
    /** All at once. */
    COALESCED {
        @Override
        List<byte[]> cut(byte[] stream, List<byte[]> packets) {
            return List.of(stream);
        }
    },
    /** In pieces of chance, another each time but the same in each run, across the ends of packets. */
    RANDOM {
        @Override
        List<byte[]> cut(byte[] stream, List<byte[]> packets) {
            Random chance = new Random(Arrays.hashCode(stream));
            int most = stream.length < LONG ? EDGE : stream.length < HUGE ? LONG / 4 : CHUNK;
            List<byte[]> parts = new ArrayList<>();
            for (int at = 0; at < stream.length; ) {
                int next = Math.min(at + 1 + chance.nextInt(most), stream.length);
                parts.add(Arrays.copyOfRange(stream, at, next));
                at = next;
            }
            return parts;
        }
    };

    private static final int LONG = 4096;
    private static final int HUGE = 1 << 21;
    private static final int EDGE = 16;
    private static final int CHUNK = 70_001;

    abstract List<byte[]> cut(byte[] stream, List<byte[]> packets);
}

package io.mysqlproxy.core.script.module.proto;

import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.Wire;
import io.mysqlproxy.wire.packet.Greeting;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Map;

/** The server's greeting. */
public final class ChallengePacket {
    private static final int PART_1 = 8;
    private static final int PART_2 = 12;
    private static final int FILLERS = 10;
    private static final int LONGEST_CHALLENGE = 254;
    private static final int DEFAULT_CAPABILITIES = 0x8200;
    private static final String DEFAULT_CHALLENGE = "01234567890123456789";

    private ChallengePacket() {}

    /** Any version of three numbers; the challenge is as long as the packet says. */
    public static Map<String, Object> read(ByteBuf payload) {
        Wire.readHeader(payload, Greeting.VERSION, "greeting");
        String version = Wire.readNulString(payload).latin1();
        int number = Greeting.versionNumber(version);
        if (number == 0 && !version.startsWith("0.0.0")) {
            throw new ProtocolException("no version: " + version);
        }
        long thread = Wire.readInt4(payload);
        ByteString part1 = Wire.readBytes(payload, PART_1);
        Wire.skip(payload, 1);
        long low = Wire.readInt2(payload);
        Record record = new Record()
                .put("protocol_version", Greeting.VERSION)
                .put("server_version", number)
                .put("thread_id", thread)
                .put("charset", Wire.readInt1(payload))
                .put("server_status", Wire.readInt2(payload));
        Capabilities capabilities = new Capabilities(low | (long) Wire.readInt2(payload) << 16);
        record.put("capabilities", capabilities.bits());
        readRest(payload, capabilities, part1, record);
        return record.entries();
    }

    private static void readRest(ByteBuf payload, Capabilities capabilities, ByteString part1, Record record) {
        int announced = Wire.readInt1(payload);
        Wire.skip(payload, FILLERS);
        if (capabilities.has(Capabilities.PLUGIN_AUTH)) {
            int rest = Math.max(0, announced - PART_1);
            ByteString part2 = Wire.readBytes(payload, rest);
            Wire.skip(payload, Math.max(0, PART_2 - rest));
            ByteString challenge = joined(part1, part2);
            record.put("challenge", challenge.slice(0, Math.min(announced, challenge.length())));
            record.put("auth_plugin_name", Wire.readNulOrRest(payload));
        } else if (capabilities.has(Capabilities.SECURE_CONNECTION)) {
            record.put("challenge", joined(part1, Wire.readBytes(payload, PART_2)));
            Wire.skip(payload, 1);
        } else {
            record.put("challenge", part1);
        }
    }

    private static ByteString joined(ByteString part1, ByteString part2) {
        byte[] both = Arrays.copyOf(part1.bytes(), part1.length() + part2.length());
        System.arraycopy(part2.bytes(), 0, both, part1.length(), part2.length());
        return ByteString.of(both);
    }

    /** As the capabilities say. */
    public static void write(ByteBuf out, Fields fields) {
        long capabilities = fields.number("capabilities", DEFAULT_CAPABILITIES);
        ByteString challenge = challenge(fields, new Capabilities(capabilities));
        boolean plugin = new Capabilities(capabilities).has(Capabilities.PLUGIN_AUTH);
        writeHead(out, fields, challenge);
        out.writeShortLE((int) capabilities)
                .writeByte((int) fields.number("charset"))
                .writeShortLE((int) fields.number("server_status"));
        out.writeShortLE((int) (capabilities >> 16))
                .writeByte(plugin ? challenge.length() : 0)
                .writeZero(FILLERS);
        if (plugin) {
            out.writeBytes(challenge.bytes(), PART_1, challenge.length() - PART_1);
            Wire.writeBytes(out, fields.text("auth_plugin_name"));
            out.writeZero(endsPluginName(fields.number("server_version")) ? 1 : 0);
        } else if (new Capabilities(capabilities).has(Capabilities.SECURE_CONNECTION)) {
            out.writeBytes(challenge.bytes(), PART_1, challenge.length() - PART_1)
                    .writeByte(0);
        }
    }

    /** Only the layout of 5.0: 20 bytes of challenge, and no capabilities above bit 15. */
    public static void writeClassic(ByteBuf out, Fields fields) {
        ByteString given = fields.text("challenge", DEFAULT_CHALLENGE);
        byte[] challenge = Arrays.copyOf(given.bytes(), PART_1 + PART_2);
        writeHead(out, fields, ByteString.of(challenge));
        out.writeShortLE((int) fields.number("capabilities", DEFAULT_CAPABILITIES))
                .writeByte((int) fields.number("charset"))
                .writeShortLE((int) fields.number("server_status"));
        out.writeZero(FILLERS + 3).writeBytes(challenge, PART_1, PART_2).writeByte(0);
    }

    private static void writeHead(ByteBuf out, Fields fields, ByteString challenge) {
        Wire.writeNulString(out.writeByte(Greeting.VERSION), version(fields.number("server_version")));
        out.writeIntLE((int) fields.number("thread_id"));
        out.writeBytes(challenge.bytes(), 0, PART_1).writeByte(0);
    }

    private static ByteString challenge(Fields fields, Capabilities capabilities) {
        boolean mayDefault = !capabilities.has(Capabilities.PLUGIN_AUTH);
        ByteString challenge = fields.text("challenge", mayDefault ? DEFAULT_CHALLENGE : "");
        if (challenge.length() < PART_1 || challenge.length() > LONGEST_CHALLENGE) {
            throw new IllegalArgumentException("a challenge of " + challenge.length() + " bytes");
        }
        return challenge;
    }

    private static String version(long number) {
        return number > 30000 && number < 100000
                ? String.format("%d.%02d.%02d", number / 10000, number % 10000 / 100, number % 100)
                : "5.0.99";
    }

    /** Clients work around the servers that left it out, and take the versions at their word. */
    private static boolean endsPluginName(long version) {
        return version >= 50510 && version < 50600 || version >= 50602;
    }
}

package io.mysqlproxy.wire.packet;

import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.Wire;
import io.netty.buffer.ByteBuf;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server's first packet, version 10.
 *
 * <pre>
 * int&lt;1&gt;        10
 * string&lt;NUL&gt;   server version
 * int&lt;4&gt;        thread id
 * string&lt;8&gt;     scramble, part 1
 * int&lt;1&gt;        filler, 0
 * int&lt;2&gt;        capabilities, low half
 * int&lt;1&gt;        character set
 * int&lt;2&gt;        status
 * int&lt;2&gt;        capabilities, high half
 * int&lt;1&gt;        length of the scramble with PLUGIN_AUTH, else 0
 * string&lt;6&gt;     reserved, 0
 * int&lt;4&gt;        MariaDB without LONG_PASSWORD: extended capabilities; else reserved, 0
 * string&lt;$n&gt;    scramble, part 2: max(13, length - 8) bytes with PLUGIN_AUTH, 13 with SECURE_CONNECTION alone
 * string&lt;NUL&gt;   with PLUGIN_AUTH: plugin name; old servers leave out its NUL
 * </pre>
 *
 * <p>Source: manual, "Protocol::HandshakeV10"; MariaDB manual, "Initial Handshake Packet"; W-02.
 *
 * @param scramble both parts, as many bytes as are announced: usually 21, the last one NUL; 20 without PLUGIN_AUTH, 8
 *     without SECURE_CONNECTION either
 * @param capabilities with MariaDB's extended word above bit 31
 * @param authPlugin empty without PLUGIN_AUTH
 */
public record Greeting(
        String serverVersion,
        long threadId,
        ByteString scramble,
        Capabilities capabilities,
        int charset,
        int status,
        String authPlugin) {
    /** First byte of the payload: the protocol's version. */
    public static final int VERSION = 10;

    private static final int PART_1 = 8;
    private static final int PART_2 = 13;
    private static final int SCRAMBLE = 20;
    private static final int RESERVED = 6;

    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,5})\\.(\\d{1,5})\\.(\\d{1,5})");

    /** Checks that the scramble fits the layout: 8 to 255 bytes. */
    public Greeting {
        if (scramble.length() < PART_1 || scramble.length() > 0xFF) {
            throw new IllegalArgumentException("a scramble of " + scramble.length() + " bytes");
        }
    }

    /**
     * A version text as one number: major * 10000 + minor * 100 + patch of the three numbers it begins with; 0 if it does
     * not. {@code 5.5.5-10.11.9-MariaDB} is 50505: that prefix is what such a server wants to be taken for.
     */
    public static int versionNumber(String version) {
        Matcher matcher = NUMBERS.matcher(version);
        if (!matcher.lookingAt()) {
            return 0;
        }
        return Integer.parseInt(matcher.group(1)) * 10000
                + Integer.parseInt(matcher.group(2)) * 100
                + Integer.parseInt(matcher.group(3));
    }

    /** Reads a payload; versions other than 10 are refused. */
    public static Greeting read(ByteBuf payload) {
        int version = Wire.readInt1(payload);
        if (version != VERSION) {
            throw new ProtocolException("handshake version " + version + " is not supported, only " + VERSION);
        }
        String serverVersion = Wire.readNulString(payload).latin1();
        long threadId = Wire.readInt4(payload);
        ByteString part1 = Wire.readBytes(payload, PART_1);
        Wire.skip(payload, 1);
        long low = Wire.readInt2(payload);
        int charset = Wire.readInt1(payload);
        int status = Wire.readInt2(payload);
        long standard = low | (long) Wire.readInt2(payload) << 16;
        int announced = Wire.readInt1(payload);
        Wire.skip(payload, RESERVED);
        Capabilities capabilities = withExtended(standard, Wire.readInt4(payload));
        ByteString scramble = scramble(part1, announced, payload, capabilities);
        boolean plugin = capabilities.has(Capabilities.PLUGIN_AUTH);
        String authPlugin = plugin ? Wire.readNulOrRest(payload).latin1() : "";
        return new Greeting(serverVersion, threadId, scramble, capabilities, charset, status, authPlugin);
    }

    /** Only without LONG_PASSWORD are the last reserved bytes MariaDB's. */
    static Capabilities withExtended(long standard, long extended) {
        return new Capabilities((standard & Capabilities.LONG_PASSWORD) != 0 ? standard : standard | extended << 32);
    }

    private static ByteString scramble(ByteString part1, int announced, ByteBuf in, Capabilities capabilities) {
        int length = PART_1;
        ByteString part2 = ByteString.EMPTY;
        if (capabilities.has(Capabilities.PLUGIN_AUTH)) {
            part2 = Wire.readBytes(in, Math.max(PART_2, announced - PART_1));
            length = announced == 0 ? SCRAMBLE : Math.max(PART_1, announced);
        } else if (capabilities.has(Capabilities.SECURE_CONNECTION)) {
            part2 = Wire.readBytes(in, PART_2);
            length = SCRAMBLE;
        }
        byte[] both = new byte[length];
        System.arraycopy(part1.bytes(), 0, both, 0, PART_1);
        System.arraycopy(part2.bytes(), 0, both, PART_1, length - PART_1);
        return ByteString.of(both);
    }

    /** Appends the payload: reserved bytes zero, a NUL behind the plugin name. */
    public void write(ByteBuf out) {
        boolean plugin = capabilities.has(Capabilities.PLUGIN_AUTH);
        Wire.writeNulString(out.writeByte(VERSION), serverVersion);
        out.writeIntLE((int) threadId);
        out.writeBytes(scramble.bytes(), 0, PART_1).writeByte(0);
        out.writeShortLE((int) capabilities.bits()).writeByte(charset).writeShortLE(status);
        out.writeShortLE((int) (capabilities.bits() >> 16)).writeByte(plugin ? scramble.length() : 0);
        out.writeZero(RESERVED).writeIntLE((int) capabilities.extended());
        if (plugin) {
            writePart2(out, scramble.length());
            Wire.writeNulString(out, authPlugin);
        } else if (capabilities.has(Capabilities.SECURE_CONNECTION)) {
            writePart2(out, Math.min(scramble.length(), SCRAMBLE));
        }
    }

    private void writePart2(ByteBuf out, int end) {
        int length = end - PART_1;
        out.writeBytes(scramble.bytes(), PART_1, length).writeZero(Math.max(0, PART_2 - length));
    }
}

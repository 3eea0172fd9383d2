package io.mysqlproxy.wire.packet;

import io.mysqlproxy.wire.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/**
 * What a load balancer says before anything else: whom it speaks for. Version 1 is a line of text, version 2 is binary. Source:
 * haproxy.org, "The PROXY protocol"; W-07.
 *
 * @param source the client; null if the balancer speaks for itself, or does not know
 * @param destination where the client connected to; null as well
 */
public record ProxyHeader(InetSocketAddress source, InetSocketAddress destination) {
    /** Nobody in particular. */
    public static final ProxyHeader LOCAL = new ProxyHeader(null, null);

    private static final byte[] SIGNATURE = {0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A};
    private static final int HEAD = 16;
    private static final int LONGEST_LINE = 107;

    /** Longest binary header that is read: addresses, and more in the way of extensions than anybody sends. */
    private static final int LONGEST = 4096;

    private static final int VERSION_2 = 0x20;
    private static final int COMMAND_PROXY = 0x01;
    private static final int TCP4 = 0x11;
    private static final int TCP6 = 0x21;

    /**
     * Reads a header of either version and stops behind it.
     *
     * @return null if more bytes are needed; then none was taken
     * @throws ProtocolException if it is not one
     */
    public static ProxyHeader read(ByteBuf in) {
        int first = in.isReadable() ? in.getByte(in.readerIndex()) : -1;
        return switch (first) {
            case -1 -> null;
            case 'P' -> readLine(in);
            case 0x0D -> readBinary(in);
            default -> throw malformed("it begins with " + first);
        };
    }

    private static ProxyHeader readLine(ByteBuf in) {
        int length = Math.min(in.readableBytes(), LONGEST_LINE);
        int end = in.indexOf(in.readerIndex(), in.readerIndex() + length, (byte) '\n');
        if (end < 0) {
            if (length == LONGEST_LINE) {
                throw malformed("its line is too long");
            }
            return null;
        }
        String line = in.readCharSequence(end + 1 - in.readerIndex(), StandardCharsets.US_ASCII)
                .toString();
        String[] words = line.stripTrailing().split(" ");
        if (!line.endsWith("\r\n") || words.length < 2 || !words[0].equals("PROXY")) {
            throw malformed("its line is not one of PROXY");
        }
        if (words[1].equals("UNKNOWN")) {
            return LOCAL;
        }
        if (words.length != 6 || !words[1].matches("TCP[46]")) {
            throw malformed("its line is not one of TCP");
        }
        return new ProxyHeader(address(words[2], words[4]), address(words[3], words[5]));
    }

    /** Numbers only: names would be looked up. */
    private static InetSocketAddress address(String host, String port) {
        if (!host.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*") || !port.matches("[0-9]{1,5}")) {
            throw malformed("of an address");
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(host), Integer.parseInt(port));
        } catch (UnknownHostException | IllegalArgumentException e) {
            throw malformed("of an address");
        }
    }

    private static ProxyHeader readBinary(ByteBuf in) {
        int held = Math.min(in.readableBytes(), SIGNATURE.length);
        for (int i = 0; i < held; i++) {
            if (in.getByte(in.readerIndex() + i) != SIGNATURE[i]) {
                throw malformed("of its signature");
            }
        }
        if (in.readableBytes() < HEAD) {
            return null;
        }
        int command = in.getUnsignedByte(in.readerIndex() + 12);
        int length = in.getUnsignedShort(in.readerIndex() + 14);
        if ((command & 0xF0) != VERSION_2 || (command & 0x0F) > COMMAND_PROXY || length > LONGEST) {
            throw malformed("of its version, command or length");
        }
        if (in.readableBytes() < HEAD + length) {
            return null;
        }
        int family = in.getUnsignedByte(in.readerIndex() + 13);
        ByteBuf addresses = in.skipBytes(HEAD).readSlice(length);
        return (command & 0x0F) == COMMAND_PROXY ? readAddresses(addresses, family) : LOCAL;
    }

    /** Behind the addresses there may be extensions, which mean nothing here. */
    private static ProxyHeader readAddresses(ByteBuf in, int family) {
        int size = family == TCP4 ? 4 : family == TCP6 ? 16 : 0;
        if (size == 0) {
            return LOCAL;
        }
        if (in.readableBytes() < 2 * size + 4) {
            throw malformed("its addresses are cut off");
        }
        try {
            InetAddress source = InetAddress.getByAddress(ByteBufUtil.getBytes(in.readSlice(size)));
            InetAddress destination = InetAddress.getByAddress(ByteBufUtil.getBytes(in.readSlice(size)));
            return new ProxyHeader(
                    new InetSocketAddress(source, in.readUnsignedShort()),
                    new InetSocketAddress(destination, in.readUnsignedShort()));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** Appends it in version 2. */
    public void write(ByteBuf out) {
        out.writeBytes(SIGNATURE);
        boolean known = source != null
                && destination != null
                && source.getAddress().getClass() == destination.getAddress().getClass();
        if (!known) {
            out.writeByte(VERSION_2).writeByte(0).writeShort(0);
            return;
        }
        boolean four = source.getAddress() instanceof Inet4Address;
        out.writeByte(VERSION_2 | COMMAND_PROXY).writeByte(four ? TCP4 : TCP6).writeShort(four ? 12 : 36);
        out.writeBytes(source.getAddress().getAddress())
                .writeBytes(destination.getAddress().getAddress());
        out.writeShort(source.getPort()).writeShort(destination.getPort());
    }

    private static ProtocolException malformed(String why) {
        return new ProtocolException("malformed PROXY header: " + why);
    }
}

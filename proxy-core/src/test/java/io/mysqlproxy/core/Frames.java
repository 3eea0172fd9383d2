package io.mysqlproxy.core;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Packets as a test writes them down: a sequence id in decimal, a colon, and the payload: hex bytes, {@code 00*23} for 23 of
 * them, {@code 'text'} for its bytes; {@code |} begins a remark. A line without a sequence id goes on with the packet before.
 *
 * <pre>
 * 0: 03 'SELECT 1'   | COM_QUERY
 * </pre>
 */
public final class Frames {
    public static final int MAX_PAYLOAD = 0xFFFFFF;

    private static final Pattern START = Pattern.compile("^\\s*(\\d{1,3}):");
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:'([^']*)'|([0-9a-fA-F]{2})(?:\\*(\\d+))?)\\s*");
    private static final int SHOWN = 400;

    private Frames() {}

    /** The packets, headers included. */
    public static List<byte[]> of(String text) {
        List<ByteArrayOutputStream> payloads = new ArrayList<>();
        List<Integer> ids = new ArrayList<>();
        for (String line :
                text.lines().map(l -> l.replaceFirst("\\s*\\|.*$", "")).toList()) {
            Matcher start = START.matcher(line);
            String rest = line;
            if (start.find()) {
                ids.add(Integer.valueOf(start.group(1)));
                payloads.add(new ByteArrayOutputStream());
                rest = line.substring(start.end());
            }
            if (!rest.isBlank()) {
                payloads.get(payloads.size() - 1).writeBytes(payload(rest));
            }
        }
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            frames.add(frame(ids.get(i), payloads.get(i).toByteArray()));
        }
        return frames;
    }

    /** A payload alone, in the same notation. */
    public static byte[] payload(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Matcher token = TOKEN.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!token.find(at) || token.start() != at) {
                throw new IllegalArgumentException("cannot read: " + text.substring(at));
            }
            at = token.end();
            if (token.group(1) != null) {
                out.writeBytes(token.group(1).getBytes(StandardCharsets.UTF_8));
            } else {
                int times = token.group(3) == null ? 1 : Integer.parseInt(token.group(3));
                byte[] run = new byte[times];
                Arrays.fill(run, (byte) HexFormat.fromHexDigits(token.group(2)));
                out.writeBytes(run);
            }
        }
        return out.toByteArray();
    }

    /** One physical packet. */
    public static byte[] frame(int sequence, byte[] payload) {
        byte[] frame = new byte[payload.length + 4];
        frame[0] = (byte) payload.length;
        frame[1] = (byte) (payload.length >> 8);
        frame[2] = (byte) (payload.length >> 16);
        frame[3] = (byte) sequence;
        System.arraycopy(payload, 0, frame, 4, payload.length);
        return frame;
    }

    /** A stream as lines of packets, one way only to write each: for comparing and for people. */
    public static String show(byte[] stream) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < stream.length) {
            if (stream.length - at < 4) {
                return out.append("a torn header\n").toString();
            }
            int length = (stream[at] & 0xFF) | (stream[at + 1] & 0xFF) << 8 | (stream[at + 2] & 0xFF) << 16;
            int end = at + 4 + length;
            out.append(stream[at + 3] & 0xFF).append(": ");
            if (end > stream.length) {
                return out.append("torn after ")
                        .append(stream.length - at - 4)
                        .append('\n')
                        .toString();
            }
            out.append(payload(stream, at + 4, end)).append('\n');
            at = end;
        }
        return out.toString();
    }

    private static String payload(byte[] stream, int from, int to) {
        byte[] part = Arrays.copyOfRange(stream, from, to);
        if (part.length > SHOWN) {
            return part.length + " bytes " + HexFormat.of().formatHex(part, 0, 16) + "… hash " + Arrays.hashCode(part);
        }
        return HexFormat.ofDelimiter(" ").formatHex(part) + "   " + printable(part);
    }

    private static String printable(byte[] part) {
        StringBuilder out = new StringBuilder();
        for (byte each : part) {
            out.append(each >= 0x20 && each < 0x7F ? (char) each : '.');
        }
        return out.toString();
    }

    /** One stream. */
    public static byte[] join(List<byte[]> parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        parts.forEach(out::writeBytes);
        return out.toByteArray();
    }
}

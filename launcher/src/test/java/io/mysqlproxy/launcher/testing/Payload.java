package io.mysqlproxy.launcher.testing;

import java.nio.charset.StandardCharsets;

/**
 * A packet as tests write it down: the sequence id and the payload, one Latin-1 character for each byte.
 *
 * @param sequence from 0 to 255
 */
public record Payload(int sequence, String text) {
    /** The first byte; -1 without one. */
    public int first() {
        return text.isEmpty() ? -1 : text.charAt(0);
    }

    /** The bytes of a text. */
    public static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The text of bytes. */
    public static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** A text with its length in front, as far as it has less than 251 bytes. */
    public static String counted(String text) {
        return (char) text.length() + text;
    }

    /** An ERR packet with a state. */
    public static String error(int code, String state, String message) {
        return "\377" + (char) (code & 0xFF) + (char) (code >> 8) + "#" + state + message;
    }

    /** Shown with its controls, and cut. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder().append(sequence).append(": ");
        text.chars()
                .limit(200)
                .forEach(c -> out.append(c < 32 || c > 126 ? String.format("\\x%02x", c) : String.valueOf((char) c)));
        return text.length() > 200 ? out + "... " + text.length() : out.toString();
    }
}

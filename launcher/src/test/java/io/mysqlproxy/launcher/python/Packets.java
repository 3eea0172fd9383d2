package io.mysqlproxy.launcher.python;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Packets by hand: what the tests know of the protocol, so that they do not trust the code they test. */
final class Packets {
    static final int PART = 0xFFFFFF;

    /** A status word with nothing but auto-commit. */
    static final int AUTOCOMMIT = 2;

    private static final int CAPABILITIES = 0xA20D;
    private static final int PLUGIN_AUTH = 0x80000;

    /** One packet as it came. */
    record Packet(int sequence, byte[] payload) {
        int first() {
            return payload.length == 0 ? -1 : payload[0] & 0xFF;
        }

        String text() {
            return new String(payload, StandardCharsets.ISO_8859_1);
        }

        /** An ERR as {@code errno sqlstate text}; without the state if the packet has none. */
        String error() {
            int code = (payload[1] & 0xFF) | (payload[2] & 0xFF) << 8;
            String rest = text().substring(3);
            return code + " " + (rest.startsWith("#") ? rest.substring(1, 6) + " " + rest.substring(6) : rest);
        }
    }

    private Packets() {}

    static Packet read(DataInputStream in) throws IOException {
        int length = in.readUnsignedByte() | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16;
        int sequence = in.readUnsignedByte();
        return new Packet(sequence, in.readNBytes(length));
    }

    /** Writes one payload, in parts if it is long; gives the sequence id that comes next. */
    static int write(OutputStream out, int sequence, byte[] payload) throws IOException {
        int at = 0;
        int next = sequence;
        int length;
        do {
            length = Math.min(PART, payload.length - at);
            out.write(new byte[] {(byte) length, (byte) (length >> 8), (byte) (length >> 16), (byte) next++});
            out.write(payload, at, length);
            at += length;
        } while (length == PART);
        return next;
    }

    static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] greeting(String version, int thread, String scramble, boolean plugin) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(bytes("\n" + version + "\0"));
        little(out, thread, 4);
        out.writeBytes(bytes(scramble.substring(0, 8) + "\0"));
        int capabilities = plugin ? CAPABILITIES | PLUGIN_AUTH : CAPABILITIES;
        little(out, capabilities, 2);
        out.write(8);
        little(out, AUTOCOMMIT, 2);
        little(out, capabilities >>> 16, 2);
        out.write(plugin ? 21 : 0);
        out.writeBytes(new byte[10]);
        out.writeBytes(bytes(scramble.substring(8) + "\0"));
        if (plugin) {
            out.writeBytes(bytes("mysql_native_password\0"));
        }
        return out.toByteArray();
    }

    static byte[] login(String user, String response, String schema) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        little(out, schema.isEmpty() ? CAPABILITIES & ~8 : CAPABILITIES, 4);
        little(out, 0x1000000, 4);
        out.write(8);
        out.writeBytes(new byte[23]);
        out.writeBytes(bytes(user + "\0"));
        out.write(response.length());
        out.writeBytes(bytes(response));
        if (!schema.isEmpty()) {
            out.writeBytes(bytes(schema + "\0"));
        }
        return out.toByteArray();
    }

    static byte[] ok(int affected, int insertId, int status, int warnings) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0);
        out.write(affected);
        out.write(insertId);
        little(out, status, 2);
        little(out, warnings, 2);
        return out.toByteArray();
    }

    static byte[] error(int code, String state, String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0xFF);
        little(out, code, 2);
        out.writeBytes(bytes("#" + state + text));
        return out.toByteArray();
    }

    static byte[] eof(int status, int warnings) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0xFE);
        little(out, warnings, 2);
        little(out, status, 2);
        return out.toByteArray();
    }

    /** A column as a script's own answers have it: charset 8, length 32, flags 2. */
    static byte[] column(String name, int type) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String part : List.of("def", "", "", "", name, "")) {
            out.write(part.length());
            out.writeBytes(bytes(part));
        }
        out.write(12);
        little(out, 8, 2);
        little(out, 32, 4);
        out.write(type);
        little(out, 2, 2);
        out.writeBytes(new byte[3]);
        return out.toByteArray();
    }

    /** A text row; null is NULL. */
    static byte[] row(String... cells) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String cell : cells) {
            if (cell == null) {
                out.write(0xFB);
            } else {
                out.write(cell.length());
                out.writeBytes(bytes(cell));
            }
        }
        return out.toByteArray();
    }

    static void little(ByteArrayOutputStream out, int value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write(value >>> 8 * i);
        }
    }
}

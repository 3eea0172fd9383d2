package io.mysqlproxy.core.script.module.proto;

import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The file in which a replica notes where it is: one value a line, in a fixed order. */
public final class MasterInfo {
    private static final List<Line> LINES = List.of(
            new Line("master_lines", true),
            new Line("master_log_file", false),
            new Line("master_log_pos", true),
            new Line("master_host", false),
            new Line("master_user", false),
            new Line("master_password", false),
            new Line("master_port", true),
            new Line("master_connect_retry", true),
            new Line("master_ssl", true),
            new Line("master_ssl_ca", false),
            new Line("master_ssl_capath", false),
            new Line("master_ssl_cert", false),
            new Line("master_ssl_cipher", false),
            new Line("master_ssl_key", false));

    /** Files of servers that know it say that they have this many lines or more. */
    private static final int WITH_VERIFY = 15;

    private static final Line VERIFY = new Line("master_ssl_verify_server_cert", true);
    private static final long LARGEST = 0xFFFFFFFFL;

    private MasterInfo() {}

    private record Line(String name, boolean isNumber) {}

    /** Every line has to end with a newline. */
    public static Map<String, Object> read(ByteBuf text) {
        Record record = new Record();
        LINES.forEach(line -> read(text, line, record));
        if ((Long) record.entries().get("master_lines") >= WITH_VERIFY) {
            read(text, VERIFY, record);
        }
        return record.entries();
    }

    private static void read(ByteBuf text, Line line, Record record) {
        int length = text.bytesBefore((byte) '\n');
        if (length < 0) {
            throw new ProtocolException("no line for " + line.name);
        }
        byte[] bytes = new byte[length];
        text.readBytes(bytes).skipBytes(1);
        if (line.isNumber) {
            record.put(line.name, number(line, new String(bytes, StandardCharsets.ISO_8859_1)));
        } else {
            record.put(line.name, ByteString.of(bytes));
        }
    }

    /** As C writes numbers: {@code 0x10} is 16, and so is {@code 020}. */
    private static Long number(Line line, String text) {
        try {
            long number = Long.decode(text);
            if (number >= 0 && number <= LARGEST) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new ProtocolException(line.name + " is no number");
    }

    /** The same lines. */
    public static void write(ByteBuf out, Fields fields) {
        LINES.forEach(line -> write(out, line, fields));
        if (fields.number("master_lines") >= WITH_VERIFY) {
            write(out, VERIFY, fields);
        }
    }

    private static void write(ByteBuf out, Line line, Fields fields) {
        if (line.isNumber) {
            String number = Long.toString(fields.number(line.name) & LARGEST);
            out.writeBytes(number.getBytes(StandardCharsets.US_ASCII));
        } else {
            out.writeBytes(fields.text(line.name).bytes());
        }
        out.writeByte('\n');
    }
}

package io.mysqlproxy.core.script.module.proto;

import io.mysqlproxy.script.HostException;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Wire;
import io.mysqlproxy.wire.packet.HandshakeResponse;
import io.netty.buffer.ByteBuf;
import java.util.Map;

/** The client's answer to a greeting. */
public final class LoginPacket {
    private static final int FILLERS = 23;
    private static final int DEFAULT_CAPABILITIES = 0x8200;

    private LoginPacket() {}

    /** Reads either layout, the one of 4.0 too; attributes behind it do not matter. */
    public static Map<String, Object> read(ByteBuf payload, long offered) {
        Record record = new Record().put("server_capabilities", offered);
        return (HandshakeResponse.isProtocol41(payload) ? read41(payload, offered, record) : read40(payload, record))
                .entries();
    }

    private static Record read40(ByteBuf payload, Record record) {
        return record.put("capabilities", Wire.readInt2(payload))
                .put("max_packet_size", Wire.readInt3(payload))
                .put("charset", 0)
                .put("username", Wire.readNulString(payload))
                .put("response", Wire.readRestString(payload));
    }

    private static Record read41(ByteBuf payload, long offered, Record record) {
        Capabilities client = new Capabilities(Wire.readInt4(payload));
        Capabilities both = client.and(new Capabilities(offered));
        record.put("capabilities", client.bits());
        record.put("max_packet_size", Wire.readInt4(payload));
        record.put("charset", Wire.readInt1(payload));
        Wire.skip(payload, FILLERS);
        record.put("username", Wire.readNulString(payload));
        record.put("response", readResponse(payload, both));
        if (both.has(Capabilities.CONNECT_WITH_DB)) {
            record.put("database", Wire.readNulString(payload));
        }
        if (both.has(Capabilities.PLUGIN_AUTH)) {
            record.put("auth_plugin_name", Wire.readNulOrRest(payload));
        }
        return record;
    }

    private static ByteString readResponse(ByteBuf payload, Capabilities both) {
        if (both.has(Capabilities.PLUGIN_AUTH_LENENC)) {
            return Wire.readLenencString(payload);
        }
        return both.has(Capabilities.SECURE_CONNECTION)
                ? Wire.readBytes(payload, Wire.readInt1(payload))
                : Wire.readNulString(payload);
    }

    /** The layout depends on {@code server_capabilities}. */
    public static void write(ByteBuf out, Fields fields) {
        if (!fields.has("server_capabilities")) {
            throw new HostException(".server_capabilities has to be set");
        }
        Long offered = fields.orNull("server_capabilities");
        if (offered == null) {
            throw new HostException(".server_capabilities has to be a number");
        }
        Capabilities client = new Capabilities(fields.number("capabilities", DEFAULT_CAPABILITIES));
        if (client.has(Capabilities.PROTOCOL_41)) {
            write41(out, fields, client, new Capabilities(offered));
        } else {
            write40(out, fields, client);
            Wire.writeBytes(out, fields.text("response"));
        }
    }

    private static void write41(ByteBuf out, Fields fields, Capabilities client, Capabilities server) {
        Capabilities both = client.and(server);
        writeHead(out, fields, client);
        ByteString response = fields.text("response");
        if (both.has(Capabilities.PLUGIN_AUTH_LENENC)) {
            Wire.writeLenencString(out, response);
        } else if (both.has(Capabilities.SECURE_CONNECTION)) {
            Wire.writeShortString(out, response);
        } else {
            Wire.writeNulString(out, response);
        }
        writeDatabase(out, server.has(Capabilities.CONNECT_WITH_DB) ? fields.text("database") : ByteString.EMPTY);
        if (both.has(Capabilities.PLUGIN_AUTH)) {
            Wire.writeNulString(out, fields.text("auth_plugin_name"));
        }
    }

    /** For scripts that do not say what the server can: with its length before the response, and no plugin. */
    public static void writeClassic(ByteBuf out, Fields fields) {
        Capabilities client = new Capabilities(fields.number("capabilities", DEFAULT_CAPABILITIES));
        ByteString response = fields.text("response");
        if (client.has(Capabilities.PROTOCOL_41)) {
            writeHead(out, fields, client);
            Wire.writeShortString(out, response);
            writeDatabase(out, fields.text("database"));
        } else {
            write40(out, fields, client);
            writeDatabase(out, response);
        }
    }

    private static void writeHead(ByteBuf out, Fields fields, Capabilities client) {
        out.writeIntLE((int) client.bits()).writeIntLE((int) fields.number("max_packet_size"));
        out.writeByte((int) fields.number("charset")).writeZero(FILLERS);
        Wire.writeNulString(out, fields.text("username"));
    }

    private static void write40(ByteBuf out, Fields fields, Capabilities client) {
        out.writeShortLE((int) client.bits()).writeMediumLE((int) fields.number("max_packet_size"));
        Wire.writeNulString(out, fields.text("username"));
    }

    /** Nothing at all, rather than a lone NUL, where there is none. */
    private static void writeDatabase(ByteBuf out, ByteString name) {
        if (!name.isEmpty()) {
            Wire.writeNulString(out, name);
        }
    }
}

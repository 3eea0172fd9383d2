package io.mysqlproxy.core.script.module;

import io.mysqlproxy.core.script.module.proto.ChallengePacket;
import io.mysqlproxy.core.script.module.proto.Fields;
import io.mysqlproxy.core.script.module.proto.LoginPacket;
import io.mysqlproxy.core.script.module.proto.MasterInfo;
import io.mysqlproxy.core.script.module.proto.StatementPackets;
import io.mysqlproxy.core.script.module.proto.StatusPackets;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.HostException;
import io.mysqlproxy.script.HostType;
import io.mysqlproxy.script.Kind;
import io.mysqlproxy.script.Member.Parameter;
import io.mysqlproxy.script.ScriptRef;
import io.mysqlproxy.wire.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;

/** {@code mysql.proto}: payloads to tables and back (script-libraries.md 2, python-api.md 4.3). */
final class ProtoModule {
    private static final String SERVER_CAPABILITIES = "server_capabilities";

    private static final List<Parameter> PAYLOAD = List.of(new Parameter("packet", Kind.BYTES, true));
    private static final List<Parameter> RECORD = List.of(new Parameter("fields", Kind.RECORD, true));

    /** What a function says that cannot read its payload. */
    @FunctionalInterface
    private interface Complaint {
        String about(String function, String reason);
    }

    private static final Complaint WITH_REASON = (function, reason) -> function + "() failed: " + reason;

    static final HostType<Object> LUA = lua();
    static final HostType<Object> PYTHON = python();

    private ProtoModule() {}

    private static HostType<Object> lua() {
        HostType<Object> type = About.describe(
                HostType.<Object>named("mysql.proto"),
                "LuaMySQLProto 0.1",
                "encode and decode packets of the MySQL protocol");
        decoder(type, "from_err_packet", StatusPackets::readErr, WITH_REASON);
        encoder(type, "to_challenge_packet", ChallengePacket::write, Fields.Misfit.IGNORED);
        encoder(type, "to_response_packet", LoginPacket::write, Fields.Misfit.IGNORED);
        return others(type);
    }

    private static HostType<Object> python() {
        HostType<Object> type = HostType.named("mysql.proto");
        type.call(
                "from_err_packet",
                PAYLOAD,
                List.of(),
                (module, a) -> PyErrPacket.of(decode(
                        "from_err_packet",
                        StatusPackets::readErr,
                        (Bytes) a[0],
                        (function, reason) -> "network_mysqld_proto_get_err_packet() failed")));
        encoder(type, "to_challenge_packet", ChallengePacket::writeClassic, misfit("auth_challenge."));
        encoder(type, "to_response_packet", ProtoModule::writeResponse, misfit("auth_response."));
        return others(type);
    }

    /** A script that knows what the server can do says so, as it has to in Lua. */
    private static void writeResponse(ByteBuf out, Fields fields) {
        if (fields.has(SERVER_CAPABILITIES)) {
            LoginPacket.write(out, fields);
        } else {
            LoginPacket.writeClassic(out, fields);
        }
    }

    private static HostType<Object> others(HostType<Object> type) {
        encoder(type, "to_err_packet", StatusPackets::writeErr, Fields.Misfit.IGNORED);
        decoder(type, "from_ok_packet", StatusPackets::readOk, WITH_REASON);
        encoder(type, "to_ok_packet", StatusPackets::writeOk, Fields.Misfit.IGNORED);
        decoder(type, "from_eof_packet", StatusPackets::readEof, WITH_REASON);
        encoder(type, "to_eof_packet", StatusPackets::writeEof, Fields.Misfit.IGNORED);
        decoder(type, "from_challenge_packet", ChallengePacket::read, WITH_REASON);
        decoder(type, "from_response_packet", SERVER_CAPABILITIES, LoginPacket::read);
        decoder(type, "from_stmt_prepare_packet", StatementPackets::readPrepare, WITH_REASON);
        decoder(type, "from_stmt_prepare_ok_packet", StatementPackets::readPrepareOk, WITH_REASON);
        decoder(type, "from_stmt_execute_packet", "param_count", StatementPackets::readExecute);
        decoder(type, "stmt_id_from_stmt_execute_packet", StatementPackets::readExecuteId, WITH_REASON);
        decoder(type, "from_stmt_close_packet", StatementPackets::readClose, WITH_REASON);
        decoder(type, "from_masterinfo_string", MasterInfo::read, WITH_REASON);
        return encoder(type, "to_masterinfo_string", MasterInfo::write, Fields.Misfit.IGNORED);
    }

    private static void decoder(
            HostType<Object> type, String name, Function<ByteBuf, Object> reader, Complaint complaint) {
        type.call(name, PAYLOAD, List.of(), (module, a) -> decode(name, reader, (Bytes) a[0], complaint));
    }

    private static void decoder(
            HostType<Object> type, String name, String number, BiFunction<ByteBuf, Long, Object> reader) {
        List<Parameter> parameters = List.of(PAYLOAD.get(0), new Parameter(number, Kind.INTEGER, true));
        type.call(
                name,
                parameters,
                List.of(),
                (module, a) -> decode(name, in -> reader.apply(in, (Long) a[1]), (Bytes) a[0], WITH_REASON));
    }

    private static <T> T decode(String name, Function<ByteBuf, T> reader, Bytes payload, Complaint complaint) {
        try {
            return reader.apply(Unpooled.wrappedBuffer(payload.array(), payload.offset(), payload.length()));
        } catch (ProtocolException | IllegalArgumentException e) {
            throw new HostException(complaint.about(name, e.getMessage()));
        }
    }

    private static HostType<Object> encoder(
            HostType<Object> type, String name, BiConsumer<ByteBuf, Fields> writer, Fields.Misfit misfit) {
        return type.call(
                name, RECORD, List.of(), (module, a) -> encode(name, writer, new Fields((ScriptRef) a[0], misfit)));
    }

    private static Bytes encode(String name, BiConsumer<ByteBuf, Fields> writer, Fields fields) {
        ByteBuf out = Unpooled.buffer();
        try {
            writer.accept(out, fields);
            return Bytes.of(out.array(), out.arrayOffset(), out.readableBytes());
        } catch (IllegalArgumentException e) {
            throw new HostException(name + "() failed: " + e.getMessage());
        }
    }

    /** The texts as they always were: nothing between the key and the verb. */
    private static Fields.Misfit misfit(String prefix) {
        return (key, type) -> {
            throw new HostException(prefix + key + "must be an " + type);
        };
    }
}

package io.mysqlproxy.wire.response;

import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.packet.Eof;
import io.mysqlproxy.wire.packet.Ok;
import io.mysqlproxy.wire.packet.PrepareOk;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** Counts what a {@link ResponseSummary} tells. */
final class Tally {
    /** Below this an 0xFE packet is an EOF whatever was negotiated: an OK has two counts, status and warnings. */
    private static final int SHORTEST_OK = 7;

    private final Capabilities capabilities;

    private ResponseSummary.Kind kind = ResponseSummary.Kind.OTHER;
    private int status;
    private int warnings;
    private long affectedRows;
    private long insertId;
    private long rows;
    private long bytes;
    private int queryStatus = ResponseSummary.ABSENT;
    private ByteString schema;

    Tally(Capabilities capabilities) {
        this.capabilities = capabilities;
    }

    ResponseSummary.Kind kind() {
        return kind;
    }

    /** An OK packet that is a result of its own. */
    void ok(ByteBuf packet) {
        Ok ok = Ok.read(packet, capabilities);
        kind = ResponseSummary.Kind.OK;
        queryStatus = ResponseReader.OK;
        affectedRows = ok.affectedRows();
        insertId = ok.insertId();
        changed(ok);
    }

    /** The end of rows or definitions, in either form. */
    void end(ByteBuf packet) {
        kind = ResponseSummary.Kind.RESULT;
        if (isEof(packet.readableBytes())) {
            Eof eof = Eof.read(packet);
            status = eof.status();
            warnings = eof.warnings();
        } else {
            changed(Ok.read(packet, capabilities));
        }
    }

    static boolean isEof(int length) {
        return length < SHORTEST_OK;
    }

    private void changed(Ok ok) {
        status = ok.status();
        warnings = ok.warnings();
        ok.schemaChange().ifPresent(changed -> schema = changed);
    }

    void prepared(PrepareOk ok) {
        kind = ResponseSummary.Kind.OK;
        queryStatus = ResponseReader.OK;
        warnings = ok.warnings();
    }

    /** An ERR packet; in the middle of rows the result set has begun well nevertheless. */
    void err(boolean first) {
        kind = ResponseSummary.Kind.ERR;
        status = 0;
        warnings = 0;
        affectedRows = 0;
        insertId = 0;
        if (first) {
            queryStatus = ResponseReader.ERR;
        }
    }

    void localInfile() {
        kind = ResponseSummary.Kind.LOCAL_INFILE;
        queryStatus = ResponseSummary.ABSENT;
    }

    /** A result set begins. */
    void resultSet() {
        queryStatus = ResponseReader.OK;
    }

    void row(int length) {
        rows++;
        bytes += length + Packet.HEADER;
    }

    void rowContinued(int length) {
        bytes += length + Packet.HEADER;
    }

    int status() {
        return status;
    }

    /** Puts back the status that holds for a result set of OUT parameters. */
    void status(int status) {
        this.status = status;
    }

    ResponseSummary summary() {
        return new ResponseSummary(
                kind, status, warnings, affectedRows, insertId, rows, bytes, queryStatus, Optional.ofNullable(schema));
    }
}

package io.mysqlproxy.core.script.model.result;

import io.mysqlproxy.core.query.HeldAnswer;
import io.mysqlproxy.core.query.Injection;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.HostException;
import io.mysqlproxy.script.HostObject;
import io.mysqlproxy.script.HostType;
import io.mysqlproxy.wire.Command;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.response.ResponseSummary;
import io.mysqlproxy.wire.response.ResponseSummary.Kind;
import io.mysqlproxy.wire.response.ResultView;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.AbstractList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code inj.resultset}: numbers for every answer, and its content where it was held (lua-api.md 3.8). */
public final class ResultModel {
    private static final Logger LOG = LoggerFactory.getLogger(ResultModel.class);

    /** What scripts can ask of it. */
    public static final HostType<ResultModel> TYPE = HostType.<ResultModel>named("InjectionResultset")
            .get("fields", r -> FieldModel.LIST.of(r.view("fields")))
            .only("lua")
            .get("fields", ResultModel::fieldsOrError)
            .only("python")
            .get("rows", ResultModel::rows)
            .only("lua")
            .get("rows", ResultModel::rowsOrError)
            .only("python")
            .get("raw", ResultModel::raw)
            .only("lua")
            .get("raw", ResultModel::rawOrError)
            .only("python")
            .get("row_count", r -> r.counted ? r.summary.rows() : 0L)
            .get("bytes", r -> r.counted ? r.summary.bytes() : 0L)
            .get("flags", r -> FlagsModel.TYPE.of(r.counted ? r.summary.status() : 0))
            .get("warning_count", r -> r.counted ? r.summary.warnings() : 0)
            .get("affected_rows", r -> r.changed(r.summary.affectedRows()))
            .get("insert_id", r -> r.changed(r.summary.insertId()))
            .get("query_status", ResultModel::queryStatus);

    private final HeldAnswer held;
    private final ResponseSummary summary;

    /** Only answers to COM_QUERY and COM_STMT_EXECUTE have numbers; for others they read 0, even after an ERR. */
    private final boolean counted;

    private ResultView view;
    private RowsModel.Shared shared;

    private ResultModel(Injection injection) {
        this.held = injection.held();
        this.summary = injection.summary();
        Bytes query = injection.query();
        Command command = Command.of(query.length() == 0 ? -1 : query.array()[query.offset()] & 0xFF);
        this.counted = command == Command.COM_QUERY || command == Command.COM_STMT_EXECUTE;
    }

    /** What the script sees of an answer to its injection. */
    public static HostObject of(Injection injection) {
        return TYPE.of(new ResultModel(injection));
    }

    private ResultView view(String member) {
        needed(member);
        return view();
    }

    private ResultView view() {
        if (view == null) {
            view = new ResultView(buffers(held.payloads()), held.capabilities(), held.binary());
        }
        return view;
    }

    /** Made when looked at: a long result would be as many objects as it has rows. */
    private static List<ByteBuf> buffers(List<Bytes> payloads) {
        return new AbstractList<>() {
            @Override
            public ByteBuf get(int index) {
                Bytes bytes = payloads.get(index);
                return Unpooled.wrappedBuffer(bytes.array(), bytes.offset(), bytes.length());
            }

            @Override
            public int size() {
                return payloads.size();
            }
        };
    }

    private void needed(String member) {
        if (held == null) {
            throw new HostException(".resultset." + member + " isn't available if 'resultset_is_needed ~= true'");
        }
    }

    private HostObject rows() {
        ResultView result = view("rows");
        return counted && result.isResult() ? RowsModel.of(result) : null;
    }

    private Bytes raw() {
        needed("raw");
        return held.payloads().get(0);
    }

    /** Python has words of its own where something is missing, and an error where Lua has nothing (python-api.md 3.11). */
    private HostObject fieldsOrError() {
        if (held == null) {
            throw new HostException.Absent("resultset.fields isn't available");
        }
        if (!isReadable()) {
            throw new HostException("parse resultset failed");
        }
        return FieldModel.LIST.of(view());
    }

    private HostObject rowsOrError() {
        if (held == null) {
            throw new HostException(".resultset.rows isn't available if resultset_is_needed ~= true");
        }
        if (!isReadable()) {
            LOG.error("no result set found");
            throw new HostException("Parse resultset failed!");
        }
        if (shared == null) {
            shared = new RowsModel.Shared(view());
        }
        return shared.rewound();
    }

    private Bytes rawOrError() {
        if (held == null) {
            throw new HostException("resultset.raw isn't available if resultset_is_need ~= true");
        }
        return raw();
    }

    private boolean isReadable() {
        try {
            return counted && view().isResult() && !view().columns().isEmpty();
        } catch (ProtocolException malformed) {
            return false;
        }
    }

    private Object changed(long number) {
        return counted && summary.kind() == Kind.RESULT ? null : counted ? number : 0L;
    }

    private Object queryStatus() {
        if (!counted) {
            return 0;
        }
        return summary.queryStatus() == ResponseSummary.ABSENT ? null : summary.queryStatus();
    }
}

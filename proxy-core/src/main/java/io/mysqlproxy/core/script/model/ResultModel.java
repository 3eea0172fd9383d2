package io.mysqlproxy.core.script.model;

import io.mysqlproxy.core.query.HeldAnswer;
import io.mysqlproxy.core.query.Injection;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.HostException;
import io.mysqlproxy.script.HostObject;
import io.mysqlproxy.script.HostType;
import io.mysqlproxy.wire.Command;
import io.mysqlproxy.wire.response.ResponseSummary;
import io.mysqlproxy.wire.response.ResponseSummary.Kind;
import io.mysqlproxy.wire.response.ResultView;
import io.netty.buffer.Unpooled;

/** {@code inj.resultset}: numbers for every answer, and its content where it was held (lua-api.md 3.8). */
final class ResultModel {
    private static final HostType<ResultModel> TYPE = HostType.<ResultModel>named("InjectionResultset")
            .get("fields", r -> FieldModel.LIST.of(r.view("fields")))
            .get("rows", ResultModel::rows)
            .get("raw", ResultModel::raw)
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

    private ResultModel(Injection injection) {
        this.held = injection.held();
        this.summary = injection.summary();
        Bytes query = injection.query();
        Command command = Command.of(query.length() == 0 ? -1 : query.array()[query.offset()] & 0xFF);
        this.counted = command == Command.COM_QUERY || command == Command.COM_STMT_EXECUTE;
    }

    static HostObject of(Injection injection) {
        return TYPE.of(new ResultModel(injection));
    }

    private ResultView view(String member) {
        needed(member);
        if (view == null) {
            view = new ResultView(
                    held.payloads().stream().map(Unpooled::wrappedBuffer).toList(), held.capabilities(), held.binary());
        }
        return view;
    }

    private void needed(String member) {
        if (held == null) {
            throw new HostException(".resultset." + member + " isn't available if 'resultset_is_needed ~= true'");
        }
    }

    private HostObject rows() {
        ResultView result = view("rows");
        return counted && result.isResult() ? RowsModel.TYPE.of(result) : null;
    }

    private Bytes raw() {
        needed("raw");
        return Bytes.of(held.payloads().get(0));
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

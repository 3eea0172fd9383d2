package io.mysqlproxy.core.script;

import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.script.AnswerFault;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.Dialect;
import io.mysqlproxy.script.ScriptContext;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptRef;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads {@code proxy.response} (lua-api.md 2.9, python-api.md 3.8). Needs the realm's lock. */
final class AnswerReader {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerReader.class);

    private static final long TYPE_OK = 0;
    private static final long TYPE_RAW = 250;
    private static final long TYPE_ERR = 255;
    private static final int LONGEST_MESSAGE = 512;

    private final Dialect dialect;
    private final String file;

    /** @param file whose response it is, for the log */
    AnswerReader(Dialect dialect, String file) {
        this.dialect = dialect;
        this.file = file;
    }

    /** The answer; one that says what is wrong if the response cannot be sent. Never null, never throws. */
    Answer read(ScriptContext context) {
        try {
            return read(context.response());
        } catch (AnswerException e) {
            LOG.info("handling proxy.response failed: {}", e.getMessage());
            return Answer.error(dialect.answerFault(e.fault()));
        } catch (ScriptException e) {
            LOG.error("handling proxy.response failed: {}", e.getMessage());
            Complaint.trace(e);
            return Answer.error(dialect.answerFault(AnswerFault.UNUSABLE));
        }
    }

    private Answer read(ScriptRef response) throws AnswerException, ScriptException {
        if (response == null) {
            throw new AnswerException(AnswerFault.UNUSABLE, "proxy.response is neither a table nor a dict");
        }
        if (!response.has("type")) {
            throw new AnswerException(AnswerFault.NO_TYPE, "proxy.response.type isn't set in " + file);
        }
        Long type = response.number("type");
        if (type == null) {
            throw unknown(-1, "proxy.response.type isn't a number");
        }
        if (type == TYPE_OK) {
            return okay(response);
        }
        if (type == TYPE_ERR) {
            return error(response);
        }
        if (type == TYPE_RAW) {
            return raw(response);
        }
        throw unknown(type, "proxy.response.type is unknown: " + type);
    }

    private AnswerException unknown(long type, String reason) {
        dialect.unknownTypeLog(type).ifPresent(LOG::error);
        return new AnswerException(AnswerFault.UNKNOWN_TYPE, reason);
    }

    private static Answer okay(ScriptRef response) throws AnswerException, ScriptException {
        ScriptRef resultset;
        try {
            resultset = response.child("resultset");
        } catch (ScriptException e) {
            throw new AnswerException(AnswerFault.BAD_FIELDS, e);
        }
        if (resultset != null) {
            return new ResultReader(resultset).read();
        }
        return new Answer.Okay(
                orZero(response.number("affected_rows")),
                orZero(response.number("insert_id")),
                (int) orZero(response.number("warning_count")) & 0xFFFF);
    }

    private Answer error(ScriptRef response) throws AnswerException, ScriptException {
        Bytes message = response.text("errmsg");
        if (message == null) {
            throw new AnswerException(AnswerFault.NO_ERRMSG, "proxy.response.errmsg is nil");
        }
        Long code = response.number("errcode");
        return new Answer.Error(
                code == null ? Answer.UNKNOWN_ERROR : (int) (code & 0xFFFF),
                dialect.sqlState(response.text("sqlstate")),
                Bytes.of(message.array(), message.offset(), Math.min(message.length(), LONGEST_MESSAGE)));
    }

    private static Answer raw(ScriptRef response) throws AnswerException, ScriptException {
        ScriptRef packets = response.child("packets");
        int size = packets == null ? -1 : packets.size();
        List<Bytes> payloads = new ArrayList<>();
        try {
            for (int i = 0; i < size; i++) {
                payloads.add(payload(packets, i));
            }
        } catch (ScriptException e) {
            Complaint.trace(e); // a language that objects to an entry has the ones before it sent
        }
        if (payloads.isEmpty()) {
            throw new AnswerException(AnswerFault.BAD_PACKETS, "proxy.response.packets has no packets");
        }
        return new Answer.Raw(payloads);
    }

    private static Bytes payload(ScriptRef packets, int index) throws AnswerException, ScriptException {
        Bytes payload = packets.textAt(index);
        if (payload == null) {
            throw new AnswerException(
                    AnswerFault.BAD_PACKETS, "proxy.response.packets: entry " + index + " (from 0) is no string");
        }
        return payload;
    }

    private static long orZero(Long number) {
        return number == null ? 0 : number;
    }
}

package io.mysqlproxy.core.script.module.proto;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.HostException;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptRef;
import io.mysqlproxy.wire.ByteString;

/**
 * A table or dict that a script gives for a packet: every field may be missing.
 *
 * @param given the table
 * @param misfit what a value of the wrong type means
 */
public record Fields(ScriptRef given, Misfit misfit) {
    /** What a value of the wrong type means. */
    @FunctionalInterface
    public interface Misfit {
        /** In Lua a number that is none counts as 0, and a text that is none as empty. */
        Misfit IGNORED = (key, type) -> {};

        /**
         * Throws, or lets the value pass as 0 or no bytes.
         *
         * @param key the field
         * @param type {@code int} or {@code string}
         */
        void report(String key, String type);
    }

    /** Whether a field is there. */
    public boolean has(String key) {
        try {
            return given.has(key);
        } catch (ScriptException e) {
            throw new HostException(e.getMessage());
        }
    }

    /** A number, whose high bits the packet may cut off; 0 if missing. */
    public long number(String key) {
        return number(key, 0);
    }

    long number(String key, long otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        Long number = orNull(key);
        if (number == null) {
            misfit.report(key, "int");
        }
        return number == null ? 0 : number;
    }

    /** Null if the field is no number. */
    Long orNull(String key) {
        try {
            return given.number(key);
        } catch (ScriptException e) {
            throw new HostException(e.getMessage());
        }
    }

    /** Bytes; none if missing. */
    public ByteString text(String key) {
        return text(key, "");
    }

    ByteString text(String key, String otherwise) {
        if (!has(key)) {
            return ByteString.of(otherwise);
        }
        try {
            Bytes text = given.text(key);
            if (text == null) {
                misfit.report(key, "string");
            }
            return text == null ? ByteString.EMPTY : ByteString.of(text.toByteArray());
        } catch (ScriptException e) {
            throw new HostException(e.getMessage());
        }
    }
}

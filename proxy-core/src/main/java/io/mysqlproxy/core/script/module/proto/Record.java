package io.mysqlproxy.core.script.module.proto;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.ByteString;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a payload says, as it is given to a script; a text without bytes is left out. */
final class Record {
    private final Map<String, Object> entries = new LinkedHashMap<>();

    Record put(String name, Object value) {
        entries.put(name, value);
        return this;
    }

    Record put(String name, ByteString text) {
        if (!text.isEmpty()) {
            entries.put(name, Bytes.of(text.bytes()));
        }
        return this;
    }

    Map<String, Object> entries() {
        return entries;
    }
}

package io.mysqlproxy.core.script.model;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.HostException;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptRef;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.packet.QueryAttributes.Entry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Query attributes as a map from names to texts (protocol.md 5). */
final class AttributesModel {
    private AttributesModel() {}

    /** What a script sees; NULL reads as an empty text, since in Lua the name would not be there otherwise. */
    static Map<String, Object> map(List<Entry> entries) {
        Map<String, Object> byName = new LinkedHashMap<>();
        for (Entry each : entries == null ? List.<Entry>of() : entries) {
            byName.put(
                    each.name().toString(),
                    each.value() == null ? Bytes.EMPTY : Bytes.of(each.value().bytes()));
        }
        return byName;
    }

    /** What a script gives; null if it gives nothing. */
    static List<Entry> entries(Object given) {
        if (!(given instanceof ScriptRef map)) {
            return null;
        }
        try {
            return map.cells().entrySet().stream()
                    .map(each -> new Entry(bytes(each.getKey()), bytes(each.getValue())))
                    .toList();
        } catch (ScriptException e) {
            throw new HostException(e.getMessage());
        }
    }

    private static ByteString bytes(Bytes text) {
        return text == null ? null : ByteString.of(text.toByteArray());
    }
}

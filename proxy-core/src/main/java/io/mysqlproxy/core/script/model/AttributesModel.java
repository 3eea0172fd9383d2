package io.mysqlproxy.core.script.model;

import io.mysqlproxy.core.leg.Login;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.HostException;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptRef;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.packet.QueryAttributes.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Named texts that go along with a statement or a login: a table in Lua, a dict in Python (protocol.md 5). */
final class AttributesModel {
    private AttributesModel() {}

    /** Query attributes; NULL reads as an empty text, and of two with one name the last counts. */
    static Map<Bytes, Bytes> of(List<Entry> attributes) {
        Map<Bytes, Bytes> byName = new LinkedHashMap<>();
        if (attributes != null) {
            attributes.forEach(each -> byName.put(bytes(each.name()), bytes(each.value())));
        }
        return byName;
    }

    /** What a client said about itself. */
    static Map<Bytes, Bytes> ofLogin(Login login) {
        Map<Bytes, Bytes> byName = new LinkedHashMap<>();
        login.attributes().entries().forEach(each -> byName.put(bytes(each.name()), bytes(each.value())));
        return byName;
    }

    private static Bytes bytes(ByteString text) {
        return text == null ? Bytes.EMPTY : Bytes.of(text.bytes());
    }

    /**
     * Query attributes that a script gives.
     *
     * @throws HostException if there is something among them that is no text
     */
    static List<Entry> read(ScriptRef given) {
        try {
            List<Entry> entries = new ArrayList<>();
            given.cells().forEach((name, value) -> entries.add(new Entry(text(name), text(value))));
            return entries;
        } catch (ScriptException e) {
            throw new HostException(e.getMessage());
        }
    }

    private static ByteString text(Bytes bytes) {
        return bytes == null ? null : ByteString.of(bytes.toByteArray());
    }
}

package io.mysqlproxy.script.lua.host;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.HostObject;
import io.mysqlproxy.script.HostType;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** Turns what the proxy gives into Lua values, for one interpreter. */
public final class LuaValues {
    private final Map<HostType<?>, LuaType> types = new IdentityHashMap<>();

    /** Any value of the list in {@link io.mysqlproxy.script.Member.Property}. */
    public LuaValue toLua(Object value) {
        if (value == null) {
            return LuaValue.NIL;
        } else if (value instanceof Bytes bytes) {
            return string(bytes);
        } else if (value instanceof HostObject object) {
            return type(object.type()).present(object);
        } else if (value instanceof Number number) {
            return number(number);
        } else if (value instanceof String text) {
            return LuaString.valueUsing(text.getBytes(StandardCharsets.UTF_8));
        } else if (value instanceof Boolean truth) {
            return LuaValue.valueOf(truth);
        } else if (value instanceof List<?> list) {
            return table(list);
        } else if (value instanceof Map<?, ?> map) {
            return table(map);
        } else if (value instanceof LuaRef ref) {
            return ref.table();
        }
        throw new IllegalArgumentException("not a value for scripts: " + value.getClass());
    }

    /** Whether a value is a look at something of the proxy. */
    public boolean isHost(LuaValue value) {
        return value instanceof LuaHost;
    }

    /** How a kind of thing looks in this interpreter. */
    public LuaType type(HostType<?> type) {
        LuaType known = types.get(type);
        if (known == null) {
            known = new LuaType(type, this);
            types.put(type, known);
        }
        return known;
    }

    /** Without a copy, unless a small part would keep a large array alive. */
    public static LuaString string(Bytes bytes) {
        return bytes.length() * 2L < bytes.array().length
                ? LuaString.valueUsing(bytes.toByteArray())
                : LuaString.valueUsing(bytes.array(), bytes.offset(), bytes.length());
    }

    /** A view of a Lua string, which nobody changes. */
    public static Bytes bytes(LuaString string) {
        return Bytes.of(string.m_bytes, string.m_offset, string.m_length);
    }

    private static LuaValue number(Number number) {
        return number instanceof Double real ? LuaValue.valueOf(real) : LuaInteger.valueOf(number.longValue());
    }

    private LuaTable table(List<?> list) {
        LuaTable table = new LuaTable(list.size(), 0);
        int index = 1;
        for (Object item : list) {
            if (item != null) {
                table.rawset(index, toLua(item));
            }
            index++;
        }
        return table;
    }

    private LuaTable table(Map<?, ?> map) {
        LuaTable table = new LuaTable(0, map.size());
        map.forEach((name, item) -> {
            if (item != null) {
                table.rawset(toLua(name), toLua(item));
            }
        });
        return table;
    }
}

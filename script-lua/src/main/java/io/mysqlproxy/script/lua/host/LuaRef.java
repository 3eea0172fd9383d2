package io.mysqlproxy.script.lua.host;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptRef;
import io.mysqlproxy.script.lua.call.Failures;
import java.util.LinkedHashMap;
import java.util.Map;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * A table of the script as the core reads it: named entries with metamethods, numbered ones without.
 *
 * @param table the table
 */
public record LuaRef(LuaTable table) implements ScriptRef {
    @Override
    public boolean has(String key) throws ScriptException {
        return !get(key).isnil();
    }

    @Override
    public Long number(String key) throws ScriptException {
        LuaValue value = get(key);
        return value.isnumber() ? (Long) (long) value.todouble() : null;
    }

    @Override
    public Boolean flag(String key) throws ScriptException {
        LuaValue value = get(key);
        return value.isnil() ? null : (Boolean) value.toboolean();
    }

    @Override
    public Bytes text(String key) throws ScriptException {
        return text(get(key));
    }

    @Override
    public ScriptRef child(String key) throws ScriptException {
        return child(get(key));
    }

    @Override
    public Map<Bytes, Bytes> cells() {
        Map<Bytes, Bytes> cells = new LinkedHashMap<>();
        for (LuaValue key : table.keys()) {
            if (key instanceof LuaString name) {
                cells.put(LuaValues.bytes(name), text(table.rawget(key)));
            }
        }
        return cells;
    }

    @Override
    public int size() {
        int size = 0;
        while (!table.rawget(size + 1).isnil()) {
            size++;
        }
        return size;
    }

    @Override
    public ScriptRef childAt(int index) {
        return child(table.rawget(index + 1));
    }

    @Override
    public ScriptRef recordAt(int index, String... names) {
        return childAt(index);
    }

    @Override
    public Bytes textAt(int index) {
        return text(table.rawget(index + 1));
    }

    @Override
    public Bytes cellAt(int index) {
        return textAt(index);
    }

    private LuaValue get(String key) throws ScriptException {
        LuaString name = LuaValue.valueOf(key);
        LuaValue raw = table.rawget(name);
        if (!raw.isnil() || table.getmetatable() == null) {
            return raw;
        }
        try {
            return table.get(name);
        } catch (Throwable thrown) {
            throw Failures.exception(thrown);
        }
    }

    private static Bytes text(LuaValue value) {
        return value.isstring() ? LuaValues.bytes(value.strvalue()) : null;
    }

    private static ScriptRef child(LuaValue value) {
        return value instanceof LuaTable table ? new LuaRef(table) : null;
    }
}

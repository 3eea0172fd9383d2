package io.mysqlproxy.core.script;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a script, made of maps, lists, strings, numbers and booleans; an exception is raised when it is looked at. */
final class FakeRef implements ScriptRef {
    private final Object value;

    private FakeRef(Object value) {
        this.value = value;
    }

    /** Null unless it is a container. */
    static FakeRef of(Object value) {
        return value instanceof Map || value instanceof List ? new FakeRef(value) : null;
    }

    private Object at(String key) throws ScriptException {
        return raised(value instanceof Map<?, ?> map ? map.get(key) : null);
    }

    private Object at(int index) throws ScriptException {
        return raised(value instanceof List<?> list && index < list.size() ? list.get(index) : null);
    }

    private static Object raised(Object value) throws ScriptException {
        if (value instanceof ScriptException e) {
            throw e;
        }
        return value;
    }

    @Override
    public boolean has(String key) throws ScriptException {
        return at(key) != null;
    }

    @Override
    public Long number(String key) throws ScriptException {
        return at(key) instanceof Number n ? n.longValue() : null;
    }

    @Override
    public Boolean flag(String key) throws ScriptException {
        return at(key) instanceof Boolean b ? b : null;
    }

    @Override
    public Bytes text(String key) throws ScriptException {
        return text(at(key));
    }

    @Override
    public ScriptRef child(String key) throws ScriptException {
        return of(at(key));
    }

    @Override
    public Map<Bytes, Bytes> cells() {
        Map<Bytes, Bytes> cells = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, cell) -> cells.put(Bytes.latin1((String) key), text(cell)));
        }
        return cells;
    }

    @Override
    public int size() {
        return value instanceof List<?> list ? list.size() : -1;
    }

    @Override
    public ScriptRef childAt(int index) throws ScriptException {
        return of(at(index));
    }

    @Override
    public ScriptRef recordAt(int index, String... names) throws ScriptException {
        Object entry = at(index);
        if (entry instanceof String) {
            return new FakeRef(Map.of(names[0], entry));
        }
        if (!(entry instanceof List<?> list)) {
            return of(entry);
        }
        Map<String, Object> record = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(list.size(), names.length); i++) {
            record.put(names[i], list.get(i));
        }
        return new FakeRef(record);
    }

    @Override
    public Bytes textAt(int index) throws ScriptException {
        return text(at(index));
    }

    @Override
    public Bytes cellAt(int index) throws ScriptException {
        return text(at(index));
    }

    private static Bytes text(Object value) {
        return value instanceof String || value instanceof Number ? Bytes.latin1(value.toString()) : null;
    }
}

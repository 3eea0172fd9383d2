package io.mysqlproxy.script.python.host;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptRef;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.python.core.AbstractDict;
import org.python.core.Py;
import org.python.core.PyDictionary;
import org.python.core.PyException;
import org.python.core.PyFloat;
import org.python.core.PyInteger;
import org.python.core.PyLong;
import org.python.core.PyObject;
import org.python.core.PySequence;
import org.python.core.PyString;
import org.python.core.PyUnicode;

/**
 * A Python object as the core reads it.
 *
 * <p>python-api.md 3.8 is stricter with some parts of a response than with others, so a reference remembers which part it
 * is.
 */
public final class PyRef implements ScriptRef {
    /** Where in a response an object was found. */
    private enum Part {
        /** Anywhere else. */
        OTHER,
        /** What {@code proxy.response.resultset} is. */
        RESULTSET,
        /** Its entries are fields; a string is no list of them. */
        FIELDS,
        /** A field; its name is bytes. */
        FIELD,
        /** Its entries are rows, and a string is a row of characters. */
        ROWS,
        /** Its entries are payloads. */
        PACKETS
    }

    /** Numbers that have to be whole ones. */
    private static final Set<String> COUNTS = Set.of("affected_rows", "insert_id", "warning_count");

    private final PyObject value;
    private final Part part;

    private PyRef(PyObject value, Part part) {
        this.value = value;
        this.part = part;
    }

    /** A reference to an object. */
    public static PyRef to(PyObject value) {
        return new PyRef(value, Part.OTHER);
    }

    PyObject value() {
        return value;
    }

    @Override
    public boolean has(String key) throws ScriptException {
        return find(key) != null;
    }

    @Override
    public Long number(String key) throws ScriptException {
        PyObject found = find(key);
        if (found instanceof PyInteger number) {
            return (long) number.getValue();
        } else if (part == Part.FIELD && found != null && key.equals("type")) {
            throw refused("ValueError: field type should be a int");
        } else if (found instanceof PyLong number) {
            return number.getValue().longValue();
        }
        return found instanceof PyFloat number && !COUNTS.contains(key) ? (long) number.getValue() : null;
    }

    @Override
    public Boolean flag(String key) throws ScriptException {
        PyObject found = find(key);
        return found == null ? null : running(found::__nonzero__);
    }

    @Override
    public Bytes text(String key) throws ScriptException {
        PyObject found = find(key);
        if (part == Part.FIELD && key.equals("name")) {
            checkName(found);
        }
        if (found instanceof PyUnicode unicode && part != Part.FIELD) {
            String text = unicode.getString();
            return text.chars().allMatch(c -> c < 128) ? Bytes.latin1(text) : null;
        }
        return textOf(found);
    }

    @Override
    public ScriptRef child(String key) throws ScriptException {
        PyObject found = find(key);
        return switch (key) {
            case "resultset" -> found == null ? null : resultset(found);
            case "fields" -> fields(found);
            case "rows" -> found == null ? null : rows(found);
            case "packets" -> container(found, Part.PACKETS);
            default -> container(found, Part.OTHER);
        };
    }

    @Override
    public Map<Bytes, Bytes> cells() throws ScriptException {
        Map<Bytes, Bytes> cells = new LinkedHashMap<>();
        if (value instanceof AbstractDict dict) {
            running(() -> {
                for (PyObject key : dict.keys().asIterable()) {
                    if (PyValues.isBytes(key)) {
                        PyObject cell = dict.get(key, Py.None);
                        cells.put(PyValues.bytes((PyString) key), cell == Py.None ? null : Cells.text(cell));
                    }
                }
                return cells;
            });
        }
        return cells;
    }

    private static PyRef resultset(PyObject found) throws ScriptException {
        if (!(found instanceof AbstractDict)) {
            throw refused("ValueError: response.resultset must be a dict");
        }
        return new PyRef(found, Part.RESULTSET);
    }

    private static PyRef fields(PyObject found) throws ScriptException {
        if (found == null) {
            throw refused("KeyError: \"resultset has no key named 'fields'!\"");
        } else if (found instanceof PyString || !isSequence(found)) {
            throw refused("ValueError: proxy.response.resultset.fields should be eigher a list or a tuple");
        }
        return new PyRef(found, Part.FIELDS);
    }

    private static PyRef rows(PyObject found) throws ScriptException {
        if (!isSequence(found)) {
            throw refused("ValueError: proxy.response.resultset.rows .. should be a sequence");
        }
        return new PyRef(found, Part.ROWS);
    }

    private void checkName(PyObject name) throws ScriptException {
        if (name == null) {
            throw noField(value);
        } else if (!PyValues.isBytes(name)) {
            throw refused("ValueError: field name should be a string");
        }
    }

    private static ScriptException noField(PyObject item) throws ScriptException {
        String text = item == null ? "None" : running(() -> item.__repr__().getString());
        return refused("ValueError: field item " + text + " should be a two-size sequence.");
    }

    /** What Python says of a value that it cannot use, in its own words. */
    private static ScriptException refused(String line) {
        return new ScriptException(line, line, null);
    }

    @Override
    public int size() throws ScriptException {
        return isSequence(value) ? running(value::__len__) : -1;
    }

    @Override
    public ScriptRef childAt(int index) throws ScriptException {
        PyObject item = item(index);
        if (part == Part.ROWS && (item == null || !isSequence(item))) {
            throw refused("ValueError: proxy.response.resultset.rows' items should be sequences");
        }
        return item instanceof PyString && part != Part.ROWS ? null : container(item, Part.OTHER);
    }

    @Override
    public ScriptRef recordAt(int index, String... names) throws ScriptException {
        PyObject item = item(index);
        if (item == null || item == Py.None || isScalar(item) && !(item instanceof PyString)) {
            throw noField(item);
        }
        if (item instanceof AbstractDict || !isScalar(item) && !isSequence(item)) {
            return new PyRef(item, Part.FIELD);
        }
        PyDictionary record = new PyDictionary();
        if (isScalar(item)) {
            record.__setitem__(new PyString(names[0]), item);
            return new PyRef(record, Part.FIELD);
        }
        PyRef parts = to(item);
        int size = parts.size();
        if (size == 0 || size > names.length) {
            throw noField(item);
        }
        for (int i = 0; i < size; i++) {
            record.__setitem__(new PyString(names[i]), parts.item(i));
        }
        return new PyRef(record, Part.FIELD);
    }

    @Override
    public Bytes textAt(int index) throws ScriptException {
        Bytes text = textOf(item(index));
        if (text == null && part == Part.PACKETS && index < size()) {
            throw refused("ValueError: proxy.response.packets' items should be strings.");
        }
        return text;
    }

    @Override
    public Bytes cellAt(int index) throws ScriptException {
        PyObject item = item(index);
        return item == null || item == Py.None ? null : running(() -> Cells.text(item));
    }

    private static Bytes textOf(PyObject value) {
        return value != null && PyValues.isBytes(value) ? PyValues.bytes((PyString) value) : null;
    }

    private PyObject find(String key) throws ScriptException {
        return running(() -> {
            // the dict's own entries, without the defaults and overrides that a subclass may have
            return value instanceof AbstractDict dict
                    ? dict.get(new PyString(key), null)
                    : value.__findattr__(key.intern());
        });
    }

    private PyObject item(int index) throws ScriptException {
        return running(() -> index < value.__len__() ? value.__finditem__(index) : null);
    }

    private static PyRef container(PyObject value, Part part) {
        boolean none = value == null || value == Py.None || isScalar(value) && !(value instanceof PyString);
        return none ? null : new PyRef(value, part);
    }

    private static boolean isScalar(PyObject value) {
        return value instanceof PyString
                || value instanceof PyInteger
                || value instanceof PyLong
                || value instanceof PyFloat;
    }

    private static boolean isSequence(PyObject value) {
        return value instanceof PySequence
                || !(value instanceof AbstractDict)
                        && value.__findattr__("__getitem__") != null
                        && value.__findattr__("__len__") != null;
    }

    private static <T> T running(Supplier<T> reading) throws ScriptException {
        try {
            return reading.get();
        } catch (PyException | StackOverflowError e) {
            throw PyFailures.of(e);
        }
    }
}

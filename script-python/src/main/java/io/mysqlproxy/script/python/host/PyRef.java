package io.mysqlproxy.script.python.host;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptRef;
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
        /** Its entries are fields; a string is no list of them. */
        FIELDS,
        /** A field; its name is bytes. */
        FIELD,
        /** Its entries are rows, and a string is a row of characters. */
        ROWS
    }

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
        } else if (found instanceof PyLong number) {
            return number.getValue().longValue();
        }
        return found instanceof PyFloat number ? (long) number.getValue() : null;
    }

    @Override
    public Boolean flag(String key) throws ScriptException {
        PyObject found = find(key);
        return found == null ? null : running(found::__nonzero__);
    }

    @Override
    public Bytes text(String key) throws ScriptException {
        PyObject found = find(key);
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
            case "resultset" -> found instanceof AbstractDict ? to(found) : null;
            case "fields" -> found instanceof PyString ? null : container(found, Part.FIELDS);
            case "rows" -> container(found, Part.ROWS);
            default -> container(found, Part.OTHER);
        };
    }

    @Override
    public int size() throws ScriptException {
        return isSequence(value) ? running(value::__len__) : -1;
    }

    @Override
    public ScriptRef childAt(int index) throws ScriptException {
        PyObject item = item(index);
        return item instanceof PyString && part != Part.ROWS ? null : container(item, Part.OTHER);
    }

    @Override
    public ScriptRef recordAt(int index, String... names) throws ScriptException {
        PyObject item = item(index);
        if (item == null || item == Py.None) {
            return null;
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
        for (int i = 0; i < size && size <= names.length; i++) {
            record.__setitem__(new PyString(names[i]), parts.item(i));
        }
        return size > names.length ? null : new PyRef(record, Part.FIELD);
    }

    @Override
    public Bytes textAt(int index) throws ScriptException {
        return textOf(item(index));
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

package io.mysqlproxy.script.python.host;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.HostObject;
import io.mysqlproxy.script.Kind;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.python.core.AbstractDict;
import org.python.core.Py;
import org.python.core.PyDictionary;
import org.python.core.PyFloat;
import org.python.core.PyInteger;
import org.python.core.PyLong;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyTuple;
import org.python.core.PyUnicode;

/** Values on their way between the core and a script. */
public final class PyValues {
    private static final BigInteger MAX_INT = BigInteger.valueOf(Integer.MAX_VALUE);
    private static final BigInteger MIN_INT = BigInteger.valueOf(Integer.MIN_VALUE);

    private PyValues() {}

    /**
     * A value of the core, as scripts see it.
     *
     * @param home where wrappers of host objects belong
     */
    public static PyObject of(Object value, Home home) {
        if (value == null) {
            return Py.None;
        } else if (value instanceof Bytes bytes) {
            return string(bytes);
        } else if (value instanceof HostObject host) {
            return home.look(host);
        } else if (value instanceof Long number) {
            return Py.newInteger(number.longValue());
        } else if (value instanceof Integer number) {
            return Py.newInteger(number.intValue());
        } else if (value instanceof Boolean truth) {
            return truth ? Py.One : Py.Zero;
        } else if (value instanceof List<?> list) {
            return new PyTuple(list.stream().map(item -> of(item, home)).toArray(PyObject[]::new));
        }
        return rare(value, home);
    }

    private static PyObject rare(Object value, Home home) {
        if (value instanceof String text) {
            return string(Bytes.utf8(text));
        } else if (value instanceof Double number) {
            return Py.newFloat(number);
        } else if (value instanceof Map<?, ?> map) {
            PyDictionary dict = new PyDictionary();
            map.forEach((name, item) -> dict.__setitem__(of(name, home), of(item, home)));
            return dict;
        } else if (value instanceof PyRef ref) {
            return ref.value();
        }
        throw new IllegalArgumentException("no value for a script: " + value.getClass());
    }

    /** A byte string: Jython keeps one byte in each character. */
    public static PyString string(Bytes bytes) {
        return new PyString(bytes.toLatin1());
    }

    static Bytes bytes(PyString string) {
        return Bytes.latin1(string.getString());
    }

    /** Whether a value is a byte string; Jython's {@code unicode} is derived from its {@code str}. */
    static boolean isBytes(PyObject value) {
        return value instanceof PyString && !(value instanceof PyUnicode);
    }

    /** A value that a script assigns, as the setter takes it; null if it is none of that kind. */
    static Object forSetter(Kind kind, PyObject value) {
        if (kind == null) {
            return any(value);
        }
        return switch (kind) {
            case INTEGER -> value instanceof PyLong number ? wide(number) : whole(value);
            case INDEX -> whole(value);
            case BOOLEAN -> value instanceof PyInteger number ? number.getValue() != 0 : null;
            case BYTES -> isBytes(value) ? bytes((PyString) value) : null;
            case RECORD -> value instanceof AbstractDict ? PyRef.to(value) : null;
        };
    }

    private static Long whole(PyObject value) {
        return value instanceof PyInteger number ? (long) number.getValue() : null;
    }

    /** Beyond 32 bits Jython knows no {@code int}, so a {@code long} is one there; a small {@code long} is not. */
    private static Long wide(PyLong number) {
        BigInteger value = number.getValue();
        boolean small = value.compareTo(MAX_INT) <= 0 && value.compareTo(MIN_INT) >= 0;
        return small || value.bitLength() >= Long.SIZE ? null : Long.valueOf(value.longValue());
    }

    /** Whatever it is, as the core takes it. */
    static Object any(PyObject value) {
        if (value == Py.None) {
            return null;
        } else if (value instanceof org.python.core.PyBoolean truth) {
            return truth.getBooleanValue();
        } else if (value instanceof PyInteger number) {
            return (long) number.getValue();
        } else if (value instanceof PyLong number) {
            return number.getValue().longValue();
        } else if (value instanceof PyFloat number) {
            return number.getValue();
        } else if (isBytes(value)) {
            return bytes((PyString) value);
        }
        return value instanceof PyHost host ? host.host() : PyRef.to(value);
    }
}

package io.mysqlproxy.script.python.host;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.HostException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.python.core.AbstractDict;
import org.python.core.Py;
import org.python.core.PyBoolean;
import org.python.core.PyFloat;
import org.python.core.PyInteger;
import org.python.core.PyLong;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PySystemState;
import org.python.core.PyUnicode;

/** The text of a cell that a script made up (J-09). */
final class Cells {
    private static final int HOUR = 3600;
    private static final int MINUTE = 60;
    private static final long DAY = 86_400L;
    private static final long MILLION = 1_000_000L;

    private Cells() {}

    /** The text of anything but {@code None}. */
    static Bytes text(PyObject cell) {
        if (cell instanceof PyUnicode unicode) {
            return Bytes.utf8(unicode.getString());
        } else if (cell instanceof PyString string) {
            return PyValues.bytes(string);
        } else if (cell instanceof PyBoolean truth) {
            return Bytes.latin1(truth.getBooleanValue() ? "1" : "0");
        } else if (cell instanceof PyInteger number) {
            return Bytes.latin1(Integer.toString(number.getValue()));
        } else if (cell instanceof PyLong number) {
            return Bytes.latin1(number.getValue().toString());
        } else if (cell instanceof PyFloat number) {
            return PyValues.bytes(Py.newFloat(number.getValue()).__repr__());
        }
        String special = special(cell);
        return special != null ? Bytes.latin1(special) : PyValues.bytes(cell.__str__());
    }

    /** The entries of a dict by name; null for {@code None}. */
    static Map<Bytes, Bytes> named(AbstractDict dict) {
        Map<Bytes, Bytes> cells = new LinkedHashMap<>();
        for (PyObject item : dict.items().asIterable()) {
            PyObject name = item.__getitem__(0);
            PyObject value = item.__getitem__(1);
            if (!(name instanceof PyString)) {
                String type = name.getType().fastGetName();
                throw new HostException.BadArgument("a name has to be a str, is " + type);
            }
            cells.put(text(name), value == Py.None ? null : text(value));
        }
        return cells;
    }

    /** The library's own types, found by where they come from: a script that has one has loaded its module. */
    private static String special(PyObject cell) {
        if (isA(cell, "datetime", "datetime")) {
            return date(cell) + " " + time(cell);
        } else if (isA(cell, "datetime", "date")) {
            return date(cell);
        } else if (isA(cell, "datetime", "time")) {
            return time(cell);
        } else if (isA(cell, "datetime", "timedelta")) {
            return duration(cell);
        } else if (isA(cell, "decimal", "Decimal")) {
            return cell.__format__(new PyString("f")).toString();
        }
        return null;
    }

    private static boolean isA(PyObject cell, String module, String type) {
        PySystemState system = Py.getSystemState();
        PyObject loaded = system.modules.__finditem__(new PyString(module));
        PyObject wanted = loaded == null ? null : loaded.__findattr__(type);
        return wanted != null && Py.isInstance(cell, wanted);
    }

    private static String date(PyObject cell) {
        return "%04d-%02d-%02d".formatted(part(cell, "year"), part(cell, "month"), part(cell, "day"));
    }

    private static String time(PyObject cell) {
        return clock(part(cell, "hour"), part(cell, "minute"), part(cell, "second"), part(cell, "microsecond"));
    }

    /** Days count as hours, and Python's negative durations, made of negative days and positive seconds, get one sign. */
    private static String duration(PyObject cell) {
        long seconds = part(cell, "days") * DAY + part(cell, "seconds");
        long micros = seconds * MILLION + part(cell, "microseconds");
        long absolute = Math.abs(micros);
        long whole = absolute / MILLION;
        String clock = clock(whole / HOUR, whole / MINUTE % MINUTE, whole % MINUTE, absolute % MILLION);
        return micros < 0 ? "-" + clock : clock;
    }

    private static String clock(long hours, long minutes, long seconds, long micros) {
        String clock = "%02d:%02d:%02d".formatted(hours, minutes, seconds);
        return micros == 0 ? clock : clock + ".%06d".formatted(micros);
    }

    private static long part(PyObject cell, String name) {
        return cell.__getattr__(name).asLong();
    }
}

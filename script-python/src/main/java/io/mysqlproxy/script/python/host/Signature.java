package io.mysqlproxy.script.python.host;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.Kind;
import io.mysqlproxy.script.Member;
import java.math.BigInteger;
import java.util.List;
import org.python.core.AbstractDict;
import org.python.core.Py;
import org.python.core.Py2kBuffer;
import org.python.core.PyException;
import org.python.core.PyFloat;
import org.python.core.PyInteger;
import org.python.core.PyLong;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyUnicode;

/** How the arguments of a call meet declared parameters and options, with the errors of a function written in C. */
final class Signature {
    private final String name;
    private final List<Member.Parameter> parameters;
    private final List<Member.Parameter> options;
    private final int required;
    private final int most;

    Signature(Member.Method method) {
        name = method.name();
        parameters = method.parameters();
        options = method.options();
        required = (int) parameters.stream().filter(Member.Parameter::required).count();
        // a dict after the parameters gives the options by name, so an option that is a dict has no position
        int places = (int) options.stream().filter(o -> o.kind() != Kind.RECORD).count();
        most = parameters.size() + (options.isEmpty() ? 0 : Math.max(1, places));
    }

    /** One value for each parameter and option; null where none is given. */
    Object[] bind(PyObject[] arguments, String[] keywords) {
        int positional = arguments.length - keywords.length;
        checkCount(positional, arguments.length);
        Object[] bound = new Object[parameters.size() + options.size()];
        boolean byDict = endsWithOptions(arguments, positional);
        int plain = byDict ? positional - 1 : positional;
        for (int i = 0; i < plain; i++) {
            int option = i - parameters.size();
            bound[i] = value(option < 0 ? parameters.get(i) : options.get(option), i, arguments[i]);
        }
        if (byDict) {
            bindDict(bound, (AbstractDict) arguments[plain]);
        }
        for (int i = 0; i < keywords.length; i++) {
            bindKeyword(bound, keywords[i], arguments[positional + i]);
        }
        return bound;
    }

    private boolean endsWithOptions(PyObject[] arguments, int positional) {
        int last = positional - 1;
        return !options.isEmpty()
                && last >= required
                && arguments[last] instanceof AbstractDict
                && (last >= parameters.size() || parameters.get(last).kind() != Kind.RECORD);
    }

    private void checkCount(int positional, int given) {
        if (positional >= required && positional <= most) {
            return;
        }
        if (most == 0) {
            throw Py.TypeError(name + "() takes no arguments (" + given + " given)");
        }
        boolean few = positional < required;
        String bound = required == most ? "exactly" : few ? "at least" : "at most";
        int count = few ? required : most;
        String noun = count == 1 ? " argument (" : " arguments (";
        throw Py.TypeError("function takes " + bound + " " + count + noun + given + " given)");
    }

    /** As in Lua: names that are no options are ignored. */
    private void bindDict(Object[] bound, AbstractDict dict) {
        for (int i = 0; i < options.size(); i++) {
            PyObject value = dict.get(new PyString(options.get(i).name()), null);
            if (value != null) {
                int at = parameters.size() + i;
                bound[at] = value(options.get(i), at, value);
            }
        }
    }

    private void bindKeyword(Object[] bound, String keyword, PyObject value) {
        for (int i = 0; i < options.size(); i++) {
            if (options.get(i).name().equals(keyword)) {
                int at = parameters.size() + i;
                if (bound[at] != null) {
                    throw Py.TypeError(name + "() got multiple values for keyword argument '" + keyword + "'");
                }
                bound[at] = value(options.get(i), at, value);
                return;
            }
        }
        throw Py.TypeError(name + "() got an unexpected keyword argument '" + keyword + "'");
    }

    private static Object value(Member.Parameter parameter, int index, PyObject value) {
        if (parameter.kind() == null) {
            return PyValues.any(value);
        }
        return switch (parameter.kind()) {
            case INTEGER, INDEX -> (long) integer(value);
            case BOOLEAN -> integer(value) != 0;
            case BYTES -> bytes(index, value);
            case RECORD -> record(index, value);
        };
    }

    private static int integer(PyObject value) {
        if (value instanceof PyInteger number) {
            return number.getValue();
        } else if (value instanceof PyLong number) {
            BigInteger big = number.getValue();
            if (big.bitLength() >= Integer.SIZE) {
                throw Py.OverflowError(
                        "signed integer is " + (big.signum() > 0 ? "greater than maximum" : "less than minimum"));
            }
            return big.intValue();
        }
        throw Py.TypeError(
                value instanceof PyFloat ? "integer argument expected, got float" : "an integer is required");
    }

    private static Bytes bytes(int index, PyObject value) {
        if (value instanceof PyUnicode unicode) {
            return PyValues.bytes((PyString) unicode.invoke("encode", new PyString("ascii")));
        } else if (value instanceof PyString string) {
            return PyValues.bytes(string);
        } else if (value instanceof Py2kBuffer buffer) {
            return PyValues.bytes(buffer.__str__());
        }
        throw wrongType(index, "string or read-only buffer", value);
    }

    private static PyRef record(int index, PyObject value) {
        if (value instanceof AbstractDict) {
            return PyRef.to(value);
        }
        throw wrongType(index, "dict", value);
    }

    private static PyException wrongType(int index, String wanted, PyObject value) {
        String type = value == Py.None ? "None" : value.getType().fastGetName();
        return Py.TypeError("argument " + (index + 1) + " must be " + wanted + ", not " + type);
    }
}

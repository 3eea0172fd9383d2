package io.mysqlproxy.script.python.host;

import io.mysqlproxy.script.Bytes;
import org.python.core.Py;
import org.python.core.PyObject;
import org.python.core.PySlice;
import org.python.core.PyString;
import org.python.core.PyTuple;

/** What square brackets and {@code in} mean for host objects that have items, by number or by name. */
final class Items {
    private Items() {}

    /** What {@code owner[key]} gives. */
    static PyObject get(PyHost owner, PyObject key) {
        Shape shape = owner.shape();
        if (shape.canIndex() && key instanceof PySlice) {
            return new PyTuple(shape.items(owner.target(), owner.home())).__getitem__(key);
        } else if (shape.canIndex() && key.isIndex()) {
            return at(owner, key.asIndex(Py.IndexError));
        } else if (shape.hasKeys()) {
            return under(owner, key);
        } else if (shape.canIndex()) {
            throw Py.TypeError(
                    "tuple indices must be integers, not " + key.getType().fastGetName());
        }
        throw Py.TypeError("'" + shape.name() + "' object has no attribute '__getitem__'");
    }

    private static PyObject at(PyHost owner, int index) {
        int size = owner.shape().size(owner.target());
        int at = index < 0 ? index + size : index;
        if (at < 0 || at >= size) {
            throw Py.IndexError("tuple index out of range");
        }
        return owner.shape().item(owner.target(), at, owner.home());
    }

    private static PyObject under(PyHost owner, PyObject key) {
        Object found = owner.shape().lookup(owner.target(), key(key, "index must be string"));
        if (found == null) {
            throw Py.KeyError(key);
        }
        return PyValues.of(found, owner.home());
    }

    /** Whether a name is there; a look-up may well answer for names that are not (J-14), so types can say it themselves. */
    static boolean contains(PyHost owner, PyObject item) {
        Bytes key = key(item, "key must be string");
        return owner.shape().hasSpecial("__contains__")
                ? Boolean.TRUE.equals(owner.shape().special("__contains__", owner.target(), key))
                : owner.shape().lookup(owner.target(), key) != null;
    }

    private static Bytes key(PyObject key, String complaint) {
        if (!PyValues.isBytes(key)) {
            throw Py.TypeError(complaint);
        }
        return PyValues.bytes((PyString) key);
    }
}

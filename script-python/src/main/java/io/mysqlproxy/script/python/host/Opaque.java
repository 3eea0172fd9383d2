package io.mysqlproxy.script.python.host;

import org.python.core.Py;
import org.python.core.PyDictionary;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyTuple;
import org.python.core.PyType;

/** Makes Python types that have a name and nothing else: no Java class shows through, and scripts cannot make instances. */
final class Opaque {
    /** The type of functions. */
    static final PyType FUNCTION = newType("builtin_function_or_method", new PyDictionary());

    private Opaque() {}

    static PyType type(String name) {
        PyDictionary members = new PyDictionary();
        members.__setitem__(new PyString("__new__"), new HostFunction("__new__", null, (arguments, keywords) -> {
            throw Py.TypeError("cannot create '" + name + "' instances");
        }));
        return newType(name, members);
    }

    private static PyType newType(String name, PyDictionary members) {
        // without slots an instance would have a __dict__
        members.__setitem__(new PyString("__slots__"), Py.EmptyTuple);
        members.__setitem__(new PyString("__module__"), new PyString("__builtin__"));
        PyObject bases = new PyTuple(PyObject.TYPE);
        return (PyType) PyType.TYPE.__call__(new PyString(name), bases, members);
    }
}

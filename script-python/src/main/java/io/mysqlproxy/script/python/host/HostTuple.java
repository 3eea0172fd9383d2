package io.mysqlproxy.script.python.host;

import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyObject;
import org.python.core.PyTuple;

/** A tuple that says of a bad index what Python says of one; Jython has words of its own. */
@SuppressWarnings("serial") // as in HostFunction
final class HostTuple extends PyTuple {
    HostTuple(PyObject... items) {
        super(TYPE, items);
    }

    @Override
    public PyObject __getitem__(PyObject index) {
        try {
            return super.__getitem__(index);
        } catch (PyException e) {
            if (e.match(Py.TypeError)) {
                throw Py.TypeError(
                        "tuple indices must be integers, not " + index.getType().fastGetName());
            }
            throw e.match(Py.IndexError) ? Py.IndexError("tuple index out of range") : e;
        }
    }
}

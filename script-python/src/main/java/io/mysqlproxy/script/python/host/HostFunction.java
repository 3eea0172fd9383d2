package io.mysqlproxy.script.python.host;

import org.python.core.Py;
import org.python.core.PyObject;
import org.python.core.PyString;

/** A function written in Java, bound to what it belongs to. */
@SuppressWarnings("serial") // Jython's objects are serializable by inheritance only
final class HostFunction extends PyObject {
    private final String name;
    private final PyHost owner;
    private final Body body;

    /** What the function does. */
    @FunctionalInterface
    interface Body {
        /** Called with the positional arguments, then those of the keywords. */
        PyObject call(PyObject[] arguments, String[] keywords);
    }

    /** @param owner null for a function of a module */
    HostFunction(String name, PyHost owner, Body body) {
        super(Opaque.FUNCTION);
        this.name = name;
        this.owner = owner;
        this.body = body;
    }

    @Override
    public PyObject __call__(PyObject[] arguments, String[] keywords) {
        return body.call(arguments, keywords);
    }

    @Override
    public boolean isCallable() {
        return true;
    }

    @Override
    public PyObject __findattr_ex__(String attribute) {
        return switch (attribute) {
            case "__name__" -> new PyString(name);
            case "__self__" -> owner == null ? Py.None : owner;
            case "__call__" -> this;
            default -> super.__findattr_ex__(attribute);
        };
    }

    @Override
    public PyString __repr__() {
        return new PyString(toString());
    }

    @Override
    public String toString() {
        return owner == null
                ? "<built-in function " + name + ">"
                : "<built-in method " + name + " of " + owner.shape().name() + " object at " + Py.idstr(owner) + ">";
    }
}

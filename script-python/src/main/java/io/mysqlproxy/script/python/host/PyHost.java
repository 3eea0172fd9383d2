package io.mysqlproxy.script.python.host;

import io.mysqlproxy.script.HostObject;
import org.python.core.AbstractDict;
import org.python.core.Py;
import org.python.core.PyDictionary;
import org.python.core.PyException;
import org.python.core.PyObject;
import org.python.core.PySlice;
import org.python.core.PyString;
import org.python.core.PyStringMap;
import org.python.core.PyTuple;

/**
 * Something of the proxy, as an opaque built-in object: declared members and, where allowed, what the script adds.
 *
 * <p>What the script adds is in a concurrent map, since threads of the script may use it without the realm's lock.
 */
@SuppressWarnings("serial") // as in HostFunction
public final class PyHost extends PyObject {
    /** The names of what the script has added, which {@code dir()} does not tell; for the shipped libraries. */
    private static final String ADDED = "__added__";

    private final Shape shape;
    private final HostObject host;
    private final Home home;
    private final boolean open;
    private final PyStringMap own;

    PyHost(Shape shape, HostObject host, Home home) {
        this(shape, host, home, null);
    }

    private PyHost(Shape shape, HostObject host, Home home, PyStringMap own) {
        super(shape.type());
        this.shape = shape;
        this.host = host;
        this.home = home;
        this.own = own;
        open = own != null && (host.type().isOpen() || !host.type().isPlain());
    }

    /** A wrapper that takes new attributes. */
    static PyHost open(Shape shape, HostObject host, Home home) {
        return new PyHost(shape, host, home, new PyStringMap());
    }

    /** A wrapper that reads all members now; if the type is open they are the script's own afterwards. */
    static PyHost record(Shape shape, HostObject host, Home home) {
        PyHost record = new PyHost(shape, host, home, new PyStringMap());
        shape.slots().forEach((name, slot) -> record.own.__setitem__(name, slot.get(record)));
        return record;
    }

    HostObject host() {
        return host;
    }

    Object target() {
        return host.target();
    }

    Shape shape() {
        return shape;
    }

    Home home() {
        return home;
    }

    /** Removes what the script has added. */
    public void clear() {
        own.clear();
    }

    /** Puts the items of a dict in place of what the script has added; a bad key keeps the items before it. */
    void replace(String name, AbstractDict dict) {
        own.clear();
        for (PyObject key : dict.keys().asIterable()) {
            if (!PyValues.isBytes(key)) {
                throw Py.ValueError(name + " dict's keys can only be strings");
            }
            own.__setitem__(((PyString) key).internedString(), dict.get(key, Py.None));
        }
    }

    /** What the script has added under a name; null if nothing. */
    PyObject added(String name) {
        return own == null ? null : own.__finditem__(name);
    }

    private Slot declared(String name) {
        return host.type().isPlain() ? null : shape.slot(name);
    }

    @Override
    public PyObject __findattr_ex__(String name) {
        Slot slot = declared(name);
        if (slot != null) {
            return slot.get(this);
        }
        PyObject added = name.equals(ADDED) ? (own == null ? null : own.keys()) : added(name);
        return added != null ? added : super.__findattr_ex__(name);
    }

    @Override
    public void __setattr__(String name, PyObject value) {
        Slot slot = open ? declared(name) : shape.slot(name);
        if (slot != null) {
            slot.set(this, value);
        } else if (!open) {
            noAttributeError(name);
        } else if (name.startsWith("__") && shape.type().lookup(name) != null) {
            super.__setattr__(name, value);
        } else {
            own.__setitem__(name, value);
        }
    }

    @Override
    public void __delattr__(String name) {
        Slot slot = open ? declared(name) : shape.slot(name);
        if (slot != null) {
            slot.delete(this);
        } else if (!open || own.__finditem__(name) == null) {
            noAttributeError(name);
        } else {
            own.__delitem__(name);
        }
    }

    @Override
    protected void __rawdir__(PyDictionary names) {
        super.__rawdir__(names);
        shape.slots().keySet().forEach(name -> names.__setitem__(new PyString(name), Py.None));
    }

    @Override
    public int __len__() {
        if (!shape.hasSize()) {
            throw Py.TypeError("object of type '" + shape.name() + "' has no len()");
        }
        return shape.size(target());
    }

    @Override
    public boolean __nonzero__() {
        return !shape.hasSize() || shape.size(target()) > 0;
    }

    @Override
    public PyObject __getitem__(PyObject key) {
        return Items.get(this, key);
    }

    @Override
    public PyObject __getitem__(int index) {
        return __getitem__(Py.newInteger(index));
    }

    /** Null where there is nothing, as Jython's own loops want it. */
    @Override
    public PyObject __finditem__(PyObject key) {
        try {
            return __getitem__(key);
        } catch (PyException e) {
            if (e.match(Py.LookupError)) {
                return null;
            }
            throw e;
        }
    }

    @Override
    public PyObject __getslice__(PyObject start, PyObject stop, PyObject step) {
        return __getitem__(new PySlice(start, stop, step));
    }

    @Override
    public boolean __contains__(PyObject item) {
        return shape.hasKeys() ? Items.contains(this, item) : super.__contains__(item);
    }

    @Override
    public PyObject __iter__() {
        if (shape.canIterate()) {
            return shape.iterate(target(), home);
        }
        return shape.canIndex() ? new PyTuple(shape.items(target(), home)).__iter__() : super.__iter__();
    }

    @Override
    public PyObject __eq__(PyObject other) {
        return other instanceof PyHost wrapper ? Py.newBoolean(wrapper.host.equals(host)) : null;
    }

    @Override
    public PyObject __ne__(PyObject other) {
        return other instanceof PyHost wrapper ? Py.newBoolean(!wrapper.host.equals(host)) : null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PyHost wrapper && wrapper.host.equals(host);
    }

    @Override
    public int hashCode() {
        return host.hashCode();
    }

    @Override
    public PyString __repr__() {
        return new PyString(toString());
    }

    @Override
    public String toString() {
        if (shape.hasSpecial("__repr__")) {
            return PyValues.of(shape.special("__repr__", target()), home).toString();
        }
        return "<" + shape.name() + " object at " + Py.idstr(this) + ">";
    }
}

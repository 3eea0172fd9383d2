package io.mysqlproxy.script.python.host;

import java.util.Iterator;
import org.python.core.Py;
import org.python.core.PyObject;
import org.python.core.PyType;

/** Goes through things that come one after the other. */
@SuppressWarnings("serial") // as in HostFunction
final class HostIterator extends PyObject {
    private static final java.util.Map<String, PyType> TYPES = new java.util.concurrent.ConcurrentHashMap<>();

    private final Iterator<?> iterator;
    private final Home home;

    /** @param over the name of the type gone through: {@code ProxyRows} have a {@code ProxyRowIter} */
    HostIterator(String over, Iterator<?> iterator, Home home) {
        super(TYPES.computeIfAbsent(over.replaceFirst("s$", "") + "Iter", Opaque::type));
        this.iterator = iterator;
        this.home = home;
    }

    @Override
    public PyObject __iter__() {
        return this;
    }

    /** Null at the end, as Jython wants it. */
    @Override
    public PyObject __iternext__() {
        return Slot.guarded(iterator::hasNext) ? PyValues.of(Slot.guarded(iterator::next), home) : null;
    }

    @Override
    public PyObject __findattr_ex__(String name) {
        return switch (name) {
            case "next" -> new HostFunction(name, null, (arguments, keywords) -> next());
            case "__iter__" -> new HostFunction(name, null, (arguments, keywords) -> this);
            default -> super.__findattr_ex__(name);
        };
    }

    private PyObject next() {
        PyObject next = __iternext__();
        if (next == null) {
            throw Py.StopIteration("");
        }
        return next;
    }
}

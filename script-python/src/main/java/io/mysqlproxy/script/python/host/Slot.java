package io.mysqlproxy.script.python.host;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.HostException;
import io.mysqlproxy.script.HostObject;
import io.mysqlproxy.script.Member;
import java.util.function.Supplier;
import org.python.core.AbstractDict;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyObject;

/** One declared attribute in the eyes of Python. */
sealed interface Slot {
    /** The value, for a wrapper of the type that declares it. */
    PyObject get(PyHost owner);

    /** Assigns to it. */
    default void set(PyHost owner, PyObject value) {
        throw Particulars.readOnly(owner.shape().name(), name());
    }

    /** What {@code del} does. */
    default void delete(PyHost owner) {
        throw Particulars.readOnly(owner.shape().name(), name());
    }

    /** The name of the attribute. */
    String name();

    /** The slot of a member. */
    static Slot of(String type, Member member) {
        String name = member.name();
        if (member instanceof Member.Constant constant) {
            return new Constant(name, Py.newInteger(constant.value()));
        } else if (member instanceof Member.Property property) {
            return new Property(property, Particulars.isLong(type, name), Particulars.isOneObject(type, name));
        } else if (member instanceof Member.Method method) {
            return new Method(method, new Signature(method));
        } else if (member instanceof Member.Store store) {
            return new Store(store);
        }
        return new Bag(name);
    }

    /** Runs code of the proxy; what that refuses is a {@code ValueError}. */
    static <T> T guarded(Supplier<T> look) {
        try {
            return look.get();
        } catch (HostException e) {
            throw refusal(e);
        }
    }

    private static PyException refusal(HostException e) {
        String message = Bytes.utf8(e.getMessage()).toLatin1();
        if (e instanceof HostException.Missing) {
            return Py.KeyError(message);
        }
        if (e instanceof HostException.Absent) {
            return Py.AttributeError(message);
        }
        return e instanceof HostException.BadArgument ? Py.TypeError(message) : Py.ValueError(message);
    }

    /** A fixed number. */
    record Constant(String name, PyObject value) implements Slot {
        @Override
        public PyObject get(PyHost owner) {
            return value;
        }
    }

    /**
     * A value computed at each look.
     *
     * @param wide whether it is a {@code long} however small
     * @param one whether it is the same object at each look
     */
    record Property(Member.Property member, boolean wide, boolean one) implements Slot {
        @Override
        public String name() {
            return member.name();
        }

        @Override
        public PyObject get(PyHost owner) {
            if (member.getter() == null) {
                throw Particulars.writeOnly(owner.shape().name(), name());
            }
            return present(guarded(() -> member.getter().apply(owner.target())), owner.home());
        }

        private PyObject present(Object value, Home home) {
            if (member.mask() != 0) {
                return Boolean.TRUE.equals(value) ? Py.newInteger(member.mask()) : Py.Zero;
            } else if (one && value instanceof HostObject host) {
                return home.keep(host);
            } else if (wide && value instanceof Number number) {
                return Py.newLong(number.longValue());
            }
            return PyValues.of(value, home);
        }

        @Override
        public void set(PyHost owner, PyObject value) {
            String type = owner.shape().name();
            if (member.setter() == null) {
                throw Particulars.readOnly(type, name());
            }
            Object given = PyValues.forSetter(member.kind(), value);
            if (given == null && member.kind() != null) {
                throw Particulars.notAssignable(type, name(), member.kind());
            }
            try {
                member.setter().accept(owner.target(), given);
            } catch (HostException e) {
                throw refusal(e);
            }
        }

        @Override
        public void delete(PyHost owner) {
            String type = owner.shape().name();
            throw member.setter() == null ? Particulars.readOnly(type, name()) : Particulars.notDeletable(type, name());
        }
    }

    /** A function, bound anew at each look. */
    record Method(Member.Method member, Signature signature) implements Slot {
        @Override
        public String name() {
            return member.name();
        }

        @Override
        public PyObject get(PyHost owner) {
            return new HostFunction(name(), owner, (arguments, keywords) -> {
                Object[] bound = signature.bind(arguments, keywords);
                return PyValues.of(guarded(() -> member.body().call(owner.target(), bound)), owner.home());
            });
        }
    }

    /** An open store of the realm. */
    record Store(Member.Store member) implements Slot {
        @Override
        public String name() {
            return member.name();
        }

        @Override
        public PyObject get(PyHost owner) {
            return owner.home().store(member, owner.target());
        }
    }

    /** An open store that takes a whole dict but stays the same object. */
    record Bag(String name) implements Slot {
        @Override
        public PyObject get(PyHost owner) {
            return owner.home().bag(name);
        }

        @Override
        public void set(PyHost owner, PyObject value) {
            if (!(value instanceof AbstractDict dict)) {
                throw Py.ValueError(name + " can only be set to a dict");
            }
            owner.home().bag(name).replace(name, dict);
        }

        @Override
        public void delete(PyHost owner) {
            throw Particulars.notDeletable(owner.shape().name(), name);
        }
    }
}

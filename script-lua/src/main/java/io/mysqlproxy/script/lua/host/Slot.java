package io.mysqlproxy.script.lua.host;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.HostException;
import io.mysqlproxy.script.Kind;
import io.mysqlproxy.script.Member;
import io.mysqlproxy.script.lua.call.Fault;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One member of a {@link LuaType}. */
abstract class Slot {
    private static final Logger LOG = LoggerFactory.getLogger(Slot.class);

    static Slot of(Member member, LuaType type) {
        if (member instanceof Member.Property property) {
            return new Computed(property, type);
        } else if (member instanceof Member.Method method) {
            return new Callable(method, type);
        } else if (member instanceof Member.Constant constant) {
            return new Fixed(LuaInteger.valueOf(constant.value()));
        } else if (member instanceof Member.Store store) {
            return new Nested(store, type.values());
        }
        return new Open();
    }

    /** What a getter threw, as the script sees it: nil and a log line, or an error. */
    static LuaValue refused(HostException e) {
        if (e instanceof HostException.Unavailable) {
            LOG.error("{}", e.getMessage());
            return LuaValue.NIL;
        } else if (e instanceof HostException.Absent) {
            return LuaValue.NIL;
        }
        throw Fault.of(e.getMessage());
    }

    /** What a look at a target gives. May throw {@link HostException}. */
    abstract LuaValue get(Object target);

    /** The same for a table that is filled once: functions need no target as their first argument. */
    LuaValue bound(Object target) {
        return get(target);
    }

    boolean isWritable() {
        return false;
    }

    void set(Object target, LuaValue value) {
        throw new UnsupportedOperationException();
    }

    private static final class Fixed extends Slot {
        private final LuaValue value;

        Fixed(LuaValue value) {
            this.value = value;
        }

        @Override
        LuaValue get(Object target) {
            return value;
        }
    }

    /** A bag is kept by whoever keeps the table that it is put into. */
    private static final class Open extends Slot {
        @Override
        LuaValue get(Object target) {
            return new LuaTable();
        }
    }

    private static final class Nested extends Slot {
        private final LuaValues values;
        private final Member.Store store;

        Nested(Member.Store store, LuaValues values) {
            this.values = values;
            this.store = store;
        }

        @Override
        LuaValue get(Object target) {
            return values.type(store.content()).record(target);
        }
    }

    private static final class Callable extends Slot {
        private final Member.Method method;
        private final LuaType type;
        private final LuaMethod function;

        Callable(Member.Method method, LuaType type) {
            this.method = method;
            this.type = type;
            this.function = new LuaMethod(method, type, null);
        }

        @Override
        LuaValue get(Object target) {
            return function;
        }

        @Override
        LuaValue bound(Object target) {
            return new LuaMethod(method, type, target);
        }
    }

    private static final class Computed extends Slot {
        private final Member.Property property;
        private final LuaType type;

        Computed(Member.Property property, LuaType type) {
            this.property = property;
            this.type = type;
        }

        @Override
        LuaValue get(Object target) {
            Object value = property.getter() == null ? null : property.getter().apply(target);
            if (property.kind() == Kind.INDEX && value instanceof Number index) {
                return LuaInteger.valueOf(index.longValue() + 1);
            }
            if (property.kind() == Kind.BYTES && !isWritable() && value instanceof Bytes text && text.length() == 0) {
                return LuaValue.NIL;
            }
            return type.values().toLua(value);
        }

        @Override
        boolean isWritable() {
            return property.setter() != null;
        }

        @Override
        void set(Object target, LuaValue value) {
            property.setter().accept(target, converted(value));
        }

        private Object converted(LuaValue value) {
            Kind kind = property.kind();
            if (kind == null) {
                return Arguments.convert(value);
            }
            Object converted = Arguments.convert(kind, value);
            if (converted != null || kind == Kind.BYTES && value.isnil()) {
                return converted;
            }
            return switch (kind) {
                case INTEGER -> 0L;
                case BYTES -> throw Fault.of(type.type().path() + "." + property.name() + " has to be a string");
                default -> throw Arguments.wrongType(3, "?", kind, value);
            };
        }
    }
}

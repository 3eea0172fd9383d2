package io.mysqlproxy.script.lua.host;

import io.mysqlproxy.script.HostException;
import io.mysqlproxy.script.HostObject;
import io.mysqlproxy.script.HostType;
import io.mysqlproxy.script.Kind;
import io.mysqlproxy.script.Member;
import io.mysqlproxy.script.lua.call.Fault;
import io.mysqlproxy.script.lua.call.TypeErrors;
import java.util.HashMap;
import java.util.Map;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link HostType} as one interpreter shows it: members by Lua string, each prepared once. */
public final class LuaType {
    private static final Logger LOG = LoggerFactory.getLogger(LuaType.class);

    /** The name of the language in {@link Member#visibleTo}. */
    public static final String LANGUAGE = "lua";

    /** Makes two wrappers of the same target equal: LuaJ compares the metatable and the wrapped object. */
    final LuaTable metatable = new LuaTable();

    private final HostType<?> type;
    private final LuaValues values;
    private final Map<LuaValue, Slot> slots = new HashMap<>();
    private final boolean writable;
    /** Nothing but things one after the other: a function, as {@code for} wants it. */
    private final boolean iterator;

    LuaType(HostType<?> type, LuaValues values) {
        this.type = type;
        this.values = values;
        for (Member member : type.members()) {
            if (member.visibleTo(LANGUAGE)) {
                slots.put(LuaValue.valueOf(member.name()), Slot.of(member, this));
            }
        }
        writable = slots.values().stream().anyMatch(Slot::isWritable);
        iterator = type.each() != null && slots.isEmpty() && type.size() == null && type.keyed() == null;
    }

    LuaValue present(HostObject object) {
        if (type.isPlain()) {
            return record(object.target());
        }
        return iterator ? new LuaIterator(this, object.target()) : new LuaHost(this, object);
    }

    /** All members with their present values. */
    public LuaTable record(Object target) {
        LuaTable record = new LuaTable(0, slots.size());
        slots.forEach((name, slot) -> record.rawset(name, bound(slot, target)));
        return record;
    }

    /** One member for a table that is filled once. */
    public LuaValue bound(Member member, Object target) {
        return bound(slots.get(LuaValue.valueOf(member.name())), target);
    }

    LuaValue get(Object target, LuaValue key) {
        Slot slot = slots.get(key);
        try {
            return slot != null ? slot.get(target) : other(target, key);
        } catch (HostException.Unavailable e) {
            return missed(target, key, e.getMessage());
        } catch (HostException e) {
            return Slot.refused(e);
        }
    }

    private LuaValue missed(Object target, LuaValue key, String reason) {
        if (type.missed() != null) {
            type.missed().accept(target, key.tojstring());
        } else if (reason != null) {
            LOG.error("{}", reason);
        }
        return LuaValue.NIL;
    }

    void set(Object target, LuaValue key, LuaValue value) {
        Slot slot = slots.get(key);
        if (slot != null && slot.isWritable()) {
            set(slot, target, value);
        } else if (type.release() != null) {
            release(target, key, value);
        } else if (writable) {
            throw Fault.of(type.path() + "." + asString(key).tojstring() + " is not writable");
        } else {
            throw Fault.of(TypeErrors.unassignable());
        }
    }

    LuaValue size(Object target) {
        if (type.size() == null) {
            throw Fault.of("attempt to get length of a userdata value");
        }
        return LuaValue.valueOf(type.size().applyAsInt(target));
    }

    HostType<?> type() {
        return type;
    }

    LuaValues values() {
        return values;
    }

    private static LuaValue bound(Slot slot, Object target) {
        try {
            return slot.bound(target);
        } catch (HostException e) {
            return Slot.refused(e);
        }
    }

    private static void set(Slot slot, Object target, LuaValue value) {
        try {
            slot.set(target, value);
        } catch (HostException e) {
            throw Fault.of(e.getMessage());
        }
    }

    private void release(Object target, LuaValue key, LuaValue value) {
        if (!key.isnumber()) {
            throw Arguments.wrongType(2, "?", Kind.INTEGER, key);
        } else if (!value.isnil()) {
            throw Arguments.bad(3, "?", "nil expected, got " + value.typename());
        }
        long index = (long) key.todouble() - 1;
        if (index >= 0 && index < type.size().applyAsInt(target)) {
            type.release().accept(target, (int) index);
        }
    }

    /** What is not a member: an item, something found by its name, or nothing. */
    private LuaValue other(Object target, LuaValue key) {
        if (type.keyed() != null) {
            return values.toLua(type.keyed().apply(target, LuaValues.bytes(asString(key))));
        }
        if (type.at() != null && key.isnumber()) {
            long index = (long) key.todouble() - 1;
            boolean there = index >= 0 && index < type.size().applyAsInt(target);
            return there ? values.toLua(type.at().apply(target, (int) index)) : LuaValue.NIL;
        }
        if (type.at() != null && slots.isEmpty()) {
            throw Arguments.wrongType(2, "?", Kind.INTEGER, key);
        }
        asString(key);
        return missed(target, key, null);
    }

    private static LuaString asString(LuaValue key) {
        if (!key.isstring()) {
            throw Arguments.wrongType(2, "?", Kind.BYTES, key);
        }
        return key.strvalue();
    }
}

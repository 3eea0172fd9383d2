package io.mysqlproxy.script.python.host;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.HostType;
import io.mysqlproxy.script.Member;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.python.core.PyObject;
import org.python.core.PyType;

/** What all wrappers of one {@link HostType} have in common. */
final class Shape {
    private final HostType<?> declared;
    private final PyType type;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final Map<String, Member.Method> specials = new HashMap<>();

    private Shape(HostType<?> declared) {
        this.declared = declared;
        type = Opaque.type(declared.name());
    }

    static Shape of(HostType<?> declared, String language) {
        Shape shape = new Shape(declared);
        for (Member member : declared.members()) {
            if (member.visibleTo(language)) {
                shape.add(member);
            }
        }
        return shape;
    }

    /** Methods such as {@code __contains__} say what an operator does and are no attributes. */
    private void add(Member member) {
        if (member instanceof Member.Method method && method.name().startsWith("__")) {
            specials.put(method.name(), method);
        } else {
            slots.put(member.name().intern(), Slot.of(declared.name(), member));
        }
    }

    PyType type() {
        return type;
    }

    String name() {
        return declared.name();
    }

    /** A mere sequence is shown as a real tuple. */
    boolean isTuple() {
        return canIndex()
                && slots.isEmpty()
                && specials.isEmpty()
                && declared.keyed() == null
                && declared.each() == null;
    }

    /** Null if there is no such attribute. */
    Slot slot(String name) {
        return slots.get(name);
    }

    Map<String, Slot> slots() {
        return Collections.unmodifiableMap(slots);
    }

    boolean hasSize() {
        return declared.size() != null;
    }

    boolean canIndex() {
        return declared.size() != null && declared.at() != null;
    }

    boolean hasKeys() {
        return declared.keyed() != null;
    }

    boolean canIterate() {
        return declared.each() != null;
    }

    int size(Object target) {
        return Slot.guarded(() -> declared.size().applyAsInt(target));
    }

    PyObject item(Object target, int index, Home home) {
        return PyValues.of(Slot.guarded(() -> declared.at().apply(target, index)), home);
    }

    PyObject[] items(Object target, Home home) {
        PyObject[] items = new PyObject[size(target)];
        for (int i = 0; i < items.length; i++) {
            items[i] = item(target, i, home);
        }
        return items;
    }

    /** What is under a key; null if nothing is. */
    Object lookup(Object target, Bytes key) {
        return Slot.guarded(() -> declared.keyed().apply(target, key));
    }

    HostIterator iterate(Object target, Home home) {
        return new HostIterator(
                declared.name(), Slot.guarded(() -> declared.each().apply(target)), home);
    }

    /** Whether an operator has a method of its own. */
    boolean hasSpecial(String name) {
        return specials.containsKey(name);
    }

    Object special(String name, Object target, Object... arguments) {
        return Slot.guarded(() -> specials.get(name).body().call(target, arguments));
    }
}

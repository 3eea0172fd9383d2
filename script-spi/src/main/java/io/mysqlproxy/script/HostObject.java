package io.mysqlproxy.script;

import java.util.Objects;

/**
 * Something of the proxy that scripts can see: a target and its declared members. A fresh wrapper at each look; two looks at
 * the same thing are equal (J-44).
 */
public final class HostObject {
    private final HostType<?> type;
    private final Object target;

    HostObject(HostType<?> type, Object target) {
        this.type = type;
        this.target = Objects.requireNonNull(target);
    }

    /** The declared members. */
    public HostType<?> type() {
        return type;
    }

    /** What the members act on. */
    public Object target() {
        return target;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HostObject o && o.target == target && o.type == type;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(target) * 31 + System.identityHashCode(type);
    }

    @Override
    public String toString() {
        return type.name();
    }
}

package io.mysqlproxy.core.script.model;

import io.mysqlproxy.script.HostObject;
import io.mysqlproxy.script.HostType;
import io.mysqlproxy.script.Member;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** Looks at an object as a script would, without any language in between. */
record Look(HostObject object) {
    Object get(String name) {
        var getter = property(name).getter();
        return getter == null ? null : getter.apply(object.target());
    }

    /** A member that is an object. */
    Look at(String name) {
        return new Look((HostObject) get(name));
    }

    void set(String name, Object value) {
        property(name).setter().accept(object.target(), value);
    }

    boolean readable(String name) {
        return property(name).getter() != null;
    }

    boolean writable(String name) {
        return property(name).setter() != null;
    }

    private Member.Property property(String name) {
        return (Member.Property) object.type().member(name);
    }

    Object call(String name, Object... arguments) {
        return ((Member.Method) object.type().member(name)).body().call(object.target(), arguments);
    }

    int size() {
        return object.type().size().applyAsInt(object.target());
    }

    Look item(int index) {
        return new Look((HostObject) object.type().at().apply(object.target(), index));
    }

    Iterator<?> each() {
        return object.type().each().apply(object.target());
    }

    /** The content of a store such as {@code proxy.global}. */
    Look store(String name) {
        Member.Store store = (Member.Store) object.type().member(name);
        @SuppressWarnings("unchecked") // declared over the same target as the type that holds it
        HostType<Object> content = (HostType<Object>) store.content();
        return new Look(content.of(object.target()));
    }

    /** Names of the members that are no constants and that scripts of a language see. */
    List<String> names(String language) {
        Predicate<Member> constant = Member.Constant.class::isInstance;
        return object.type().members().stream()
                .filter(constant.negate())
                .filter(m -> m.visibleTo(language))
                .map(Member::name)
                .toList();
    }
}

package io.mysqlproxy.script;

import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** One name of a {@link HostType}. */
public sealed interface Member {
    /** The name scripts use. */
    String name();

    /** The engines whose scripts see it; empty for all. */
    Set<String> languages();

    /** Whether scripts of an engine see it. */
    default boolean visibleTo(String language) {
        return languages().isEmpty() || languages().contains(language);
    }

    /** The same member for scripts of one engine only. */
    Member only(String language);

    /**
     * A value computed at each look.
     *
     * @param getter gives null, {@link Boolean}, {@link Integer}, {@link Long}, {@link Double}, {@link String}, {@link
     *     Bytes}, {@link HostObject}, a {@link List} of these or a {@link java.util.Map} from names to these: a table in Lua, a
     *     dict in Python; null if it cannot be read
     * @param kind what the setter takes, whether the value counts, or BYTES without a setter where an empty text is none;
     *     null if nothing special
     * @param setter takes what {@link Kind} says; null if it cannot be written
     * @param mask for a {@link Boolean} that Python shows as this bit or 0; else 0
     */
    record Property(
            String name,
            Set<String> languages,
            Function<Object, Object> getter,
            Kind kind,
            BiConsumer<Object, Object> setter,
            int mask)
            implements Member {
        @Override
        public Member only(String language) {
            return new Property(name, Set.of(language), getter, kind, setter, mask);
        }
    }

    /**
     * A function.
     *
     * @param parameters in order; optional ones last
     * @param options named arguments after them: a trailing table in Lua; a dict, keywords or positions in Python
     * @param body takes the target and one value for each parameter and option, null where not given
     */
    record Method(
            String name, Set<String> languages, List<Parameter> parameters, List<Parameter> options, Body<Object> body)
            implements Member {
        @Override
        public Member only(String language) {
            return new Method(name, Set.of(language), parameters, options, body);
        }
    }

    /** An open store of the connection that scripts fill: {@code proxy.response}. Kept by the engine's context. */
    record Bag(String name, Set<String> languages) implements Member {
        @Override
        public Member only(String language) {
            return new Bag(name, Set.of(language));
        }
    }

    /**
     * An open store of the realm, with some declared members of its own: {@code proxy.global}. Kept by the engine's realm.
     *
     * @param content the declared members, over the same target as the type that holds this member
     */
    record Store(String name, Set<String> languages, HostType<?> content) implements Member {
        @Override
        public Member only(String language) {
            return new Store(name, Set.of(language), content);
        }
    }

    /** A fixed number. */
    record Constant(String name, Set<String> languages, long value) implements Member {
        @Override
        public Member only(String language) {
            return new Constant(name, Set.of(language), value);
        }
    }

    /**
     * One argument of a {@link Method}.
     *
     * @param kind null for any value: what a {@link Property} gives, or a {@link ScriptRef}
     */
    record Parameter(String name, Kind kind, boolean required) {}

    /** What a {@link Method} does. */
    @FunctionalInterface
    interface Body<T> {
        /** @return a value as {@link Property} lists them */
        Object call(T target, Object[] arguments);
    }
}

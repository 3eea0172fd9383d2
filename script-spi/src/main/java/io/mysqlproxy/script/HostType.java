package io.mysqlproxy.script;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * The members that scripts see of one kind of thing, declared once for all languages.
 *
 * <p>Declared in a chain, in a static initialiser, and constant afterwards:
 *
 * <pre>{@code
 * static final HostType<Injection> TYPE = HostType.<Injection>named("Injection")
 *         .get("id", Injection::id)
 *         .get("type", Injection::id).only("lua")
 *         .get("resultset", i -> ResultModel.TYPE.of(i));
 * }</pre>
 *
 * <p>The manner of a language stays in its engine: Lua counts from 1 where Python counts from 0, Lua answers nil where Python
 * raises {@code AttributeError}. Getters, setters and bodies run with the realm's lock held, on whatever thread the
 * interpreter uses (a Lua coroutine has its own), and may throw {@link HostException}.
 *
 * @param <T> the target that members act on
 */
public final class HostType<T> {
    private final String name;
    private final List<Member> members = new ArrayList<>();
    private String path;
    private boolean open;
    private boolean plain;
    private ToIntFunction<Object> size;
    private BiFunction<Object, Integer, Object> at;
    private BiConsumer<Object, Integer> release;
    private BiFunction<Object, Bytes, Object> keyed;
    private Function<Object, Iterator<?>> each;
    private BiConsumer<Object, String> missed;

    private HostType(String name) {
        this.name = name;
    }

    /** Starts a declaration; the name is shown by Python's {@code repr} and in error texts. */
    public static <T> HostType<T> named(String name) {
        return new HostType<>(name);
    }

    /** A value that can be read. */
    public HostType<T> get(String name, Function<? super T, ?> getter) {
        return property(name, getter, null, null, 0);
    }

    /** A text that may be missing: an empty one is nil in Lua, and an empty {@code str} in Python. */
    public HostType<T> text(String name, Function<? super T, Bytes> getter) {
        return property(name, getter, Kind.BYTES, null, 0);
    }

    /** A truth value: a boolean in Lua, {@code mask} or 0 in Python. */
    public HostType<T> flag(String name, int mask, Function<? super T, Boolean> getter) {
        return property(name, getter, null, null, mask);
    }

    /** A value that can be read and written. */
    public HostType<T> set(String name, Function<? super T, ?> getter, Kind kind, BiConsumer<? super T, ?> setter) {
        return property(name, getter, kind, setter, 0);
    }

    /** A function with required and optional positional parameters, and named options after them. */
    public HostType<T> call(
            String name, List<Member.Parameter> parameters, List<Member.Parameter> options, Member.Body<T> body) {
        @SuppressWarnings("unchecked") // targets of this type are T: only of(T) makes them
        Member.Body<Object> erased = (Member.Body<Object>) (Member.Body<?>) body;
        return add(new Member.Method(name, Set.of(), List.copyOf(parameters), List.copyOf(options), erased));
    }

    /** A fixed number. */
    public HostType<T> constant(String name, long value) {
        return add(new Member.Constant(name, Set.of(), value));
    }

    /** An open store of each connection. */
    public HostType<T> bag(String name) {
        return add(new Member.Bag(name, Set.of()));
    }

    /** An open store of the realm, with declared members of its own. */
    public HostType<T> store(String name, HostType<T> content) {
        return add(new Member.Store(name, Set.of(), content));
    }

    /**
     * The member declared last is for scripts of one engine only. Where languages differ in more than their manner, a name is
     * declared once for each.
     */
    public HostType<T> only(String language) {
        Member narrowed = members.remove(members.size() - 1).only(language);
        return add(narrowed);
    }

    /** Things that can be counted: {@code at} takes indices from 0 to size - 1 in every language. */
    @SuppressWarnings("unchecked") // as in call
    public HostType<T> items(ToIntFunction<? super T> size, BiFunction<? super T, Integer, ?> at) {
        this.size = (ToIntFunction<Object>) (ToIntFunction<?>) size;
        this.at = (BiFunction<Object, Integer, Object>) (BiFunction<?, ?, ?>) at;
        return this;
    }

    /**
     * Items that a script may let go of: {@code tokens[i] = nil} in Lua. The size stays, and {@code at} gives null there
     * afterwards. In Python such a sequence is a tuple, which does not change.
     */
    @SuppressWarnings("unchecked") // as in call
    public HostType<T> release(BiConsumer<? super T, Integer> release) {
        this.release = (BiConsumer<Object, Integer>) (BiConsumer<?, ?>) release;
        return this;
    }

    /** Things found by a string: {@code users["bob"]}. */
    @SuppressWarnings("unchecked") // as in call
    public HostType<T> keyed(BiFunction<? super T, Bytes, ?> lookup) {
        this.keyed = (BiFunction<Object, Bytes, Object>) (BiFunction<?, ?, ?>) lookup;
        return this;
    }

    /** Things that come one after the other: callable for Lua's {@code for}, iterable in Python. */
    @SuppressWarnings("unchecked") // as in call
    public HostType<T> each(Function<? super T, ? extends Iterator<?>> iterator) {
        this.each = (Function<Object, Iterator<?>>) (Function<?, ?>) iterator;
        return this;
    }

    /**
     * Is told of every member that a script looked for in vain, unknown or {@link HostException.Unavailable}, in a language where
     * that is no error: Lua's scripts get nil, and their authors a line in the log.
     */
    @SuppressWarnings("unchecked") // as in call
    public HostType<T> missed(BiConsumer<? super T, String> missed) {
        this.missed = (BiConsumer<Object, String>) (BiConsumer<?, ?>) missed;
        return this;
    }

    /** How error texts name such a thing, {@code proxy.connection} for example; the type's name if not given. */
    public HostType<T> path(String path) {
        this.path = path;
        return this;
    }

    /** Scripts may set new attributes. */
    public HostType<T> open() {
        open = true;
        return this;
    }

    /** A mere record, read at once: a table in Lua. */
    public HostType<T> plain() {
        plain = true;
        return this;
    }

    /** A look at a target. */
    public HostObject of(T target) {
        return new HostObject(this, target);
    }

    /** The name of the type. */
    public String name() {
        return name;
    }

    /** How error texts name such a thing. */
    public String path() {
        return path == null ? name : path;
    }

    /** The member of that name, visible or not; the first one where languages have their own; null if there is none. */
    public Member member(String name) {
        return members.stream().filter(m -> m.name().equals(name)).findFirst().orElse(null);
    }

    /** All members in the order of declaration. */
    public List<Member> members() {
        return Collections.unmodifiableList(members);
    }

    /** Whether scripts may set new attributes. */
    public boolean isOpen() {
        return open;
    }

    /** Whether it is a mere record. */
    public boolean isPlain() {
        return plain;
    }

    /** Counts the items of a target; null if it has none. */
    public ToIntFunction<Object> size() {
        return size;
    }

    /** Gives one item of a target; null if it has none. */
    public BiFunction<Object, Integer, Object> at() {
        return at;
    }

    /** Lets go of one item of a target; null if it cannot. */
    public BiConsumer<Object, Integer> release() {
        return release;
    }

    /** Finds something by a string; null if it cannot. */
    public BiFunction<Object, Bytes, Object> keyed() {
        return keyed;
    }

    /** Iterates over a target; null if it cannot. */
    public Function<Object, Iterator<?>> each() {
        return each;
    }

    /** Is told of members that are not there; null if nobody needs to know. */
    public BiConsumer<Object, String> missed() {
        return missed;
    }

    @SuppressWarnings("unchecked") // as in call
    private HostType<T> property(
            String name, Function<? super T, ?> getter, Kind kind, BiConsumer<? super T, ?> setter, int mask) {
        return add(new Member.Property(
                name,
                Set.of(),
                (Function<Object, Object>) (Function<?, ?>) getter,
                kind,
                (BiConsumer<Object, Object>) (BiConsumer<?, ?>) setter,
                mask));
    }

    private HostType<T> add(Member member) {
        boolean taken = members.stream()
                .filter(m -> m.name().equals(member.name()))
                .anyMatch(m -> m.languages().isEmpty() || !Collections.disjoint(m.languages(), member.languages()));
        if (taken) {
            throw new IllegalStateException(name + "." + member.name() + " is declared twice");
        }
        members.add(member);
        return this;
    }
}

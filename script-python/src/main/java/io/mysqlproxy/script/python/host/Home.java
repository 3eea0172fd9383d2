package io.mysqlproxy.script.python.host;

import io.mysqlproxy.script.HostObject;
import io.mysqlproxy.script.HostType;
import io.mysqlproxy.script.Member;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.python.core.PyObject;

/**
 * Where wrappers live that a script can put something on: one home for each client connection, and the realm's.
 *
 * <p>Safe to use from the threads of a script, which hold no lock.
 */
public final class Home {
    private final Home realm;
    private final String language;
    private final Map<HostType<?>, Shape> shapes;
    private final Map<HostObject, PyHost> kept = new ConcurrentHashMap<>();
    private final Map<String, PyHost> stores = new ConcurrentHashMap<>();
    private final Map<String, HostType<Object>> bags = new ConcurrentHashMap<>();

    /** The home of a realm. */
    public Home(String language) {
        this.realm = this;
        this.language = language;
        this.shapes = new ConcurrentHashMap<>();
    }

    /** The home of a client connection. */
    public Home(Home realm) {
        this.realm = realm;
        this.language = realm.language;
        this.shapes = realm.shapes;
    }

    /** The {@code proxy} of this home; scripts may set attributes on it, and find them as long as the home lasts (J-04). */
    public PyHost root(HostObject proxy) {
        PyHost root = PyHost.open(shape(proxy.type()), proxy, this);
        if (this == realm) {
            openStores(proxy);
        }
        return root;
    }

    /**
     * The realm's stores act on what the realm was started with, never on the connection that happens to ask first: they
     * outlive it.
     */
    private void openStores(HostObject globals) {
        for (Member member : globals.type().members()) {
            if (member instanceof Member.Store store && store.visibleTo(language)) {
                store(store, globals.target());
            }
        }
    }

    /** An open store of this home, made when first asked for. */
    public PyHost bag(String name) {
        return stores.computeIfAbsent(name, this::newBag);
    }

    private PyHost newBag(String name) {
        HostType<Object> type = realm.bags.computeIfAbsent(
                name, n -> HostType.named(Character.toUpperCase(n.charAt(0)) + n.substring(1)));
        return PyHost.open(shape(type), type.of(new Object()), this);
    }

    /** A store of the realm; the target counts for the first look only. */
    PyHost store(Member.Store store, Object target) {
        return realm.stores.computeIfAbsent(store.name(), name -> {
            @SuppressWarnings("unchecked") // the target fits: Member.Store promises it
            HostType<Object> content = (HostType<Object>) store.content();
            HostObject look = content.of(target);
            return PyHost.open(shape(content), look, realm);
        });
    }

    /** A look at something of the proxy: a wrapper, or a tuple for what is nothing but a sequence. */
    PyObject look(HostObject host) {
        Shape shape = shape(host.type());
        if (shape.isTuple()) {
            return new HostTuple(shape.items(host.target(), this));
        }
        if (host.type().isPlain()) {
            return PyHost.record(shape, host, this);
        }
        return host.type().isOpen() ? keep(host) : new PyHost(shape, host, this);
    }

    /** The one wrapper of this home for something; it is the same object at each look. */
    PyHost keep(HostObject host) {
        PyHost known = kept.get(host);
        return known != null ? known : kept.computeIfAbsent(host, this::newKept);
    }

    private PyHost newKept(HostObject host) {
        Shape shape = shape(host.type());
        return host.type().isOpen() ? PyHost.open(shape, host, this) : new PyHost(shape, host, this);
    }

    /** The members of something by name, for a module's dict. */
    public Map<String, PyObject> members(HostObject host) {
        PyHost owner = new PyHost(shape(host.type()), host, this);
        Map<String, PyObject> members = new LinkedHashMap<>();
        owner.shape().slots().forEach((name, slot) -> members.put(name, slot.get(owner)));
        return members;
    }

    private Shape shape(HostType<?> type) {
        Shape shape = shapes.get(type);
        return shape != null ? shape : shapes.computeIfAbsent(type, t -> Shape.of(t, language));
    }
}

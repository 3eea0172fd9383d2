package io.mysqlproxy.launcher;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handlers for signals.
 *
 * <p>The JDK has them in {@code sun.misc} only. Every JDK up to now exports that package for good, but naming it in source is a
 * compiler warning that cannot be switched off, and warnings fail the build; hence reflection.
 */
final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    /**
     * Runs the action, on a thread of its own, for each signal of this name in place of what the JVM would do.
     *
     * @param name without SIG
     */
    static void on(String name, Runnable action) {
        try {
            install(name, action);
        } catch (InvocationTargetException e) {
            // some signals are the JVM's own; it says so and takes them anyway
            LOG.debug("no handler for SIG{}: {}", name, e.getCause().getMessage());
        } catch (ReflectiveOperationException e) {
            LOG.warn("no handler for SIG{}: {}", name, e.toString());
        }
    }

    private static void install(String name, Runnable action) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object proxy = Proxy.newProxyInstance(
                handler.getClassLoader(),
                new Class<?>[] {handler},
                (self, method, arguments) -> switch (method.getName()) {
                    case "handle" -> {
                        action.run();
                        yield null;
                    }
                    case "equals" -> self == arguments[0];
                    case "hashCode" -> System.identityHashCode(self);
                    default -> "handler of SIG" + name;
                });
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    }

    private Signals() {}
}

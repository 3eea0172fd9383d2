package io.mysqlproxy.script.python.host;

import io.mysqlproxy.script.Kind;
import java.util.Set;
import org.python.core.Py;
import org.python.core.PyException;

/** What python-api.md 3 says of single attributes and a declaration has no place for: mostly the wording of errors. */
final class Particulars {
    /** The original kept these as objects and computed all others, and its error texts tell the difference. */
    private static final Set<String> STORED = Set.of(
            "Proxy.connection",
            "Proxy.globals",
            "Proxy.servers",
            "Proxy.backends",
            "Globals.backends",
            "Globals.config",
            "Config.backend_addresses",
            "Config.read_only_backend_addresses",
            "Backend.dst",
            "Backend.pool",
            "ConnectionPool.users");

    private static final Set<String> LONG = Set.of("InjectionResultset.affected_rows", "InjectionResultset.insert_id");

    private static final String POOL = "ConnectionPool";

    private Particulars() {}

    /** Whether small values are of type {@code long}, too. */
    static boolean isLong(String type, String name) {
        return LONG.contains(type + "." + name);
    }

    /** Whether two looks give the same object, not only equal ones (1.6). */
    static boolean isOneObject(String type, String name) {
        return type.equals("Proxy") && name.equals("connection");
    }

    static PyException readOnly(String type, String name) {
        return STORED.contains(type + "." + name)
                ? Py.TypeError("readonly attribute")
                : Py.AttributeError("attribute '" + name + "' of '" + type + "' objects is not writable");
    }

    static PyException writeOnly(String type, String name) {
        return Py.ValueError(path(type, name) + " can only be set");
    }

    static PyException notAssignable(String type, String name, Kind kind) {
        if (type.equals(POOL) && kind == Kind.INTEGER) {
            return Py.ValueError(type + "." + name + " can only be set to int values");
        }
        return Py.ValueError(path(type, name)
                + switch (kind) {
                    case INTEGER -> " can only be assigned to integer.";
                    case INDEX -> " can only be assigned to a int.";
                    case BOOLEAN -> " can only be assigned to True or False";
                    case BYTES -> " can only be assigned to string.";
                    case RECORD -> " can only be set to a dict";
                });
    }

    static PyException notDeletable(String type, String name) {
        return type.equals(POOL)
                ? Py.ValueError("Cannot delete " + type + "." + name)
                : Py.TypeError("cannot delete " + path(type, name));
    }

    private static String path(String type, String name) {
        return Character.toLowerCase(type.charAt(0)) + type.substring(1) + "." + name;
    }
}

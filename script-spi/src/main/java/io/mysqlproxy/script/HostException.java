package io.mysqlproxy.script;

/**
 * Thrown by a declared getter, setter or method: raise an error in the script that called.
 *
 * <p>An engine turns it into its own error with the message as given: a Lua error with the position in front, a Python
 * {@code ValueError}. Stackless: it is part of the dialogue with the script.
 */
public class HostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message the text the script sees */
    public HostException(String message) {
        super(message, null, false, false);
    }

    /** The member exists but has no value yet: nil and a log line in Lua, {@code ValueError} in Python. */
    public static final class Unavailable extends HostException {
        private static final long serialVersionUID = 1L;

        /** @param message what is missing, and where it can be had */
        public Unavailable(String message) {
            super(message);
        }
    }

    /** Something was looked up under a name that is not known: {@code KeyError} in Python. */
    public static final class Missing extends HostException {
        private static final long serialVersionUID = 1L;

        /** @param message the text the script sees */
        public Missing(String message) {
            super(message);
        }
    }

    /** An argument that its {@link Kind} allows and the function does not: {@code TypeError} in Python. */
    public static final class BadArgument extends HostException {
        private static final long serialVersionUID = 1L;

        /** @param message the text the script sees */
        public BadArgument(String message) {
            super(message);
        }
    }

    /** The member does not exist for this target: nil in Lua, {@code AttributeError} in Python. */
    public static final class Absent extends HostException {
        private static final long serialVersionUID = 1L;

        /** @param message what a language says that does not take it silently */
        public Absent(String message) {
            super(message);
        }
    }
}

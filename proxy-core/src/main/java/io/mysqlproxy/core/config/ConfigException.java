package io.mysqlproxy.core.config;

/** A setting that cannot be used. The message is for the user: it names the setting, its value and what was expected. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message one sentence for the user */
    public ConfigException(String message) {
        super(message);
    }

    /**
     * @param message one sentence for the user
     * @param cause what went wrong underneath
     */
    public ConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}

package io.mysqlproxy.wire.auth;

/**
 * The method sha256_password, always in full: the password and a NUL, inside TLS as they are, otherwise encrypted as for {@link
 * CachingSha2}. Source: manual, "SHA-256 Authentication".
 */
public final class Sha256Password {
    /** The plugin's name. */
    public static final String NAME = "sha256_password";

    /** The client asks for the server's key: the whole payload; another number than {@link CachingSha2#REQUEST_KEY}. */
    public static final int REQUEST_KEY = 0x01;

    private Sha256Password() {}
}

package io.mysqlproxy.core.backend;

/** What a backend is for; the ordinals are the numbers scripts see (lua-api.md 3.1). */
public enum BackendType {
    /** Never used; scripts know the number 0. */
    UNKNOWN,
    /** Takes reads and writes; chosen by default. */
    RW,
    /** Takes reads; chosen by scripts only. */
    RO
}

package io.mysqlproxy.core.query;

/** Where injections get their times from. */
@FunctionalInterface
public interface Clock {
    /** The monotonic clock of the machine. */
    Clock SYSTEM = System::nanoTime;

    /** A clock that stands still: every duration is 0 (J-16). */
    Clock OFF = () -> 0;

    /** Nanoseconds since some fixed moment. */
    long nanos();
}

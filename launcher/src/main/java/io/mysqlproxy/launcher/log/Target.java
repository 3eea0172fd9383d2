package io.mysqlproxy.launcher.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where lines go. One thread at a time. */
interface Target {
    /** Writes a whole line, its newline included. */
    void write(LogLevel level, ByteBuffer line) throws IOException;

    /** Goes on in whatever now has the target's name. */
    default void reopen() throws IOException {}
}

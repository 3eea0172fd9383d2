package io.mysqlproxy.script.lua.file;

import java.io.IOException;

/** Bytes in and out, as C's {@code FILE} has them. */
abstract class ByteStream {
    static final int END = -1;

    /** The next byte, which stays; {@link #END} at the end. */
    abstract int peek() throws IOException;

    /** Takes the byte that {@link #peek} has shown. */
    abstract void skip();

    abstract void write(byte[] bytes, int offset, int length) throws IOException;

    abstract void flush() throws IOException;

    abstract void close() throws IOException;

    /** Where the next byte is read or written. */
    long position() throws IOException {
        throw new IOException("Illegal seek");
    }

    long size() throws IOException {
        throw new IOException("Illegal seek");
    }

    void seek(long position) throws IOException {
        throw new IOException("Illegal seek");
    }

    void changeLock(FileLocks.Change change, long start, long length) throws IOException {
        throw new IOException("Invalid argument");
    }

    /** Whether a script may close it. */
    boolean isClosable() {
        return true;
    }

    final int read() throws IOException {
        int b = peek();
        if (b != END) {
            skip();
        }
        return b;
    }
}

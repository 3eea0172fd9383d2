package io.mysqlproxy.script.lua.file;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;

/** A file on disk. What is written is there at once; only reading is buffered. */
final class DiskFile extends ByteStream {
    private static final String WRONG_MODE = "Bad file descriptor";

    private final RandomAccessFile file;
    private final FileLocks locks;
    private final boolean readable;
    private final boolean writable;
    private final boolean append;
    private final byte[] buffer = new byte[4096];
    private int next;
    private int filled;

    /** @param mode that of C's {@code fopen} */
    DiskFile(File name, String mode) throws IOException {
        if (!mode.matches("[rwa][+b]{0,2}")) {
            throw new IOException("Invalid argument");
        }
        boolean update = mode.indexOf('+') > 0;
        char first = mode.charAt(0);
        readable = first == 'r' || update;
        writable = first != 'r' || update;
        append = first == 'a';
        if (first == 'r' && update) {
            // Java would make the file
            new RandomAccessFile(name, "r").close();
        }
        file = new RandomAccessFile(name, writable ? "rw" : "r");
        locks = new FileLocks(file.getChannel());
        if (first == 'w') {
            file.setLength(0);
        }
    }

    @Override
    int peek() throws IOException {
        if (!readable) {
            throw new IOException(WRONG_MODE);
        }
        if (next == filled) {
            next = 0;
            filled = Math.max(0, file.read(buffer));
        }
        return next < filled ? buffer[next] & 0xff : END;
    }

    @Override
    void skip() {
        next++;
    }

    @Override
    void write(byte[] bytes, int offset, int length) throws IOException {
        if (!writable) {
            throw new IOException(WRONG_MODE);
        }
        seek(append ? file.length() : position());
        file.write(bytes, offset, length);
    }

    @Override
    void flush() {
        // nothing is kept back
    }

    @Override
    void close() throws IOException {
        file.close();
    }

    @Override
    long position() throws IOException {
        return file.getFilePointer() - (filled - next);
    }

    @Override
    long size() throws IOException {
        return file.length();
    }

    @Override
    void changeLock(FileLocks.Change change, long start, long length) throws IOException {
        if (change == FileLocks.Change.SHARE && !readable || change == FileLocks.Change.OWN && !writable) {
            throw new IOException(WRONG_MODE);
        }
        locks.change(change, start, length);
    }

    @Override
    void seek(long position) throws IOException {
        if (position < 0) {
            throw new IOException("Invalid argument");
        }
        next = 0;
        filled = 0;
        file.seek(position);
    }
}

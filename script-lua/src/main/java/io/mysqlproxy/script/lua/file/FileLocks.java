package io.mysqlproxy.script.lua.file;

import io.mysqlproxy.script.lua.call.Arguments;
import io.mysqlproxy.script.lua.call.Fault;
import io.mysqlproxy.script.lua.text.Latin1;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * What {@code lfs.lock} and {@code lfs.unlock} do to one open file: the advisory locks of POSIX (script-libraries.md 6.3). To other
 * processes they belong to the proxy as a whole; within it, unlike those of C, to the file that has taken them, so that scripts of
 * two clients keep each other out too; since Java has it so, even where both only want to read.
 */
public final class FileLocks {
    private static final String BUSY = "Resource temporarily unavailable";

    private final FileChannel channel;
    private final List<FileLock> held = new ArrayList<>();

    FileLocks(FileChannel channel) {
        this.channel = channel;
    }

    /** {@code lock(file, mode, start, length)}: true, or nil and a text; waits for nobody. */
    public static Varargs lock(Arguments arguments) {
        LuaFile file = LuaFile.checked(arguments);
        String mode = Latin1.text(arguments.string(2));
        if (!mode.startsWith("r") && !mode.startsWith("w")) {
            throw Fault.of("lock: invalid mode");
        }
        return change(file, mode.startsWith("r") ? Change.SHARE : Change.OWN, arguments, 3);
    }

    /** {@code unlock(file, start, length)}: true, or nil and a text. */
    public static Varargs unlock(Arguments arguments) {
        return change(LuaFile.checked(arguments), Change.FREE, arguments, 2);
    }

    private static Varargs change(LuaFile file, Change change, Arguments arguments, int first) {
        long start = arguments.integer(first, 0);
        long length = arguments.integer(first + 1, 0);
        try {
            if (start < 0 || length < 0 || length > Long.MAX_VALUE - start) {
                throw new IOException("Invalid argument");
            }
            // 0 is all there is from there on, and all that will be
            file.changeLock(change, start, length == 0 ? Long.MAX_VALUE - start : length);
            return LuaValue.TRUE;
        } catch (IOException e) {
            return LuaValue.varargsOf(LuaValue.NIL, Latin1.string(SystemErrors.text(e)));
        }
    }

    void change(Change change, long start, long length) throws IOException {
        List<FileLock> before =
                held.stream().filter(lock -> lock.overlaps(start, length)).toList();
        free(before);
        try {
            if (change != Change.FREE) {
                take(start, length, change == Change.SHARE);
            }
        } catch (IOException e) {
            for (FileLock lock : before) {
                take(lock.position(), lock.size(), lock.isShared());
            }
            throw e;
        }
        for (FileLock lock : before) {
            keepAround(lock, start, start + length);
        }
    }

    private void free(List<FileLock> locks) throws IOException {
        for (FileLock lock : locks) {
            lock.release();
            held.remove(lock);
        }
    }

    private void take(long start, long length, boolean shared) throws IOException {
        try {
            FileLock lock = channel.tryLock(start, length, shared);
            if (lock == null) {
                throw new IOException(BUSY);
            }
            held.add(lock);
        } catch (OverlappingFileLockException e) {
            throw new IOException(BUSY, e);
        }
    }

    /** What an older lock covers besides the range that was just changed stays as it was. */
    private void keepAround(FileLock lock, long start, long end) throws IOException {
        if (lock.position() < start) {
            take(lock.position(), start - lock.position(), lock.isShared());
        }
        long lockEnd = lock.position() + lock.size();
        if (lockEnd > end) {
            take(end, lockEnd - end, lock.isShared());
        }
    }

    /** What to do with a range. */
    enum Change {
        SHARE,
        OWN,
        FREE
    }
}

package io.mysqlproxy.script.lua.lfs;

import io.mysqlproxy.script.lua.call.Arguments;
import io.mysqlproxy.script.lua.call.Builtin;
import io.mysqlproxy.script.lua.call.Fault;
import io.mysqlproxy.script.lua.file.FileLocks;
import io.mysqlproxy.script.lua.file.SystemErrors;
import io.mysqlproxy.script.lua.text.Latin1;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The functions of {@code lfs}. */
public final class FileSystemModule {
    private static final String UNCHANGEABLE = "Function not implemented";

    private FileSystemModule() {}

    /** A new table of them. */
    public static LuaTable open() {
        LuaTable lfs = new LuaTable();
        lfs.rawset("_VERSION", string("LuaFileSystem 1.2"));
        lfs.rawset("_DESCRIPTION", string("directories, and what files are"));
        lfs.rawset("_COPYRIGHT", string("Copyright (c) the authors of this proxy; see its LICENSE"));
        Builtin.add(lfs, "attributes", FileSystemModule::attributes);
        Builtin.add(lfs, "chdir", FileSystemModule::chdir);
        Builtin.add(lfs, "currentdir", a -> string(Path.of("").toAbsolutePath().toString()));
        Builtin.add(lfs, "dir", FileSystemModule::dir);
        Builtin.add(lfs, "mkdir", a -> attempt(() -> makeDirectory(path(a))));
        Builtin.add(lfs, "rmdir", a -> attempt(() -> removeDirectory(path(a))));
        Builtin.add(lfs, "touch", FileSystemModule::touch);
        Builtin.add(lfs, "lock", FileLocks::lock);
        Builtin.add(lfs, "unlock", FileLocks::unlock);
        return lfs;
    }

    /** Changes something on disk. */
    private interface Change {
        void run() throws IOException;
    }

    /** True, or nil and what the system says. */
    private static Varargs attempt(Change change) {
        try {
            change.run();
            return LuaValue.TRUE;
        } catch (IOException e) {
            return LuaValue.varargsOf(LuaValue.NIL, string(SystemErrors.text(e)));
        }
    }

    private static Varargs attributes(Arguments arguments) {
        Path path = path(arguments);
        try {
            return arguments.get(2).isstring() ? one(arguments, path) : all(arguments, path);
        } catch (IOException e) {
            String text = "cannot obtain information from file `" + path + "'";
            return LuaValue.varargsOf(LuaValue.NIL, string(text));
        }
    }

    private static LuaValue one(Arguments arguments, Path path) throws IOException {
        LuaValue value = Attributes.one(path, Latin1.text(arguments.string(2)));
        if (value == null) {
            throw arguments.bad(2, "invalid option '" + arguments.string(2).tojstring() + "'");
        }
        return value;
    }

    private static LuaTable all(Arguments arguments, Path path) throws IOException {
        LuaTable table = arguments.missing(2) ? new LuaTable() : arguments.table(2);
        Attributes.all(path).forEach((name, value) -> table.set(name, value));
        return table;
    }

    /** A JVM stays where it was started. */
    private static Varargs chdir(Arguments arguments) {
        Path path = path(arguments);
        if (Path.of("").toAbsolutePath().equals(path.toAbsolutePath().normalize())) {
            return LuaValue.TRUE;
        }
        String text = "Unable to change working directory to '" + path + "'\n" + UNCHANGEABLE + "\n";
        return LuaValue.varargsOf(LuaValue.NIL, string(text));
    }

    private static Varargs dir(Arguments arguments) {
        Path path = path(arguments);
        try {
            return new Builtin("dir", new Listing(path)::next);
        } catch (IOException e) {
            boolean plain = Files.exists(path) && !Files.isDirectory(path);
            throw Fault.of("cannot open " + path + ": " + (plain ? "Not a directory" : SystemErrors.text(e)));
        }
    }

    private static void makeDirectory(Path path) throws IOException {
        Files.createDirectory(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxr-x"));
    }

    private static void removeDirectory(Path path) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("Not a directory");
        }
        Files.delete(path);
    }

    private static Varargs touch(Arguments arguments) {
        Path path = path(arguments);
        double now = System.currentTimeMillis() / 1000.0;
        double access = arguments.missing(2) ? now : arguments.number(2);
        double modification = arguments.missing(3) ? access : arguments.number(3);
        return attempt(() -> Files.getFileAttributeView(path, BasicFileAttributeView.class)
                .setTimes(time(modification), time(access), null));
    }

    private static FileTime time(double seconds) {
        return FileTime.from((long) (seconds * 1000), TimeUnit.MILLISECONDS);
    }

    private static Path path(Arguments arguments) {
        String path = SystemErrors.path(arguments.string(1));
        if (path.indexOf('\0') >= 0) {
            // no file has such a name, and Java would say so by an exception of its own
            path = path.substring(0, path.indexOf('\0'));
        }
        return Path.of(path);
    }

    static LuaString string(String text) {
        return LuaString.valueUsing(text.getBytes(StandardCharsets.UTF_8));
    }
}

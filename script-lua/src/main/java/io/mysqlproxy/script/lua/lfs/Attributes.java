package io.mysqlproxy.script.lua.lfs;

import io.mysqlproxy.script.lua.text.Latin1;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.luaj.vm2.LuaValue;

/** What {@code lfs.attributes} knows of a file. Links are followed. */
final class Attributes {
    private static final int TYPE_MASK = 0170000;
    private static final int BLOCK = 4096;
    /** Java does not tell how much room a file takes. */
    private static final int UNIT = 512;

    private static final Map<String, Function<Map<String, Object>, LuaValue>> READERS = new LinkedHashMap<>();

    static {
        READERS.put("mode", file -> Latin1.string(mode((Integer) file.get("mode"))));
        READERS.put("dev", number("dev"));
        READERS.put("ino", number("ino"));
        READERS.put("nlink", number("nlink"));
        READERS.put("uid", number("uid"));
        READERS.put("gid", number("gid"));
        READERS.put("rdev", number("rdev"));
        READERS.put("access", time("lastAccessTime"));
        READERS.put("modification", time("lastModifiedTime"));
        READERS.put("change", time("ctime"));
        READERS.put("size", number("size"));
        READERS.put("blocks", file -> LuaValue.valueOf(Math.ceil(size(file) / UNIT)));
        READERS.put("blksize", file -> LuaValue.valueOf(BLOCK));
    }

    private Attributes() {}

    /** All of them by name, in no order that matters. */
    static Map<String, LuaValue> all(Path path) throws IOException {
        Map<String, Object> file = read(path);
        Map<String, LuaValue> all = new LinkedHashMap<>();
        READERS.forEach((name, reader) -> all.put(name, reader.apply(file)));
        return all;
    }

    /** One of them; null if there is none of that name. */
    static LuaValue one(Path path, String name) throws IOException {
        Map<String, Object> file = read(path);
        Function<Map<String, Object>, LuaValue> reader = READERS.get(name);
        return reader == null ? null : reader.apply(file);
    }

    private static Map<String, Object> read(Path path) throws IOException {
        return Files.readAttributes(path, "unix:*");
    }

    private static Function<Map<String, Object>, LuaValue> number(String name) {
        return file -> LuaValue.valueOf(((Number) file.get(name)).doubleValue());
    }

    private static Function<Map<String, Object>, LuaValue> time(String name) {
        return file -> LuaValue.valueOf((double) ((FileTime) file.get(name)).to(TimeUnit.SECONDS));
    }

    private static double size(Map<String, Object> file) {
        return ((Number) file.get("size")).doubleValue();
    }

    private static String mode(int mode) {
        return switch (mode & TYPE_MASK) {
            case 0100000 -> "file";
            case 0040000 -> "directory";
            case 0120000 -> "link";
            case 0140000 -> "socket";
            case 0010000 -> "named pipe";
            case 0020000 -> "char device";
            case 0060000 -> "block device";
            default -> "other";
        };
    }
}

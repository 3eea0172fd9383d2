package io.mysqlproxy.script.lua.file;

import io.mysqlproxy.script.lua.text.Latin1;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** What C's {@code strerror} and {@code errno} say of a failure. */
public final class SystemErrors {
    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("Operation not permitted", 1),
            Map.entry("No such file or directory", 2),
            Map.entry("Input/output error", 5),
            Map.entry("Bad file descriptor", 9),
            Map.entry("Permission denied", 13),
            Map.entry("Device or resource busy", 16),
            Map.entry("File exists", 17),
            Map.entry("Invalid cross-device link", 18),
            Map.entry("Not a directory", 20),
            Map.entry("Is a directory", 21),
            Map.entry("Invalid argument", 22),
            Map.entry("Too many open files", 24),
            Map.entry("No space left on device", 28),
            Map.entry("Illegal seek", 29),
            Map.entry("Read-only file system", 30),
            Map.entry("Broken pipe", 32),
            Map.entry("File name too long", 36),
            Map.entry("Directory not empty", 39));

    private SystemErrors() {}

    /** The text alone. */
    public static String text(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "No such file or directory";
        } else if (failure instanceof AccessDeniedException) {
            return "Permission denied";
        } else if (failure instanceof DirectoryNotEmptyException) {
            return "Directory not empty";
        } else if (failure instanceof FileAlreadyExistsException) {
            return "File exists";
        } else if (failure instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        String message = String.valueOf(failure.getMessage());
        int bracket = message.lastIndexOf('(');
        return bracket >= 0 && message.endsWith(")") ? message.substring(bracket + 1, message.length() - 1) : message;
    }

    /** Nil, the text and the number. */
    public static Varargs results(IOException failure) {
        return results("", failure);
    }

    /** Nil, the text after a file's name, and the number. */
    public static Varargs results(LuaString name, IOException failure) {
        return results(Latin1.text(name) + ": ", failure);
    }

    /** A file's name as Java wants it. */
    public static String path(LuaString name) {
        return new String(Latin1.bytes(name), StandardCharsets.UTF_8);
    }

    private static Varargs results(String before, IOException failure) {
        String text = text(failure);
        return LuaValue.varargsOf(
                LuaValue.NIL, Latin1.string(before + text), LuaValue.valueOf(NUMBERS.getOrDefault(text, 0)));
    }
}

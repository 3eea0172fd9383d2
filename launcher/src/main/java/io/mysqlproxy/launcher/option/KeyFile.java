package io.mysqlproxy.launcher.option;

import io.mysqlproxy.core.config.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of keys and values in groups, of which one group counts (launcher-and-admin.md 3.1, 3.2).
 *
 * <p>Strict on purpose: what other readers of such files would guess at, a semicolon for example, is an error here. Values are
 * kept as their bytes, since what is wrong with one is only known together with its key.
 */
public final class KeyFile {
    private static final String GROUP = "mysql-proxy";

    private final String name;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private boolean anyGroup;
    private boolean ours;

    private KeyFile(String name) {
        this.name = name;
    }

    /**
     * One setting.
     *
     * @param value its bytes, one in each character, without blanks around them
     * @param line counted from 1
     */
    record Entry(String key, String value, int line) {}

    /**
     * Reads a file.
     *
     * @param name relative to the current directory
     * @throws ConfigException if it cannot be read, others may read it, or a line is of no known form
     */
    public static KeyFile read(String name) {
        KeyFile file = new KeyFile(name);
        byte[] bytes = file.bytes();
        int number = 0;
        for (String line : new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1)) {
            file.line(line.strip(), ++number);
        }
        return file;
    }

    /** The settings of our group, each key once. */
    Collection<Entry> entries() {
        return List.copyOf(entries.values());
    }

    /** As the user named it. */
    String name() {
        return name;
    }

    /** An error of this file. */
    ConfigException failure(String reason) {
        return new ConfigException("loading config from '" + name + "' failed: " + reason);
    }

    private byte[] bytes() {
        try {
            Path path = Path.of(name);
            PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
            if (name.isEmpty()) {
                throw missing();
            }
            if (!attributes.isRegularFile()) {
                throw failure(name + " isn't a regular file");
            }
            if (attributes.permissions().stream().anyMatch(KeyFile::isForOthers)) {
                throw failure("permissions of " + name + " aren't secure (0660 or stricter required)");
            }
            return Files.readAllBytes(path);
        } catch (java.nio.file.NoSuchFileException | InvalidPathException e) {
            throw missing();
        } catch (IOException e) {
            throw failure("cannot read " + name + ": " + e.getMessage());
        }
    }

    private ConfigException missing() {
        return failure("cannot stat(" + name + "): No such file or directory");
    }

    private static boolean isForOthers(PosixFilePermission permission) {
        return permission.name().startsWith("OTHERS");
    }

    private void line(String line, int number) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        if (line.startsWith("[") && line.endsWith("]")) {
            anyGroup = true;
            ours = line.equals("[" + GROUP + "]");
            return;
        }
        if (!anyGroup) {
            throw failure("Key file does not start with a group");
        }
        int equals = line.indexOf('=');
        if (equals < 1 || line.startsWith(";") || line.startsWith("[")) {
            throw failure(
                    "Key file contains line “" + shown(line) + "” which is not a key-value pair, group, or comment");
        }
        if (ours) {
            String key = line.substring(0, equals).strip();
            entries.put(key, new Entry(key, line.substring(equals + 1).strip(), number));
        }
    }

    /** For people: what is not UTF-8 is shown as such. */
    static String shown(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}

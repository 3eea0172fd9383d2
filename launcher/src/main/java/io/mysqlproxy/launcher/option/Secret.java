package io.mysqlproxy.launcher.option;

import io.mysqlproxy.core.config.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;

/**
 * A password that is given as such, or stands in a file. It is never part of a message.
 *
 * @param text the option for the password itself; its name ends in {@code password}, so that it is not shown
 * @param file the option for a file that has it in the first line
 */
public record Secret(Setting<String> text, Setting<Path> file) {
    /**
     * What was given.
     *
     * @param path of the file, if that was
     * @throws ConfigException if both were, or the file cannot be read, or by anybody
     */
    public Optional<String> of(Settings settings, Optional<Path> path) {
        Optional<String> given = settings.find(text);
        if (given.isPresent() && path.isPresent()) {
            throw new ConfigException(text.dashed() + " and " + file.dashed() + " were given, but only one is allowed");
        }
        return given.or(() -> path.map(this::firstLine));
    }

    private String firstLine(Path path) {
        try {
            if (Files.getPosixFilePermissions(path).stream().anyMatch(Secret::isForOthers)) {
                throw failure(path, "permissions aren't secure (0660 or stricter required)");
            }
            return Files.readString(path, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        } catch (NoSuchFileException e) {
            throw failure(path, "No such file or directory");
        } catch (IOException e) {
            throw failure(path, "cannot read it: " + e.getMessage());
        }
    }

    private static boolean isForOthers(PosixFilePermission permission) {
        return permission.name().startsWith("OTHERS");
    }

    private ConfigException failure(Path path, String reason) {
        return new ConfigException(file.dashed() + "=" + path + ": " + reason);
    }
}

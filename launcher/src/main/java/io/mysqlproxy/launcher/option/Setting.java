package io.mysqlproxy.launcher.option;

import java.util.List;
import java.util.stream.Stream;

/**
 * One option: everything there is to say about it.
 *
 * @param <T> what its value is read as
 * @param name the long name without dashes
 * @param kind how a value is read
 * @param fallback the value without the option; null if there is none
 * @param placeholder what help shows for the value
 * @param description what help says
 * @param letters short names, one character each; often none
 * @param aliases other long names
 */
public record Setting<T>(
        String name,
        Kind<T> kind,
        T fallback,
        String placeholder,
        String description,
        String letters,
        List<String> aliases) {

    /** An option with a value. */
    public static <T> Setting<T> of(String name, Kind<T> kind, T fallback, String placeholder, String description) {
        return new Setting<>(name, kind, fallback, placeholder, description, "", List.of());
    }

    /** An option that is on when it is given. */
    public static Setting<Boolean> flag(String name, String description) {
        return of(name, Kind.FLAG, false, "", description);
    }

    /** The same option with short names. */
    public Setting<T> letters(String letters) {
        return new Setting<>(name, kind, fallback, placeholder, description, letters, aliases);
    }

    /** The same option with another long name. */
    public Setting<T> alias(String alias) {
        return new Setting<>(name, kind, fallback, placeholder, description, letters, List.of(alias));
    }

    /** Every long name, the proper one first. */
    public Stream<String> names() {
        return Stream.concat(Stream.of(name), aliases.stream());
    }

    /** The option as a user writes it. */
    String dashed() {
        return "--" + name;
    }
}

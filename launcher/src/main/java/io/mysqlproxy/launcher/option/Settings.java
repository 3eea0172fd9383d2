package io.mysqlproxy.launcher.option;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The values that were given, by option.
 *
 * @param given the texts given for each option, by its proper long name, in the order given
 */
public record Settings(Map<String, List<String>> given) {
    public Settings {
        given = Map.copyOf(given);
    }

    /** The value given, else the default; an option without either has none. */
    public <T> Optional<T> find(Setting<T> setting) {
        List<String> texts = given.get(setting.name());
        return texts == null
                ? Optional.ofNullable(setting.fallback())
                : Optional.of(setting.kind().reader().read(setting.dashed(), texts));
    }

    /** The value of an option that has a default. */
    public <T> T get(Setting<T> setting) {
        return find(setting).orElseThrow(() -> new NoSuchElementException(setting.dashed()));
    }

    /** These values, and of others those that these do not give. */
    public Settings over(Settings others) {
        Map<String, List<String>> both = new HashMap<>(others.given);
        both.putAll(given);
        return new Settings(both);
    }

    /** Whether the option was given, whatever its value. */
    public boolean has(Setting<?> setting) {
        return given.containsKey(setting.name());
    }
}

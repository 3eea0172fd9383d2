package io.mysqlproxy.launcher.option;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Options that stand together in help.
 *
 * @param title the heading
 * @param settings the options, in the order of help
 */
public record OptionGroup(String title, List<Setting<?>> settings) {
    public OptionGroup {
        settings = List.copyOf(settings);
    }

    /** The same options by their long names only. */
    public OptionGroup withoutLetters() {
        return new OptionGroup(
                title, settings.stream().map(s -> s.letters("")).collect(Collectors.toUnmodifiableList()));
    }
}

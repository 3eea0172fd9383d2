package io.mysqlproxy.launcher.option;

import io.mysqlproxy.core.config.ConfigException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the text of an option means.
 *
 * @param <T> what it is read as
 * @param reader from the texts given, in order, to the value
 * @param takesValue false for flags
 */
public record Kind<T>(Reader<T> reader, boolean takesValue) {
    private static final Set<String> OFF = Set.of("0", "false", "no", "off");

    /** On or off. */
    public static final Kind<Boolean> FLAG = new Kind<>((option, given) -> isOn(last(given)), false);

    /** Any text. */
    public static final Kind<String> TEXT = single((option, text) -> text);

    /** A decimal number of 32 bits. */
    public static final Kind<Integer> INTEGER = single(Kind::integer);

    /** A number with a fraction. */
    public static final Kind<Double> DECIMAL = single(Kind::decimal);

    /** A path; a relative one is below the base directory, which is for the reader of the setting to apply. */
    public static final Kind<Path> FILE = single((option, text) -> Path.of(text));

    /** Several texts: comma lists add up, {@code \,} is a comma, blanks around elements and empty elements go. */
    public static final Kind<List<String>> LIST = new Kind<>((option, given) -> split(given), true);

    /** One of a few words. */
    public static <E> Kind<E> oneOf(Map<String, E> words) {
        return single((option, text) -> {
            E value = words.get(text);
            if (value == null) {
                throw new ConfigException(
                        option + " has to be one of " + String.join(", ", words.keySet()) + ", is '" + text + "'");
            }
            return value;
        });
    }

    /** Whether a flag given with this value is on. */
    static boolean isOn(String text) {
        return !OFF.contains(text);
    }

    /** How one kind of value is read. */
    @FunctionalInterface
    public interface Reader<T> {
        /**
         * @param option the option as the user writes it, for messages
         * @param given every text given for it, at least one
         * @throws ConfigException if the text is not of this kind
         */
        T read(String option, List<String> given);
    }

    @FunctionalInterface
    private interface TextReader<T> {
        T read(String option, String text);
    }

    private static <T> Kind<T> single(TextReader<T> reader) {
        return new Kind<>((option, given) -> reader.read(option, last(given)), true);
    }

    private static String last(List<String> given) {
        return given.get(given.size() - 1);
    }

    private static Integer integer(String option, String text) {
        if (!text.matches("[+-]?[0-9]+")) {
            throw new ConfigException("Cannot parse integer value “" + text + "” for " + option);
        }
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException tooLong) {
            throw new ConfigException("Integer value “" + text + "” for " + option + " out of range", tooLong);
        }
    }

    private static Double decimal(String option, String text) {
        // Double.valueOf alone would take Java's own suffixes (1d) and hexadecimal forms
        if (!text.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?")) {
            throw new ConfigException("Cannot parse double value “" + text + "” for " + option);
        }
        return Double.valueOf(text);
    }

    private static List<String> split(List<String> given) {
        List<String> elements = new ArrayList<>();
        for (String text : given) {
            for (String element : text.split("(?<!\\\\),")) {
                String trimmed = element.replace("\\,", ",").strip();
                if (!trimmed.isEmpty()) {
                    elements.add(trimmed);
                }
            }
        }
        return List.copyOf(elements);
    }
}

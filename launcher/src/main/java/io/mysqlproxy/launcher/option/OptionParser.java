package io.mysqlproxy.launcher.option;

import io.mysqlproxy.core.config.ConfigException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.DefaultParser.NonOptionAction;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/** Reads arguments by the rules of GNU long options, for one set of options. */
public final class OptionParser {
    private final Map<String, Setting<?>> byToken = new HashMap<>();
    private final Options options = new Options();

    /** @param groups every option there is */
    public OptionParser(List<OptionGroup> groups) {
        for (OptionGroup group : groups) {
            group.settings().forEach(this::declare);
        }
    }

    private void declare(Setting<?> setting) {
        setting.names().forEach(name -> {
            byToken.put("--" + name, setting);
            options.addOption(option(null, name, setting));
        });
        // commons-cli knows one letter an option, so each letter is an option of its own
        setting.letters().chars().mapToObj(Character::toString).forEach(letter -> {
            byToken.put("-" + letter, setting);
            options.addOption(option(letter, null, setting));
        });
    }

    private static Option option(String letter, String name, Setting<?> setting) {
        return Option.builder(letter)
                .longOpt(name)
                .hasArg(setting.kind().takesValue())
                .get();
    }

    /**
     * What a command line says.
     *
     * @param settings the options given
     * @param unknown arguments that look like options and are none
     * @param positional the other arguments
     */
    public record Parsed(Settings settings, List<String> unknown, List<String> positional) {}

    /**
     * Reads a command line.
     *
     * @throws ConfigException if an option lacks its value
     */
    public Parsed parse(List<String> arguments) {
        int end = arguments.indexOf("--");
        List<String> head = end < 0 ? arguments : arguments.subList(0, end);
        Map<String, List<String>> off = new LinkedHashMap<>();
        CommandLine line = commonsCli(plain(head, off).toArray(String[]::new));
        List<String> unknown = new ArrayList<>();
        List<String> positional = new ArrayList<>();
        line.getArgList().forEach(a -> (a.startsWith("-") && a.length() > 1 ? unknown : positional).add(a));
        if (end >= 0) {
            positional.addAll(arguments.subList(end + 1, arguments.size()));
        }
        return new Parsed(new Settings(off).over(settings(line)), List.copyOf(unknown), List.copyOf(positional));
    }

    private CommandLine commonsCli(String[] arguments) {
        try {
            return DefaultParser.builder()
                    .setAllowPartialMatching(false)
                    .setStripLeadingAndTrailingQuotes(false)
                    .get()
                    .parse(options, null, NonOptionAction.SKIP, arguments);
        } catch (MissingArgumentException e) {
            throw new ConfigException(
                    "Missing argument for " + proper(e.getOption()).dashed(), e);
        } catch (ParseException e) {
            throw new ConfigException(e.getMessage(), e);
        }
    }

    private Settings settings(CommandLine line) {
        Map<String, List<String>> given = new LinkedHashMap<>();
        for (Option option : line.getOptions()) {
            List<String> texts = given.computeIfAbsent(proper(option).name(), name -> new ArrayList<>());
            texts.addAll(option.hasArg() ? option.getValuesList() : List.of("true"));
        }
        return new Settings(given);
    }

    private Setting<?> proper(Option option) {
        return byToken.get(option.getLongOpt() == null ? "-" + option.getOpt() : "--" + option.getLongOpt());
    }

    /**
     * Says in commons-cli's words what it understands otherwise: {@code --flag=on} becomes {@code --flag}, {@code --flag=off}
     * goes to the other map, and {@code -Pvalue} becomes two arguments, since a value may contain {@code =}.
     */
    private List<String> plain(List<String> arguments, Map<String, List<String>> off) {
        List<String> plain = new ArrayList<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (equals > 0 && isFlag(name)) {
                Setting<?> flag = byToken.get(name);
                plain.removeIf(earlier -> flag.equals(byToken.get(earlier)));
                off.remove(flag.name());
                if (Kind.isOn(argument.substring(equals + 1))) {
                    plain.add(name);
                } else {
                    off.put(flag.name(), List.of("false"));
                }
            } else if (isFlag(argument)) {
                off.remove(byToken.get(argument).name());
                plain.add(argument);
            } else if (isLetterWithValue(argument)) {
                plain.add(argument.substring(0, 2));
                plain.add(argument.substring(2));
            } else {
                plain.add(argument);
            }
        }
        return plain;
    }

    /** The last word on a flag counts, as with values. */
    private boolean isFlag(String token) {
        Setting<?> setting = byToken.get(token);
        return setting != null && !setting.kind().takesValue();
    }

    private boolean isLetterWithValue(String argument) {
        Setting<?> setting = argument.length() > 2 ? byToken.get(argument.substring(0, 2)) : null;
        return setting != null && setting.kind().takesValue();
    }
}

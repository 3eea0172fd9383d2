package io.mysqlproxy.launcher;

import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.launcher.log.LogConfig;
import io.mysqlproxy.launcher.log.LogLevel;
import io.mysqlproxy.launcher.option.ChassisOptions;
import io.mysqlproxy.launcher.option.FileSettings;
import io.mysqlproxy.launcher.option.Help;
import io.mysqlproxy.launcher.option.KeyFile;
import io.mysqlproxy.launcher.option.OptionGroup;
import io.mysqlproxy.launcher.option.OptionParser;
import io.mysqlproxy.launcher.option.PluginOptions;
import io.mysqlproxy.launcher.option.ProxyOptions;
import io.mysqlproxy.launcher.option.Setting;
import io.mysqlproxy.launcher.option.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the user asked for, by arguments and by the file they name.
 *
 * @param settings every option given; arguments win
 * @param plugins the plugins to load, each once, in the order given
 * @param files the arguments that are no options, for {@code --check}
 * @param warnings what the user should know of the file
 */
record CommandLine(Settings settings, List<PluginOptions> plugins, List<Path> files, List<String> warnings) {
    private static final String COMMAND = "launcher";
    private static final String HIDDEN = "********";
    private static final double LONGEST_WAIT = 1e6;

    /**
     * Reads the arguments and the file. The plugins decide which options there are, so they are read first.
     *
     * @throws ConfigException naming what cannot be used
     */
    static CommandLine parse(String... arguments) {
        List<String> list = List.of(arguments);
        List<OptionGroup> chassis = List.of(ChassisOptions.application());
        Settings early = new OptionParser(chassis).parse(list).settings();
        Optional<KeyFile> file = early.find(ChassisOptions.DEFAULTS_FILE).map(KeyFile::read);
        List<PluginOptions> plugins = Plugins.named(
                with(early, file, chassis, Plugins.foreign(List.of())).get(ChassisOptions.PLUGINS));
        List<OptionGroup> groups = groups(plugins);
        OptionParser.Parsed parsed = new OptionParser(groups).parse(list);
        Optional<FileSettings> inFile = file.map(f -> new FileSettings(f, groups, silent(plugins)));
        CommandLine line = new CommandLine(
                inFile.map(f -> parsed.settings().over(f.settings())).orElse(parsed.settings()),
                plugins,
                parsed.positional().stream().map(Path::of).toList(),
                inFile.map(FileSettings::warnings).orElse(List.of()));
        if (!line.wantsHelp() && !line.wantsVersion()) {
            line.refuse(parsed);
        }
        groups.stream().flatMap(group -> group.settings().stream()).forEach(line.settings::find);
        line.check();
        return line;
    }

    /**
     * For who asks for versions and has a file or a plugin that cannot be read: what can be said before they are
     * (launcher-and-admin.md 2.4).
     */
    static Optional<String> librariesAskedFor(String... arguments) {
        try {
            Settings early = new OptionParser(List.of(ChassisOptions.application()))
                    .parse(List.of(arguments))
                    .settings();
            CommandLine line = new CommandLine(early, List.of(), List.of(), List.of());
            return line.wantsVersion()
                    ? Optional.of(Version.libraries(LuaPaths.of(early, line.basedir(), System.getenv())))
                    : Optional.empty();
        } catch (ConfigException e) {
            return Optional.empty();
        }
    }

    private static Settings with(
            Settings settings, Optional<KeyFile> file, List<OptionGroup> groups, Set<String> silent) {
        return file.map(f -> settings.over(new FileSettings(f, groups, silent).settings()))
                .orElse(settings);
    }

    private static Set<String> silent(List<PluginOptions> plugins) {
        Set<String> silent = new HashSet<>(Plugins.foreign(plugins));
        silent.addAll(ChassisOptions.commandLineOnly());
        return silent;
    }

    private void refuse(OptionParser.Parsed parsed) {
        parsed.unknown().stream().findFirst().ifPresent(unknown -> {
            throw new ConfigException("Unknown option " + unknown + " (use --help to show all options)");
        });
        if (settings.get(ChassisOptions.CHECK)) {
            if (files.isEmpty()) {
                throw new ConfigException("--check needs the files to check");
            }
            return;
        }
        parsed.positional().stream().findFirst().ifPresent(positional -> {
            throw new ConfigException("unknown option: " + positional);
        });
    }

    private void check() {
        logLevel();
        basedir();
        Rules.check(settings, plugins);
    }

    /** Whether the user wants versions and nothing else. */
    boolean wantsVersion() {
        return settings.get(ChassisOptions.VERSION);
    }

    /** Whether the proxy is to serve, rather than to say something and end. */
    boolean serves() {
        return !wantsHelp()
                && !wantsVersion()
                && !settings.get(ChassisOptions.DEMO)
                && !settings.get(ChassisOptions.CHECK);
    }

    /** The help asked for, if any. */
    Optional<String> help() {
        return wantsHelp() ? Optional.of(helpText()) : Optional.empty();
    }

    /** The least severe level to log; the demo and the check speak for themselves. */
    LogLevel logLevel() {
        if (settings.get(ChassisOptions.DEMO) && !settings.has(ChassisOptions.LOG_LEVEL)) {
            return LogLevel.WARNING;
        }
        if (settings.get(ChassisOptions.CHECK) && !settings.has(ChassisOptions.LOG_LEVEL)) {
            return LogLevel.ERROR;
        }
        return LogLevel.named(settings.get(ChassisOptions.LOG_LEVEL));
    }

    /** What to log, and how. */
    LogConfig logConfig() {
        return new LogConfig(
                logLevel(),
                settings.get(ChassisOptions.LOG_FORMAT),
                file(ChassisOptions.LOG_FILE),
                Optional.of(LogConfig.SYSLOG).filter(path -> settings.get(ChassisOptions.LOG_USE_SYSLOG)));
    }

    /** How long commands in flight may take at the end. */
    Duration shutdownTimeout() {
        double seconds = settings.get(ChassisOptions.SHUTDOWN_TIMEOUT);
        return Duration.ofMillis(Math.round(Math.max(0, Math.min(seconds, LONGEST_WAIT)) * 1000));
    }

    /** The directory that relative paths of files start from: by default the one above the command's own. */
    Path basedir() {
        Path basedir = Path.of(settings.find(ChassisOptions.BASEDIR).orElseGet(CommandLine::home));
        if (!basedir.isAbsolute()) {
            throw new ConfigException("--basedir option must be an absolute path, but was " + basedir);
        }
        return basedir.normalize();
    }

    /** The path of an option for a file. */
    Optional<Path> file(Setting<Path> setting) {
        return settings.find(setting).map(basedir()::resolve);
    }

    /** Set by {@code bin/launcher}. */
    private static String home() {
        String home = System.getProperty("launcher.home");
        return home != null ? home : Path.of("").toAbsolutePath().toString();
    }

    /** Every option and its value, in the order of help; secrets are not shown. */
    Map<String, String> shownOptions() {
        Map<String, String> shown = new LinkedHashMap<>();
        groups(plugins).stream()
                .skip(1)
                .flatMap(group -> group.settings().stream())
                .forEach(setting -> {
                    Object value = settings.find(setting).orElse(null);
                    String text = value instanceof List<?> list
                            ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                            : value instanceof Enum<?> word
                                    ? word.name().toLowerCase(Locale.ROOT)
                                    : Objects.toString(value, null);
                    shown.put(setting.name(), setting.name().endsWith("password") ? HIDDEN : text);
                });
        return shown;
    }

    private boolean wantsHelp() {
        return Stream.concat(
                        Stream.of(ChassisOptions.HELP, ChassisOptions.HELP_ALL),
                        plugins.stream().map(plugin -> ChassisOptions.helpFor(plugin.plugin())))
                .anyMatch(settings::get);
    }

    private String helpText() {
        Help help = new Help(COMMAND, Version.product());
        boolean everything = settings.get(ChassisOptions.HELP_ALL);
        boolean overview = everything || settings.get(ChassisOptions.HELP);
        List<OptionGroup> groups = groups(plugins);
        if (overview) {
            help.section(groups.get(0));
        }
        for (int i = 0; i < plugins.size(); i++) {
            if (everything || settings.get(ChassisOptions.helpFor(plugins.get(i).plugin()))) {
                help.section(groups.get(i + 1));
            }
        }
        if (overview) {
            help.section(groups.get(groups.size() - 1));
        }
        return help.toString();
    }

    /** In the order of help. With both proxies loaded the letters are those of the Lua proxy (J-39). */
    private static List<OptionGroup> groups(List<PluginOptions> plugins) {
        List<OptionGroup> groups = new ArrayList<>();
        groups.add(
                ChassisOptions.help(plugins.stream().map(PluginOptions::plugin).toList()));
        for (PluginOptions plugin : plugins) {
            boolean lettersTaken = plugin == ProxyOptions.PYTHON && plugins.contains(ProxyOptions.LUA);
            groups.add(lettersTaken ? plugin.group().withoutLetters() : plugin.group());
        }
        groups.add(ChassisOptions.application());
        return groups;
    }
}

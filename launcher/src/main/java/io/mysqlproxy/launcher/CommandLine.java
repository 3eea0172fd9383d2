package io.mysqlproxy.launcher;

import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.launcher.log.LogLevel;
import io.mysqlproxy.launcher.option.ChassisOptions;
import io.mysqlproxy.launcher.option.Help;
import io.mysqlproxy.launcher.option.OptionGroup;
import io.mysqlproxy.launcher.option.OptionParser;
import io.mysqlproxy.launcher.option.ProxyOptions;
import io.mysqlproxy.launcher.option.Setting;
import io.mysqlproxy.launcher.option.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the user asked for.
 *
 * @param settings every option given
 * @param plugins the plugins to load, each once, in the order given
 */
record CommandLine(Settings settings, List<ProxyOptions> plugins) {
    private static final String COMMAND = "launcher";

    /**
     * Reads the arguments. The plugins decide which options there are, so they are read first.
     *
     * @throws ConfigException naming the argument that cannot be used
     */
    static CommandLine parse(String... arguments) {
        List<String> list = List.of(arguments);
        Settings early = new OptionParser(List.of(ChassisOptions.application()))
                .parse(list)
                .settings();
        List<ProxyOptions> plugins = Plugins.named(early.get(ChassisOptions.PLUGINS));
        List<OptionGroup> groups = groups(plugins);
        OptionParser.Parsed parsed = new OptionParser(groups).parse(list);
        CommandLine line = new CommandLine(parsed.settings(), plugins);
        if (!line.wantsHelp()) {
            refuse(parsed);
        }
        groups.stream().flatMap(group -> group.settings().stream()).forEach(parsed.settings()::find);
        line.check();
        return line;
    }

    private static void refuse(OptionParser.Parsed parsed) {
        parsed.unknown().stream().findFirst().ifPresent(unknown -> {
            throw new ConfigException("Unknown option " + unknown + " (use --help to show all options)");
        });
        parsed.positional().stream().findFirst().ifPresent(positional -> {
            throw new ConfigException("unknown option: " + positional);
        });
    }

    private void check() {
        int threads = settings.get(ChassisOptions.EVENT_THREADS);
        if (threads < 1) {
            throw new ConfigException("--event-threads has to be >= 1, is " + threads);
        }
        logLevel();
        basedir();
        checkDemo();
    }

    /** The demo has plugins, backends and scripts of its own. */
    private void checkDemo() {
        boolean keepRunning = settings.get(ChassisOptions.KEEP_RUNNING);
        if (!settings.get(ChassisOptions.DEMO)) {
            if (keepRunning) {
                throw new ConfigException("--keep-running needs --demo");
            }
            return;
        }
        Set<String> allowed = new HashSet<>();
        ChassisOptions.application().settings().forEach(setting -> allowed.add(setting.name()));
        allowed.remove(ChassisOptions.PLUGINS.name());
        if (!keepRunning) {
            allowed.remove(ChassisOptions.PID_FILE.name());
        }
        settings.given().keySet().stream()
                .filter(name -> !allowed.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new ConfigException("--" + name + " has no meaning for this --demo");
                });
    }

    /** Whether the user wants versions and nothing else. */
    boolean wantsVersion() {
        return settings.get(ChassisOptions.VERSION);
    }

    /** The help asked for, if any. */
    Optional<String> help() {
        return wantsHelp() ? Optional.of(helpText()) : Optional.empty();
    }

    /** The least severe level to log; the demo speaks for itself. */
    LogLevel logLevel() {
        if (settings.get(ChassisOptions.DEMO) && !settings.has(ChassisOptions.LOG_LEVEL)) {
            return LogLevel.WARNING;
        }
        return LogLevel.named(settings.get(ChassisOptions.LOG_LEVEL));
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
    private static List<OptionGroup> groups(List<ProxyOptions> plugins) {
        List<OptionGroup> groups = new ArrayList<>();
        groups.add(
                ChassisOptions.help(plugins.stream().map(ProxyOptions::plugin).toList()));
        for (ProxyOptions plugin : plugins) {
            boolean lettersTaken = plugin != ProxyOptions.LUA && plugins.contains(ProxyOptions.LUA);
            groups.add(lettersTaken ? plugin.group().withoutLetters() : plugin.group());
        }
        groups.add(ChassisOptions.application());
        return groups;
    }
}

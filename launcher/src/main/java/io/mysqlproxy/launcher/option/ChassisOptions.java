package io.mysqlproxy.launcher.option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The options that do not belong to a plugin. */
public final class ChassisOptions {
    public static final Setting<Boolean> HELP =
            Setting.flag("help", "Show help options").letters("h?");
    public static final Setting<Boolean> HELP_ALL = Setting.flag("help-all", "Show all help options");
    public static final Setting<Boolean> VERSION =
            Setting.flag("version", "Show versions and exit").letters("V");

    public static final Setting<Boolean> DEMO = Setting.flag(
            "demo",
            "Run paired Lua and Python sample scripts against an embedded server, show what they answer, and exit");
    public static final Setting<Boolean> KEEP_RUNNING =
            Setting.flag("keep-running", "With --demo: serve on afterwards");

    public static final Setting<Boolean> CHECK = Setting.flag(
            "check",
            "Load the scripts named as arguments without serving: syntax, hooks, variables that their scope drops");
    public static final Setting<String> DEFAULTS_FILE = Setting.of(
            "defaults-file",
            Kind.TEXT,
            null,
            "<file>",
            "Read options from this file, group [mysql-proxy]; relative to the current directory");

    public static final Setting<Boolean> VERBOSE_SHUTDOWN =
            Setting.flag("verbose-shutdown", "Log the end whatever the log level");
    public static final Setting<Double> SHUTDOWN_TIMEOUT = Setting.of(
            "shutdown-timeout",
            Kind.DECIMAL,
            10.0,
            "<seconds>",
            "Longest time that commands in flight may take when the proxy is to end");
    public static final Setting<Boolean> DAEMON = Setting.flag("daemon", "Detach from the terminal");
    public static final Setting<String> USER =
            Setting.of("user", Kind.TEXT, null, "<user>", "Serve as this user; only root can");

    public static final Setting<String> BASEDIR = Setting.of(
            "basedir",
            Kind.TEXT,
            null,
            "<absolute path>",
            "Directory that relative paths of files start from (default: the directory above bin/)");
    public static final Setting<Path> PID_FILE =
            Setting.of("pid-file", Kind.FILE, null, "<file>", "Write the process id here once everything listens");
    public static final Setting<String> PLUGIN_DIR =
            Setting.of("plugin-dir", Kind.TEXT, null, "<path>", "Accepted for old configurations; does nothing");
    public static final Setting<List<String>> PLUGINS = Setting.of(
            "plugins",
            Kind.LIST,
            List.of("proxy"),
            "<name>",
            "Plugins to load, in the order given: admin, proxy, pyproxy");
    public static final Setting<String> LOG_LEVEL = Setting.of(
            "log-level",
            Kind.TEXT,
            "message",
            "(error|critical|warning|message|info|debug)",
            "Log messages of this level and more severe ones");
    public static final Setting<Path> LOG_FILE =
            Setting.of("log-file", Kind.FILE, null, "<file>", "Log to this file (default: standard error)");
    public static final Setting<LogForm> LOG_FORMAT = Setting.of(
            "log-format", Kind.oneOf(LogForm.byName()), LogForm.TEXT, "(text|json)", "The form of a log line");
    public static final Setting<Boolean> LOG_USE_SYSLOG = Setting.flag("log-use-syslog", "Log to syslog");
    public static final Setting<Boolean> LOG_BACKTRACE =
            Setting.flag("log-backtrace-on-crash", "Accepted for old configurations; does nothing");
    public static final Setting<Boolean> KEEPALIVE =
            Setting.flag("keepalive", "Watch over the proxy, and start it again when it crashes");
    public static final Setting<Integer> MAX_OPEN_FILES = Setting.of(
            "max-open-files", Kind.INTEGER, 0, "<n>", "Limit of open files and connections; 0 leaves it as it is");
    public static final Setting<Integer> QUERY_STATS = Setting.of(
            "query-stats",
            Kind.INTEGER,
            0,
            "<n>",
            "Count and time one of n statements by its normalised text, for the admin plugin; 0 none");
    public static final Setting<Integer> EVENT_THREADS = Setting.of(
            "event-threads",
            Kind.INTEGER,
            Runtime.getRuntime().availableProcessors(),
            "<n>",
            "Number of network threads, one for each core if not given");
    public static final Setting<String> LUA_PATH = Setting.of(
            "lua-path",
            Kind.TEXT,
            null,
            "<...>",
            "Where require() looks for Lua modules (default: LUA_PATH, else lib/mysql-proxy/lua/?.lua below basedir)");
    public static final Setting<String> LUA_CPATH = Setting.of(
            "lua-cpath",
            Kind.TEXT,
            null,
            "<...>",
            "The same for native modules; only shown to scripts (default: LUA_CPATH, else lib/mysql-proxy/lua/?.so below basedir)");

    /** Help itself, with an option for each plugin. */
    public static OptionGroup help(List<String> plugins) {
        List<Setting<?>> settings = new ArrayList<>(List.of(HELP, HELP_ALL));
        plugins.forEach(plugin -> settings.add(helpFor(plugin)));
        return new OptionGroup("Help Options", settings);
    }

    /** The option for help about one plugin. */
    public static Setting<Boolean> helpFor(String plugin) {
        return Setting.flag("help-" + plugin, "Show options for the " + plugin + "-module");
    }

    /** Everything but help. */
    public static OptionGroup application() {
        return new OptionGroup(
                "Application Options",
                List.of(
                        VERSION,
                        DEMO,
                        KEEP_RUNNING,
                        CHECK,
                        DEFAULTS_FILE,
                        VERBOSE_SHUTDOWN,
                        SHUTDOWN_TIMEOUT,
                        DAEMON,
                        USER,
                        BASEDIR,
                        PID_FILE,
                        PLUGIN_DIR,
                        PLUGINS,
                        LOG_LEVEL,
                        LOG_FILE,
                        LOG_FORMAT,
                        LOG_USE_SYSLOG,
                        LOG_BACKTRACE,
                        KEEPALIVE,
                        MAX_OPEN_FILES,
                        EVENT_THREADS,
                        QUERY_STATS,
                        LUA_PATH,
                        LUA_CPATH));
    }

    /** Names that mean nothing in a file. */
    public static Set<String> commandLineOnly() {
        return Stream.of(HELP, HELP_ALL, VERSION, DEMO, KEEP_RUNNING, CHECK, DEFAULTS_FILE)
                .map(Setting::name)
                .collect(Collectors.toSet());
    }

    private ChassisOptions() {}
}

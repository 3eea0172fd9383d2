package io.mysqlproxy.launcher.option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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

    public static final Setting<String> BASEDIR = Setting.of(
            "basedir",
            Kind.TEXT,
            null,
            "<absolute path>",
            "Directory that relative paths of files start from (default: the directory above bin/)");
    public static final Setting<Path> PID_FILE =
            Setting.of("pid-file", Kind.FILE, null, "<file>", "Write the process id here once everything listens");
    public static final Setting<List<String>> PLUGINS = Setting.of(
            "plugins", Kind.LIST, List.of("proxy"), "<name>", "Plugins to load, in this order: proxy, pyproxy");
    public static final Setting<String> LOG_LEVEL = Setting.of(
            "log-level",
            Kind.TEXT,
            "message",
            "(error|critical|warning|message|info|debug)",
            "Log messages of this level and more severe ones");
    public static final Setting<Path> LOG_FILE =
            Setting.of("log-file", Kind.FILE, null, "<file>", "Log to this file (default: standard error)");
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
            "Where require() looks for Lua modules (default: LUA_PATH, else <basedir>/lib/mysql-proxy/lua/?.lua)");
    public static final Setting<String> LUA_CPATH = Setting.of(
            "lua-cpath",
            Kind.TEXT,
            null,
            "<...>",
            "The same for native modules; only shown to scripts (default: LUA_CPATH, else <basedir>/lib/mysql-proxy/lua/?.so)");

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
                        BASEDIR,
                        PID_FILE,
                        PLUGINS,
                        LOG_LEVEL,
                        LOG_FILE,
                        EVENT_THREADS,
                        LUA_PATH,
                        LUA_CPATH));
    }

    private ChassisOptions() {}
}

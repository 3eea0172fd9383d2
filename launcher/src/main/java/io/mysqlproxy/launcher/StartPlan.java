package io.mysqlproxy.launcher;

import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.launcher.log.LogLevel;
import io.mysqlproxy.launcher.log.Logging;
import io.mysqlproxy.launcher.option.ChassisOptions;
import io.mysqlproxy.launcher.option.Settings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tells {@code bin/launcher}, as assignments of a shell, what the options ask of the process around the JVM: a JVM cannot detach
 * itself, change its user or watch over itself.
 */
public final class StartPlan {
    /** Set by {@code bin/launcher} once the process is as the options ask. */
    private static final String READY = "launcher.process";

    private StartPlan() {}

    /** @param arguments those of the proxy */
    public static void main(String[] arguments) {
        Logging.start(LogLevel.ERROR, Optional.empty());
        print(System.out, arguments);
    }

    /** Says nothing where the arguments are wrong or nothing is to be served: the proxy itself will say more. */
    static void print(PrintStream out, String... arguments) {
        CommandLine line;
        try {
            line = CommandLine.parse(arguments);
        } catch (ConfigException e) {
            return;
        }
        Settings settings = line.settings();
        if (!line.serves()) {
            return;
        }
        out.println("daemon=" + (settings.get(ChassisOptions.DAEMON) ? "1" : ""));
        out.println("keepalive=" + (settings.get(ChassisOptions.KEEPALIVE) ? "1" : ""));
        out.println("max_open_files=" + settings.get(ChassisOptions.MAX_OPEN_FILES));
        out.println("user=" + quoted(settings.find(ChassisOptions.USER)));
        out.println("log_file=" + quoted(line.file(ChassisOptions.LOG_FILE).map(Path::toString)));
        out.println("log_format=" + settings.get(ChassisOptions.LOG_FORMAT));
        out.println("pid_file=" + quoted(line.file(ChassisOptions.PID_FILE).map(Path::toString)));
    }

    private static String quoted(Optional<String> text) {
        return "'" + text.orElse("").replace("'", "'\\''") + "'";
    }

    /**
     * Refuses what only {@code bin/launcher} can do, if it did not.
     *
     * @throws ConfigException naming the option
     */
    static void require(Settings settings) {
        if (System.getProperty(READY) != null) {
            return;
        }
        String option = settings.get(ChassisOptions.DAEMON)
                ? "--daemon"
                : settings.get(ChassisOptions.KEEPALIVE)
                        ? "--keepalive"
                        : settings.has(ChassisOptions.USER)
                                ? "--user"
                                : settings.get(ChassisOptions.MAX_OPEN_FILES) != 0 ? "--max-open-files" : null;
        if (option != null) {
            throw new ConfigException(option + " has to be done before Java starts: start the proxy with bin/launcher, "
                    + "or leave it to a service manager");
        }
    }
}

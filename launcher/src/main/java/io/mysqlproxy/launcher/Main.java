package io.mysqlproxy.launcher;

import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.core.plugin.ScriptCheck;
import io.mysqlproxy.launcher.demo.Demo;
import io.mysqlproxy.launcher.demo.DemoFailure;
import io.mysqlproxy.launcher.log.LogLevel;
import io.mysqlproxy.launcher.log.Logging;
import io.mysqlproxy.launcher.option.ChassisOptions;
import io.mysqlproxy.launcher.server.ServerException;
import io.mysqlproxy.script.ScriptExit;
import java.io.PrintStream;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The command's entry. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    /** @param arguments see {@code --help} */
    public static void main(String[] arguments) {
        Logging.start(LogLevel.MESSAGE, Optional.empty());
        System.exit(run(System.out, arguments));
    }

    /**
     * Does what the arguments ask for.
     *
     * @param out where help and versions go
     * @return the exit code
     */
    static int run(PrintStream out, String... arguments) {
        try {
            CommandLine line = parse(out, arguments);
            if (inform(out, line)) {
                return 0;
            }
            return line.settings().get(ChassisOptions.CHECK) ? check(out, line) : work(out, line);
        } catch (PluginRefusal e) {
            LOG.error("{}", e.getMessage());
            LOG.error("applying config of plugin {} failed", e.plugin());
            return failed("Failure from chassis_mainloop. Shutting down.");
        } catch (ScriptExit e) {
            return e.status();
        } catch (ConfigException | ServerException | DemoFailure e) {
            return failed(e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("the launcher failed", e);
            return failed("Failure from chassis_mainloop. Shutting down.");
        }
    }

    private static CommandLine parse(PrintStream out, String... arguments) {
        try {
            return CommandLine.parse(arguments);
        } catch (ConfigException e) {
            CommandLine.librariesAskedFor(arguments).ifPresent(out::print);
            out.flush();
            throw e;
        }
    }

    /** Prints what was asked for, if it was help or versions. */
    private static boolean inform(PrintStream out, CommandLine line) {
        Optional<String> text = line.help();
        if (text.isEmpty() && line.wantsVersion()) {
            LuaPaths lua = LuaPaths.of(line.settings(), line.basedir(), System.getenv());
            text = Optional.of(Version.text(
                    lua, line.plugins().stream().map(plugin -> plugin.plugin()).toList()));
        }
        text.ifPresent(out::print);
        out.flush();
        return text.isPresent();
    }

    private static int check(PrintStream out, CommandLine line) {
        Logging.start(line.logConfig());
        try (ScriptCheck check = new Wiring(line).check()) {
            return new Check(line.settings(), out).run(check, line.files()) ? 0 : 1;
        }
    }

    private static int work(PrintStream out, CommandLine line) {
        StartPlan.require(line.settings());
        Logging logging = Logging.start(line.logConfig());
        line.warnings().forEach(LOG::warn);
        int exitCode = 0;
        if (line.settings().get(ChassisOptions.DEMO)) {
            demonstrate(out, line, logging);
        } else {
            exitCode = new Service(line, Shutdown.onSignals(logging)).run();
        }
        String end = "shutting down normally, exit code is: " + exitCode;
        if (line.settings().get(ChassisOptions.VERBOSE_SHUTDOWN)) {
            LOG.error(end);
        } else {
            LOG.info(end);
        }
        return exitCode;
    }

    private static void demonstrate(PrintStream out, CommandLine line, Logging logging) {
        Runnable serveOn = () -> {
            Shutdown shutdown = Shutdown.onSignals(logging);
            line.file(ChassisOptions.PID_FILE).ifPresent(PidFile::write);
            shutdown.await();
        };
        boolean keepRunning = line.settings().get(ChassisOptions.KEEP_RUNNING);
        new Demo(new Wiring(line).config(), Wiring::server, out)
                .run(Optional.of(serveOn).filter(wanted -> keepRunning));
    }

    private static int failed(String reason) {
        LOG.error("{}", reason);
        LOG.info("Initiating shutdown, requested from start-up");
        LOG.info("shutting down normally, exit code is: 1");
        return 1;
    }
}

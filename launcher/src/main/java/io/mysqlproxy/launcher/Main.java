package io.mysqlproxy.launcher;

import io.mysqlproxy.core.config.ConfigException;
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
            CommandLine line = CommandLine.parse(arguments);
            return inform(out, line) ? 0 : work(out, line);
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

    private static int work(PrintStream out, CommandLine line) {
        Logging logging = Logging.start(line.logLevel(), line.file(ChassisOptions.LOG_FILE));
        int exitCode = 0;
        if (line.settings().get(ChassisOptions.DEMO)) {
            demonstrate(out, line, logging);
        } else {
            exitCode = new Service(line, Shutdown.onSignals(logging)).run();
        }
        LOG.info("shutting down normally, exit code is: {}", exitCode);
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

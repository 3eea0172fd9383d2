package io.mysqlproxy.launcher.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.mysqlproxy.launcher.option.LogForm;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Sets up the log, from options instead of a configuration file. */
public final class Logging {
    private static final String OURS = "io.mysqlproxy";

    private final LineAppender appender;

    private Logging(LineAppender appender) {
        this.appender = appender;
    }

    /**
     * Replaces whatever was set up before.
     *
     * @param threshold the least severe level to write
     * @param path the log file; empty: standard error
     * @throws io.mysqlproxy.core.config.ConfigException if the file cannot be opened
     */
    public static Logging start(LogLevel threshold, Optional<Path> path) {
        return start(new LogConfig(threshold, LogForm.TEXT, path, Optional.empty()));
    }

    /**
     * Replaces whatever was set up before.
     *
     * @throws io.mysqlproxy.core.config.ConfigException if the target cannot be opened
     */
    public static Logging start(LogConfig config) {
        PrintStream err = LooseText.strip(System.err);
        LineAppender appender = new LineAppender(config.threshold(), config.lineForm(), config.target(), err);
        System.setErr(config.isJsonOnStandardError() ? LooseText.over(err) : err);
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        appender.setContext(context);
        appender.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        // what libraries say below a warning is about themselves, not about the proxy
        root.setLevel(Level.WARN);
        context.getLogger(OURS).setLevel(config.threshold().level());
        return new Logging(appender);
    }

    /** What SIGHUP asks for: after the file was moved away, go on in a new one. */
    public void reopen() {
        org.slf4j.Logger log = LoggerFactory.getLogger(Logging.class);
        log.info("received a SIGHUP, closing log file");
        try {
            appender.reopen();
            log.info("re-opened log file after SIGHUP");
        } catch (IOException e) {
            log.error("re-opening the log file after SIGHUP failed: {}", e.toString());
        }
    }
}

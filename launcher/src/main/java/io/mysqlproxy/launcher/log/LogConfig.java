package io.mysqlproxy.launcher.log;

import io.mysqlproxy.launcher.option.LogForm;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What to log, and how.
 *
 * @param threshold the least severe level to write
 * @param file the log file; empty: standard error, unless there is a syslog
 * @param syslog the socket of the system's log; empty: not there
 */
public record LogConfig(LogLevel threshold, LogForm form, Optional<Path> file, Optional<Path> syslog) {
    /** Where the system's log listens. */
    public static final Path SYSLOG = Syslog.SOCKET;

    Optional<Target> target() {
        return file.<Target>map(LogFile::new).or(() -> syslog.map(Syslog::new));
    }

    boolean isJsonOnStandardError() {
        return form == LogForm.JSON && file.isEmpty() && syslog.isEmpty();
    }

    LineForm lineForm() {
        return form == LogForm.JSON ? new JsonForm() : new TextForm();
    }
}

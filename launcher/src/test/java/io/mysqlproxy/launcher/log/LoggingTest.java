package io.mysqlproxy.launcher.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.launcher.option.LogForm;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MarkerFactory;

class LoggingTest {
    private static final Logger LOG = LoggerFactory.getLogger("io.mysqlproxy.test");

    @TempDir
    private Path folder;

    @AfterEach
    void restore() throws Exception {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        new ContextInitializer(context).autoConfig();
    }

    @Test
    @Tag("A-23")
    void everyLevelHasItsOriginalName() throws Exception {
        start(LogLevel.DEBUG);
        logOnEveryLevel();

        assertThat(lines())
                .hasSize(6)
                .allMatch(
                        line -> line.matches(
                                "^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d: \\((error|critical|warning|message|info|debug)\\) text \\d$"));
        assertThat(lines())
                .extracting(line -> line.replaceAll(".*\\((.*)\\).*", "$1"))
                .containsExactly("error", "critical", "warning", "message", "info", "debug");
    }

    @Test
    void theThresholdIsTheLeastSevereLevelWritten() throws Exception {
        for (LogLevel level : LogLevel.values()) {
            Files.deleteIfExists(file());
            start(level);
            logOnEveryLevel();
            assertThat(lines()).hasSize(level.ordinal() + 1).last().asString().contains("(" + level + ")");
        }
    }

    @Test
    void librariesAreHeardFromWarningsOn() throws Exception {
        start(LogLevel.INFO);
        LoggerFactory.getLogger("io.netty.util").debug("about itself");
        LoggerFactory.getLogger("io.netty.util").warn("worth knowing");

        assertThat(lines()).singleElement().asString().endsWith("(warning) worth knowing");
    }

    @Test
    void onlyABugHasAStack() throws Exception {
        start(LogLevel.MESSAGE);
        LOG.error("bug", new IllegalStateException("why"));

        assertThat(lines().get(0)).endsWith("(critical) bug");
        assertThat(lines().get(1)).isEqualTo("java.lang.IllegalStateException: why");
        assertThat(lines().get(2)).matches("\tat .*LoggingTest.*");
    }

    @Test
    @Tag("A-29")
    void theFileIsForOwnerAndGroupAndIsAppendedTo() throws Exception {
        start(LogLevel.MESSAGE);
        LOG.info("one");
        start(LogLevel.MESSAGE);
        LOG.info("two");

        assertThat(lines()).hasSize(2);
        assertThat(Files.getPosixFilePermissions(file()))
                .contains(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE)
                .doesNotContain(PosixFilePermission.OTHERS_READ, PosixFilePermission.OWNER_EXECUTE);
    }

    @Test
    void aMovedFileIsMadeAgain() throws Exception {
        Logging logging = start(LogLevel.MESSAGE);
        LOG.info("before");
        Path moved = Files.move(file(), folder.resolve("log.1"));
        logging.reopen();
        LOG.info("after");

        assertThat(Files.readAllLines(moved))
                .last()
                .asString()
                .endsWith("(message) received a SIGHUP, closing log file");
        assertThat(lines().get(0)).endsWith("(message) re-opened log file after SIGHUP");
        assertThat(lines().get(1)).endsWith("(message) after");
    }

    @Test
    @Tag("A-26")
    void whatIsSaidAgainIsCounted() throws Exception {
        start(LogLevel.MESSAGE);
        LOG.info("same");
        LOG.warn("same");
        LOG.info("same");
        LOG.warn("other");
        LOG.info("same");

        assertThat(lines())
                .extracting(line -> line.substring(line.indexOf('(')))
                .containsExactly(
                        "(message) same",
                        "(warning) last message repeated 2 times",
                        "(warning) other",
                        "(message) same");
    }

    @Test
    void whatIsSaidForEverIsWrittenNowAndThen() throws Exception {
        start(LogLevel.MESSAGE);
        for (int i = 0; i < 205; i++) {
            LOG.info("same");
        }
        LOG.info("other");

        assertThat(lines())
                .extracting(line -> line.substring(line.indexOf(')') + 2))
                .containsExactly(
                        "same",
                        "last message repeated 101 times",
                        "same",
                        "last message repeated 101 times",
                        "same",
                        "other");
    }

    @Test
    void jsonIsOneObjectALine() throws Exception {
        Logging.start(new LogConfig(LogLevel.MESSAGE, LogForm.JSON, Optional.of(file()), Optional.empty()));
        LOG.warn("a \"quote\", a \\ and\na line\u0001");
        LOG.error("bug", new IllegalStateException("why"));

        assertThat(lines().get(0))
                .matches("\\{\"time\":\"\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z\",\"level\":\"warning\",\"message\":"
                        + "\"a \\\\\"quote\\\\\", a \\\\\\\\ and\\\\na line\\\\u0001\"}");
        assertThat(lines().get(1)).contains("\"trace\":\"java.lang.IllegalStateException: why\\n\\tat ");
    }

    @Test
    void whatIsPrintedAmongJsonIsJsonToo() throws Exception {
        PrintStream before = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try {
            System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
            Logging.start(new LogConfig(LogLevel.MESSAGE, LogForm.JSON, Optional.empty(), Optional.empty()));
            // a second start must not wrap the wrapping
            Logging.start(new LogConfig(LogLevel.MESSAGE, LogForm.JSON, Optional.empty(), Optional.empty()));
            System.err.println("Traceback (most recent call last):\n  File \"x.py\", line 1\nKeyError: 'ü'");
            System.err.print("half ");
            LOG.error("between");
            System.err.println("and half");
            System.err.println();
            Logging.start(new LogConfig(LogLevel.MESSAGE, LogForm.TEXT, Optional.empty(), Optional.empty()));
            System.err.println("plain");
        } finally {
            System.setErr(before);
        }
        List<String> lines = written.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0))
                .matches("\\{\"time\":\"[^\"]+\",\"level\":\"critical\",\"message\":\".*")
                .endsWith("(most recent call last):\\n  File \\\"x.py\\\", line 1\\nKeyError: 'ü'\"}");
        assertThat(lines.get(1)).endsWith("\"message\":\"between\"}");
        assertThat(lines.get(2)).endsWith("\"message\":\"half and half\"}");
        assertThat(lines.get(3)).isEqualTo("plain");
    }

    @Test
    void syslogGetsTheWholeLine() throws Exception {
        Path path = folder.resolve("syslog");
        assumeThat(Epoll.isAvailable()).isTrue();
        Socket syslog = Socket.newSocketDomainDgram();
        syslog.bind(new DomainSocketAddress(path.toString()));
        try {
            Logging.start(new LogConfig(LogLevel.MESSAGE, LogForm.TEXT, Optional.empty(), Optional.of(path)));
            LOG.error("help");
            ByteBuffer message = ByteBuffer.allocateDirect(1000);
            int length = syslog.recv(message, 0, 1000);
            byte[] bytes = new byte[length];
            message.get(0, bytes);
            assertThat(new String(bytes))
                    .matches("<11>[A-Z][a-z]{2} [ 0-9]\\d \\d\\d:\\d\\d:\\d\\d mysql-proxy\\[\\d+]: "
                            + "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d: \\(critical\\) help");
        } finally {
            syslog.close();
        }
    }

    @Test
    void withoutASyslogTheUserLearnsWhatToDo() {
        Path nowhere = folder.resolve("none");
        assertThatThrownBy(() -> Logging.start(
                        new LogConfig(LogLevel.MESSAGE, LogForm.TEXT, Optional.empty(), Optional.of(nowhere))))
                .isInstanceOf(ConfigException.class)
                .hasMessage("can't open syslog '" + nowhere + "': No such file or directory; log to a file with "
                        + "--log-file, or to standard error for a service manager to collect");
    }

    @Test
    @Tag("A-11")
    void aFileThatCannotBeOpenedIsNamed() {
        Path nowhere = folder.resolve("none/x.log");
        assertThatThrownBy(() -> Logging.start(LogLevel.MESSAGE, Optional.of(nowhere)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("can't open log-file '" + nowhere + "': No such file or directory");
        assertThatThrownBy(() -> Logging.start(LogLevel.MESSAGE, Optional.of(folder)))
                .hasMessage("can't open log-file '" + folder + "': Is a directory");
    }

    private Logging start(LogLevel level) {
        return Logging.start(level, Optional.of(file()));
    }

    private static void logOnEveryLevel() {
        LOG.error(MarkerFactory.getMarker("error"), "text {}", 1);
        LOG.error("text {}", 2);
        LOG.warn("text {}", 3);
        LOG.info("text {}", 4);
        LOG.debug("text {}", 5);
        LOG.trace("text {}", 6);
    }

    private Path file() {
        return folder.resolve("log");
    }

    private List<String> lines() throws Exception {
        return Files.readAllLines(file());
    }
}

package io.mysqlproxy.launcher.module;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.mysqlproxy.script.ScriptException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What Lua's {@code chassis} writes to the log, and what becomes of {@code print}. */
class LuaChassisTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.mysqlproxy.core.script.module.ChassisModule");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private PrintStream stdout;
    private ModuleFixture lua;

    @BeforeEach
    void open() {
        log.start();
        logger.setLevel(Level.TRACE);
        logger.setAdditive(false);
        logger.addAppender(log);
        stdout = System.out;
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        lua = ModuleFixture.lua();
    }

    @AfterEach
    void close() {
        System.setOut(stdout);
        logger.detachAppender(log);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    private List<String> logged() {
        return log.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    @Test
    @Tag("L-47")
    void printGoesToTheLog() throws ScriptException {
        lua.run("print('a', 1)");
        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("a\t1\n");
        lua.run("require('chassis')\nprint('a', 1)\nprint(true)\nprint({})\nprint()");
        assertThat(logged().subList(0, 2)).containsExactly("INFO (script.lua:2) a\t1", "INFO (script.lua:3) true");
        assertThat(logged().get(2)).startsWith("INFO (script.lua:4) table: ");
        assertThat(logged().get(3)).isEqualTo("INFO (script.lua:5) nil");
        lua.run("require('chassis') os.print('b')");
        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("a\t1\nb\n");
        assertThat(log.list).hasSize(4);
    }

    @Test
    @Tag("L-48")
    void levels() throws ScriptException {
        lua.run("chassis = require('chassis')\nchassis.critical('x')\nchassis.log('error', 'x')\nchassis.log(nil, 5)\n"
                + "chassis.log('debug')");
        assertThat(logged())
                .containsExactly(
                        "ERROR (script.lua:2) x",
                        "ERROR (script.lua:3) x",
                        "INFO (script.lua:4) 5",
                        "TRACE (script.lua:5) nil");
        assertThat(log.list.get(0).getMarkerList()).isNull();
        assertThat(log.list.get(1).getMarkerList()).singleElement().hasToString("error");
        assertThat(failure("chassis.log('foo', 'x')")).endsWith("bad argument #1 to 'log' (invalid option 'foo')");
        assertThat(failure("chassis.log('info', {})"))
                .endsWith("bad argument #2 to 'log' (string expected, got table)");
        assertThat(failure("chassis.info(true)")).endsWith("bad argument #2 to 'info' (string expected, got boolean)");
        assertThat(lua.value("proxy.response.value = tostring(require('chassis').error)"))
                .isEqualTo("nil");
    }

    @Test
    void otherLevels() throws ScriptException {
        lua.run("local c = require('chassis')\nc.warning('w') c.message('m') c.info('i') c.debug('d')");
        assertThat(logged())
                .containsExactly(
                        "WARN (script.lua:2) w",
                        "INFO (script.lua:2) m",
                        "DEBUG (script.lua:2) i",
                        "TRACE (script.lua:2) d");
    }

    private String failure(String call) throws ScriptException {
        return lua.value("local chassis = require('chassis') " + "proxy.response.value = select(2, pcall(function() "
                + call + " end))");
    }
}

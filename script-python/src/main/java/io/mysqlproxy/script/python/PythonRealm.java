package io.mysqlproxy.script.python;

import io.mysqlproxy.script.HostObject;
import io.mysqlproxy.script.RealmSettings;
import io.mysqlproxy.script.Script;
import io.mysqlproxy.script.ScriptContext;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptRealm;
import io.mysqlproxy.script.ScriptSource;
import io.mysqlproxy.script.python.host.Home;
import io.mysqlproxy.script.python.host.PyFailures;
import java.io.ByteArrayInputStream;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.python.core.CompileMode;
import org.python.core.CompilerFlags;
import org.python.core.Py;
import org.python.core.PyCode;
import org.python.core.PyException;

/** One interpreter with its lock, its process-wide store and its built-in {@code proxy}. */
final class PythonRealm implements ScriptRealm {
    private final Lock lock = new ReentrantLock();
    private final Interpreter interpreter;
    private final Home home = new Home(PythonEngine.NAME);

    PythonRealm(RealmSettings settings) {
        interpreter = new Interpreter(settings.basedir(), new TimeLimit(timeout(settings)));
        interpreter.enter();
        interpreter.builtins().__setitem__("proxy", home.root(settings.globals()));
        new HostModules(interpreter, home).add(settings);
    }

    /** {@code python.timeout-ms}: how long a body run or a hook may take; 0 for ever. */
    private static int timeout(RealmSettings settings) {
        String given = settings.properties().getOrDefault("python.timeout-ms", "0");
        try {
            return Math.max(0, Integer.parseInt(given.strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("python.timeout-ms is not a number of milliseconds: " + given, e);
        }
    }

    @Override
    public Lock lock() {
        return lock;
    }

    @Override
    public Script compile(ScriptSource source) throws ScriptException {
        interpreter.enter();
        try {
            String file = Interpreter.text(source.path().toString()).getString();
            // from a stream, since only then Python's rules for the encoding of a source file hold
            PyCode code = Py.compile_flags(
                    new ByteArrayInputStream(source.text()), file, CompileMode.exec, new CompilerFlags());
            return new PythonScript(source, code, interpreter);
        } catch (PyException | StackOverflowError e) {
            throw PyFailures.of(e);
        }
    }

    @Override
    public ScriptContext newContext(HostObject proxy) {
        interpreter.enter();
        return new PythonContext(interpreter, new Home(home), proxy);
    }

    @Override
    public void close() {
        interpreter.close();
    }
}

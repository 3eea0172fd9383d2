package io.mysqlproxy.script.python;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.python.host.PyFailures;
import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyFile;
import org.python.core.PyList;
import org.python.core.PyModule;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyStringMap;
import org.python.core.PySystemState;
import org.python.core.ThreadState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Jython interpreter: its state, its module search path, its standard output. */
final class Interpreter {
    private static final Logger LOG = LoggerFactory.getLogger(Interpreter.class);
    private static final int BY_LINE = 1;
    private static final String JAR_LIBRARY = ".jar/Lib";
    private static final String LOADER_LIBRARY = "__pyclasspath__/Lib";

    private final PySystemState system;
    private final PyFile out;
    private final TimeLimit limit;
    private final Set<Path> scriptFolders = new HashSet<>();
    private final Map<PyObject, PyObject> scripts = new HashMap<>();

    /** @param limit for each run of a script's body and each call of a hook */
    Interpreter(Path basedir, TimeLimit limit) {
        this.limit = limit;
        system = newSystem();
        searchLibraryByClassLoader();
        searchEnvironment();
        system.path.append(text(basedir.resolve("lib/mysql-proxy/python").toString()));
        out = new PyFile(System.out, "<stdout>", "w", BY_LINE, false);
        out.encoding = ((PyFile) system.stdout).encoding;
        system.stdout = out;
        system.__stdout__ = out;
    }

    /**
     * The settings are Jython's, for the whole process, and count only the first time. Without the scan for Java packages and
     * without {@code site} a start takes half as long.
     */
    private static PySystemState newSystem() {
        Properties properties = new Properties();
        properties.setProperty("python.import.site", "false");
        properties.setProperty("python.cachedir.skip", "true");
        PySystemState.initialize(System.getProperties(), properties, new String[] {""});
        PySystemState system = new PySystemState();
        // Jython's own dict of built-ins is one for all interpreters of the process
        system.setBuiltins(((PyStringMap) system.getBuiltins()).copy());
        return system;
    }

    /**
     * Jython looks for its library in its own jar as if that were a folder, for which it reads the jar's whole directory at the
     * first import; the class loader has done so already.
     */
    private void searchLibraryByClassLoader() {
        for (int i = 0; i < system.path.__len__(); i++) {
            if (system.path.pyget(i).toString().endsWith(JAR_LIBRARY)) {
                system.path.set(i, new PyString(LOADER_LIBRARY));
            }
        }
    }

    /** An embedded Jython reads neither variable by itself. */
    private void searchEnvironment() {
        int at = 0;
        for (String variable : new String[] {"PYTHONPATH", "JYTHONPATH"}) {
            String folders = System.getenv().getOrDefault(variable, "");
            for (String folder : folders.split(File.pathSeparator)) {
                if (!folder.isEmpty()) {
                    system.path.insert(at++, text(folder));
                }
            }
        }
    }

    /** A text as Python 2 has it in a {@code str}: bytes of UTF-8. */
    static PyString text(String text) {
        return new PyString(Bytes.utf8(text).toLatin1());
    }

    /** Makes this interpreter the one that the calling thread works for. */
    ThreadState enter() {
        ThreadState thread = Py.getThreadState(system);
        if (thread.getSystemState() != system) {
            thread.setSystemState(system);
        }
        return thread;
    }

    /** For a call into a script; whoever takes one leaves it. */
    Entry entry() {
        return new Entry(enter(), limit);
    }

    /** Lets the imports of a script find what lies beside it, and then what lies in the working directory. */
    void searchBeside(Path script) {
        Path folder = script.toAbsolutePath().getParent();
        if (scriptFolders.add(folder)) {
            PyList path = system.path;
            path.append(text(folder.toString()));
            path.append(text(Path.of("").toAbsolutePath().toString()));
        }
    }

    /** {@code sys.modules}. */
    PyObject modules() {
        return system.modules;
    }

    /** The names that every module sees. */
    PyObject builtins() {
        return system.getBuiltins();
    }

    /**
     * Makes a script's module importable, but never in the place of another module, only of an earlier run of that script.
     *
     * @return what has been there before, or null
     */
    PyObject register(PyString name, PyModule module) {
        PyObject before = modules().__finditem__(name);
        if (before == null || before == scripts.get(name)) {
            scripts.put(name, module);
            modules().__setitem__(name, module);
        }
        return before;
    }

    /** Takes {@link #register} back, as an import does that has failed. */
    void unregister(PyString name, PyModule module, PyObject before) {
        if (scripts.get(name) != module) {
            return;
        }
        scripts.remove(name);
        modules().__delitem__(name);
        if (before != null) {
            scripts.put(name, before);
            modules().__setitem__(name, before);
        }
    }

    /** Runs what scripts registered with {@code atexit}. */
    void close() {
        enter();
        try {
            system.callExitFunc();
        } catch (PyException e) {
            LOG.warn("an exit function of a script failed: {}", PyFailures.of(e).getMessage());
        }
        out.flush();
        system.cleanup();
    }
}

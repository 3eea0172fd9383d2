package io.mysqlproxy.script.python;

import io.mysqlproxy.script.Hook;
import io.mysqlproxy.script.ScriptContext;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptInstance;
import io.mysqlproxy.script.python.host.PyFailures;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyInteger;
import org.python.core.PyModule;
import org.python.core.PyObject;
import org.python.core.ThreadState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one body run left: the hooks, kept as they were then, whatever the script does to its names later. */
final class PythonInstance implements ScriptInstance {
    private static final Logger LOG = LoggerFactory.getLogger(PythonInstance.class);

    private final Interpreter interpreter;
    private final Map<Hook, PyObject> hooks = new EnumMap<>(Hook.class);

    PythonInstance(Interpreter interpreter, PyModule module, String name) {
        this.interpreter = interpreter;
        callable(module, name, "init"); // looked at, never called
        for (Hook hook : Hook.values()) {
            PyObject function = callable(module, name, hook.scriptName());
            if (function != null) {
                hooks.put(hook, function);
            }
        }
    }

    private static PyObject callable(PyModule module, String name, String hook) {
        // not as an attribute: for one that is missing Jython would search the disk for a module of that name
        PyObject found = module.__dict__.__finditem__(hook);
        if (found != null && !found.isCallable()) {
            LOG.info("Load {}.{} failed: object {} is not callable!", name, hook, hook);
            return null;
        }
        return found;
    }

    Set<Hook> found() {
        return hooks.keySet();
    }

    @Override
    public boolean defines(Hook hook) {
        return hooks.containsKey(hook);
    }

    @Override
    public Integer call(Hook hook, ScriptContext context, Object... arguments) throws ScriptException {
        PyObject function = hooks.get(hook);
        if (function == null) {
            return null;
        }
        ThreadState thread = interpreter.enter();
        Entry entry = interpreter.entry();
        try {
            return decision(hook, invoke(thread, function, (PythonContext) context, arguments));
        } catch (PyException | StackOverflowError e) {
            throw PyFailures.of(e);
        } finally {
            entry.leave();
        }
    }

    private static PyObject invoke(ThreadState thread, PyObject function, PythonContext context, Object... arguments) {
        return switch (arguments.length) {
            case 0 -> function.__call__(thread, context.proxy());
            case 1 -> function.__call__(thread, context.proxy(), context.argument(arguments[0]));
            default -> throw new IllegalArgumentException(arguments.length + " arguments for a hook");
        };
    }

    private static Integer decision(Hook hook, PyObject result) throws ScriptException {
        if (result == Py.None) {
            return null;
        }
        if (result instanceof PyInteger number) {
            return number.getValue();
        }
        throw new ScriptException(PythonDialect.invalidReturn(hook), null, null);
    }
}

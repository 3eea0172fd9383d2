package io.mysqlproxy.script.python;

import io.mysqlproxy.script.HostObject;
import io.mysqlproxy.script.RealmSettings;
import io.mysqlproxy.script.python.host.Home;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyList;
import org.python.core.PyModule;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.imp;

/** Makes modules written in Java importable: {@code import mysql.proto} finds them among the modules already loaded. */
final class HostModules {
    private final Interpreter interpreter;
    private final Home home;

    HostModules(Interpreter interpreter, Home home) {
        this.interpreter = interpreter;
        this.home = home;
    }

    void add(RealmSettings settings) {
        settings.modules().forEach(this::add);
    }

    private void add(String name, HostObject content) {
        PyModule module = new PyModule(name);
        home.members(content).forEach(module.__dict__::__setitem__);
        register(name, module);
    }

    private void register(String name, PyModule module) {
        interpreter.modules().__setitem__(new PyString(name), module);
        int dot = name.lastIndexOf('.');
        if (dot >= 0) {
            parent(name.substring(0, dot)).__setattr__(name.substring(dot + 1).intern(), module);
        }
    }

    /** The package from the library folder, which may hold modules written in Python as well, or else an empty one. */
    private PyObject parent(String name) {
        try {
            imp.importName(name.intern(), false);
        } catch (PyException e) {
            if (!e.match(Py.ImportError)) {
                throw e;
            }
            PyModule empty = new PyModule(name);
            empty.__dict__.__setitem__("__path__", new PyList());
            register(name, empty);
        }
        return interpreter.modules().__finditem__(new PyString(name));
    }
}

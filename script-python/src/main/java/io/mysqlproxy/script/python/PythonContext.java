package io.mysqlproxy.script.python;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.HostObject;
import io.mysqlproxy.script.ScriptContext;
import io.mysqlproxy.script.ScriptRef;
import io.mysqlproxy.script.python.host.Home;
import io.mysqlproxy.script.python.host.PyHost;
import io.mysqlproxy.script.python.host.PyRef;
import io.mysqlproxy.script.python.host.PyValues;
import org.python.core.PyObject;

/** One client connection: its {@code proxy}, and through that its {@code proxy.response}, for as long as it lasts. */
final class PythonContext implements ScriptContext {
    private final Interpreter interpreter;
    private final Home home;
    private final PyHost proxy;

    PythonContext(Interpreter interpreter, Home home, HostObject proxy) {
        this.interpreter = interpreter;
        this.home = home;
        this.proxy = home.root(proxy);
    }

    /** The first argument of each hook, always the same object. */
    PyObject proxy() {
        return proxy;
    }

    /** Another argument of a hook. */
    PyObject argument(Object value) {
        return value instanceof Bytes bytes ? PyValues.string(bytes) : PyValues.of(value, home);
    }

    @Override
    public ScriptRef response() {
        interpreter.enter();
        return PyRef.to(home.bag("response"));
    }

    @Override
    public void clearResponse() {
        home.bag("response").clear();
    }
}

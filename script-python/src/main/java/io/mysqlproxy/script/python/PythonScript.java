package io.mysqlproxy.script.python;

import io.mysqlproxy.script.Hook;
import io.mysqlproxy.script.ScopeWarning;
import io.mysqlproxy.script.Script;
import io.mysqlproxy.script.ScriptContext;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptInstance;
import io.mysqlproxy.script.ScriptSource;
import io.mysqlproxy.script.python.host.PyFailures;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.python.antlr.base.mod;
import org.python.core.CompileMode;
import org.python.core.CompilerFlags;
import org.python.core.ParserFacade;
import org.python.core.Py;
import org.python.core.PyCode;
import org.python.core.PyException;
import org.python.core.PyModule;
import org.python.core.PyObject;
import org.python.core.PyString;

/** Code that each body run turns into a module. */
final class PythonScript implements Script {
    private static final Map<Hook, Pattern> WORDS = new EnumMap<>(Hook.class);

    static {
        for (Hook hook : Hook.values()) {
            WORDS.put(hook, Pattern.compile("\\b" + hook.scriptName() + "\\b"));
        }
    }

    private final ScriptSource source;
    private final PyCode code;
    private final Interpreter interpreter;
    private final PyString name;
    private final Set<Hook> named = EnumSet.noneOf(Hook.class);
    private volatile Set<Hook> found = Set.of();

    PythonScript(ScriptSource source, PyCode code, Interpreter interpreter) {
        this.source = source;
        this.code = code;
        this.interpreter = interpreter;
        name = Interpreter.text(moduleName(source.path()));
        // Jython's code objects do not tell their names and constants, so a word anywhere in the text must do
        String text = new String(source.text(), StandardCharsets.ISO_8859_1);
        WORDS.forEach((hook, word) -> {
            if (word.matcher(text).find()) {
                named.add(hook);
            }
        });
    }

    @Override
    public ScriptSource source() {
        return source;
    }

    @Override
    public boolean mayDefine(Hook hook) {
        return named.contains(hook) || found.contains(hook);
    }

    /** Only asked for under execution scope, so the text is parsed again rather than its tree kept. */
    @Override
    public List<ScopeWarning> warnings() {
        interpreter.enter();
        mod tree = ParserFacade.parse(
                new ByteArrayInputStream(source.text()),
                CompileMode.exec,
                source.path().toString(),
                new CompilerFlags());
        return StateFinder.find(tree);
    }

    @Override
    public ScriptInstance newInstance(ScriptContext context) throws ScriptException {
        Entry entry = interpreter.entry();
        interpreter.searchBeside(source.path());
        PyModule module = new PyModule(name.getString());
        module.__dict__.__setitem__("__file__", Interpreter.text(source.path().toString()));
        PyObject before = interpreter.register(name, module);
        try {
            Py.runCode(code, module.__dict__, module.__dict__);
        } catch (PyException | StackOverflowError e) {
            interpreter.unregister(name, module, before);
            throw PyFailures.of(e);
        } finally {
            entry.leave();
        }
        PythonInstance instance = new PythonInstance(interpreter, module, name.getString());
        found = instance.found();
        return instance;
    }

    /** The name of the file up to its first dot. */
    static String moduleName(Path path) {
        String file = path.getFileName().toString();
        int dot = file.indexOf('.');
        return dot < 0 ? file : file.substring(0, dot);
    }
}

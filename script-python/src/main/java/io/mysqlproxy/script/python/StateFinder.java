package io.mysqlproxy.script.python;

import io.mysqlproxy.script.ScopeWarning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.python.antlr.Visitor;
import org.python.antlr.ast.Assign;
import org.python.antlr.ast.Attribute;
import org.python.antlr.ast.AugAssign;
import org.python.antlr.ast.Call;
import org.python.antlr.ast.Dict;
import org.python.antlr.ast.FunctionDef;
import org.python.antlr.ast.Global;
import org.python.antlr.ast.Name;
import org.python.antlr.ast.Subscript;
import org.python.antlr.ast.expr_contextType;
import org.python.antlr.base.expr;
import org.python.antlr.base.mod;

/**
 * Finds variables of a module that one function sets, or changes the content of, and another one reads, or the same one before it
 * sets them: what is kept in them is lost where each hook runs the body anew (J-03).
 */
final class StateFinder extends Visitor {
    private static final Set<String> CONTAINERS =
            Set.of("dict", "list", "set", "defaultdict", "OrderedDict", "deque", "Counter");
    private static final Set<String> CHANGES = Set.of(
            "add",
            "append",
            "appendleft",
            "clear",
            "discard",
            "extend",
            "insert",
            "pop",
            "popitem",
            "popleft",
            "remove",
            "setdefault",
            "update");

    private final Map<String, Variable> variables = new TreeMap<>();
    private final Set<String> containers = new HashSet<>();
    private final List<Use> uses = new ArrayList<>();
    private final Set<String> globals = new HashSet<>();
    private final Set<String> locals = new HashSet<>();
    private int depth;
    private int functions;
    private int clock;

    private enum Kind {
        READ,
        WRITE,
        CHANGE
    }

    /** What a function does to a name, in the order of the text. */
    private record Use(String name, Kind kind, int line, int at) {}

    private static final class Variable {
        final Map<Integer, Integer> firstWrite = new HashMap<>();
        final Map<Integer, Integer> firstRead = new HashMap<>();
        final Set<Integer> lines = new TreeSet<>();
        boolean changed;

        boolean outlivesItsCall() {
            return changed
                    || firstWrite.entrySet().stream()
                            .anyMatch(write -> firstRead.entrySet().stream()
                                    .anyMatch(read -> !read.getKey().equals(write.getKey())
                                            || read.getValue() < write.getValue()));
        }
    }

    private StateFinder() {}

    static List<ScopeWarning> find(mod module) {
        StateFinder finder = new StateFinder();
        try {
            finder.visit(module);
        } catch (Exception e) { // the signature of the base class; nothing here throws
            throw new IllegalStateException(e);
        }
        List<ScopeWarning> warnings = new ArrayList<>();
        finder.variables.forEach((name, variable) -> {
            if (variable.outlivesItsCall()) {
                warnings.add(new ScopeWarning(name, List.copyOf(variable.lines)));
            }
        });
        return warnings;
    }

    @Override
    public Object visitFunctionDef(FunctionDef node) throws Exception {
        if (depth > 0) {
            locals.add(node.getInternalName());
        }
        depth++;
        traverse(node);
        depth--;
        if (depth == 0) {
            functions++;
            uses.forEach(this::resolve);
            uses.clear();
            globals.clear();
            locals.clear();
        }
        return null;
    }

    @Override
    public Object visitGlobal(Global node) {
        globals.addAll(node.getInternalNames());
        return null;
    }

    @Override
    public Object visitAssign(Assign node) throws Exception {
        if (depth == 0 && isContainer(node.getInternalValue())) {
            node.getInternalTargets().stream()
                    .filter(Name.class::isInstance)
                    .forEach(target -> containers.add(((Name) target).getInternalId()));
        }
        // the value comes before the name it is given to
        visit(node.getInternalValue());
        for (expr target : node.getInternalTargets()) {
            visit(target);
        }
        return null;
    }

    @Override
    public Object visitAugAssign(AugAssign node) throws Exception {
        if (node.getInternalTarget() instanceof Name name) {
            use(name.getInternalId(), Kind.READ, name.getLineno());
        }
        visit(node.getInternalValue());
        visit(node.getInternalTarget());
        return null;
    }

    @Override
    public Object visitName(Name node) {
        boolean read = node.getInternalCtx() == expr_contextType.Load;
        use(node.getInternalId(), read ? Kind.READ : Kind.WRITE, node.getLineno());
        return null;
    }

    @Override
    public Object visitSubscript(Subscript node) throws Exception {
        if (node.getInternalCtx() != expr_contextType.Load && node.getInternalValue() instanceof Name name) {
            use(name.getInternalId(), Kind.CHANGE, node.getLineno());
        }
        traverse(node);
        return null;
    }

    @Override
    public Object visitCall(Call node) throws Exception {
        if (node.getInternalFunc() instanceof Attribute method
                && method.getInternalValue() instanceof Name name
                && CHANGES.contains(method.getInternalAttr())) {
            use(name.getInternalId(), Kind.CHANGE, node.getLineno());
        }
        traverse(node);
        return null;
    }

    private static boolean isContainer(expr value) {
        return value instanceof Dict
                || value instanceof org.python.antlr.ast.List
                || value instanceof Call call
                        && call.getInternalFunc() instanceof Name name
                        && CONTAINERS.contains(name.getInternalId());
    }

    private void use(String name, Kind kind, int line) {
        if (depth > 0) {
            uses.add(new Use(name, kind, line, clock++));
            if (kind == Kind.WRITE) {
                locals.add(name);
            }
        }
    }

    /** Python's rule: a name that a function binds is its own unless it says {@code global}. */
    private void resolve(Use use) {
        if (locals.contains(use.name()) && !globals.contains(use.name())) {
            return;
        }
        Variable variable = variables.computeIfAbsent(use.name(), n -> new Variable());
        switch (use.kind()) {
            case READ -> variable.firstRead.putIfAbsent(functions, use.at());
            case WRITE -> {
                variable.firstWrite.putIfAbsent(functions, use.at());
                variable.lines.add(use.line());
            }
            case CHANGE -> {
                if (containers.contains(use.name())) {
                    variable.changed = true;
                    variable.lines.add(use.line());
                }
            }
        }
    }
}

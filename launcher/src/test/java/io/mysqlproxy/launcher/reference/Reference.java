package io.mysqlproxy.launcher.reference;

import io.mysqlproxy.core.script.model.ProxyModel;
import io.mysqlproxy.script.HostType;
import io.mysqlproxy.script.Kind;
import io.mysqlproxy.script.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The object model as tables, one for each type: what a member is in each language. */
final class Reference {
    private static final String LUA = "lua";
    private static final String PYTHON = "python";
    private static final String NOTHING = "–";

    private final StringBuilder text = new StringBuilder();

    private Reference() {}

    static String text() {
        Reference reference = new Reference();
        ProxyModel.types().forEach(reference::table);
        return reference.text.toString();
    }

    private void table(HostType<?> type) {
        text.append("\n### ").append(type.name()).append("\n\n");
        text.append(type.isOpen() ? "Scripts may add attributes.\n\n" : "");
        text.append("| member | Lua | Python |\n|---|---|---|\n");
        names(type).forEach((name, members) -> row("`" + name + "`", cell(members, LUA), cell(members, PYTHON)));
        operators(type);
        constants(type);
    }

    /** Operators of Python, such as {@code __contains__}, are no names. */
    private static Map<String, List<Member>> names(HostType<?> type) {
        return type.members().stream()
                .filter(member -> !(member instanceof Member.Constant))
                .filter(member -> !member.name().startsWith("__"))
                .collect(Collectors.groupingBy(Member::name, LinkedHashMap::new, Collectors.toList()));
    }

    private void row(String name, String lua, String python) {
        text.append("| ")
                .append(name)
                .append(" | ")
                .append(lua)
                .append(" | ")
                .append(python)
                .append(" |\n");
    }

    private static String cell(List<Member> members, String language) {
        Optional<Member> member =
                members.stream().filter(m -> m.visibleTo(language)).findFirst();
        return member.map(m -> describe(m, language)).orElse(NOTHING);
    }

    private static String describe(Member member, String language) {
        if (member instanceof Member.Property property) {
            return property(property, language);
        } else if (member instanceof Member.Method method) {
            return "`" + call(method, language) + "`";
        } else if (member instanceof Member.Store store) {
            return "store of the process, see " + store.content().name();
        }
        return language.equals(LUA) ? "table of the script" : "store of the script";
    }

    private static String property(Member.Property property, String language) {
        String access = Stream.of(property.getter() == null ? "" : "read", property.setter() == null ? "" : "assign")
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(", "));
        if (property.mask() != 0) {
            return access + (language.equals(LUA) ? ": true or false" : ": 0 or " + property.mask());
        }
        String kind = property.kind() == null ? "" : ": " + kind(property.kind(), language);
        return access + kind;
    }

    private static String kind(Kind kind, String language) {
        boolean lua = language.equals(LUA);
        return switch (kind) {
            case INTEGER -> lua ? "number" : "int";
            case INDEX -> lua ? "index from 1, 0 for none" : "index from 0, -1 for none";
            case BOOLEAN -> lua ? "boolean" : "bool or int";
            case BYTES -> lua ? "string" : "str";
            case RECORD -> lua ? "table" : "dict";
        };
    }

    private static String call(Member.Method method, String language) {
        boolean lua = language.equals(LUA);
        String parameters = method.parameters().stream()
                .map(p -> p.required() ? p.name() : "[" + p.name() + "]")
                .collect(Collectors.joining(", "));
        String options = method.options().stream()
                .map(o -> o.name() + (lua ? " = …" : "=…"))
                .collect(Collectors.joining(", "));
        String tail = options.isEmpty() ? "" : lua ? "[, { " + options + " }]" : "[, " + options + "]";
        return (lua ? ":" : ".") + method.name() + "(" + parameters + tail + ")";
    }

    private void operators(HostType<?> type) {
        if (type.size() != null) {
            row("length", "`#`", "`len()`");
        }
        if (type.at() != null) {
            row("items", "`[i]`, i from 1", "`[i]`, i from 0; iteration");
        }
        if (type.keyed() != null) {
            row("by name", "`[\"name\"]`", "`[\"name\"]`");
        }
        if (type.each() != null) {
            row("one after the other", "`for row in rows do`", "`for row in rows:`");
        }
    }

    private void constants(HostType<?> type) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (Member member : type.members()) {
            if (member instanceof Member.Constant constant) {
                String prefix = constant.name().replaceFirst("^(COM_|MYSQL_TYPE_|[A-Z]+_[A-Z]+_).*", "$1");
                groups.computeIfAbsent(prefix.endsWith("_") ? prefix : "others", p -> new ArrayList<>())
                        .add("`" + constant.name() + "` " + constant.value());
            }
        }
        if (!groups.isEmpty()) {
            text.append("\nConstants, the same in both languages:\n\n");
            groups.values()
                    .forEach(g -> text.append("* ").append(String.join(", ", g)).append("\n"));
        }
    }
}

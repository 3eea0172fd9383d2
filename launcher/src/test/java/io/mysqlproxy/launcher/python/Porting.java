package io.mysqlproxy.launcher.python;

import io.mysqlproxy.launcher.testing.TestProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code docs/porting.md} says, as cases and as scripts. */
final class Porting {
    private static final Pattern ROW = Pattern.compile("^\\| `(.*)` \\| `(.*)` \\| (.*) \\|$");
    private static final Pattern PAIR = Pattern.compile("```lua\n(.*?)```\\s*```python\n(.*?)```", Pattern.DOTALL);

    private static final String LUA = """
            local function show(v)
                if type(v) ~= "table" then
                    return tostring(v)
                end
                local out = {}
                for i = 1, #v do
                    out[i] = show(v[i])
                end
                return table.concat(out, ", ")
            end
            local function answer(n, inj)
                local ok, value = pcall(CASES[n], "\\3SELECT Name", inj)
                proxy.queries:reset()
                proxy.response = {
                    type = 0,
                    resultset = { fields = { { name = "v" } }, rows = { { ok and show(value) or "error: " .. value } } },
                }
                return proxy.PROXY_SEND_RESULT
            end
            function read_query(packet)
                if packet:byte() ~= proxy.COM_QUERY then
                    return
                end
                local n = tonumber(packet:sub(2))
                if not RESULT[n] then
                    return answer(n)
                end
                proxy.queries:append(n, "\\3rows", { resultset_is_needed = true })
                return proxy.PROXY_SEND_QUERY
            end
            function read_query_result(inj)
                return answer(inj.id, inj)
            end
            """;

    private static final String PYTHON = """
            import os, re, time
            def show(v):
                if v is None or isinstance(v, bool):
                    return {None: 'nil', True: 'true', False: 'false'}[v]
                if isinstance(v, (list, tuple)):
                    return ', '.join(map(show, v))
                return '%.14g' % v if isinstance(v, float) else str(v)
            def answer(proxy, n, inj=None):
                names = {'proxy': proxy, 'inj': inj, 'packet': '\\x03SELECT Name', 're': re, 'os': os, 'time': time}
                try:
                    exec CASES[n][0] in names
                    value = show(eval(CASES[n][1], names))
                except Exception as e:
                    value = '%s: %s' % (type(e).__name__, e)
                proxy.queries.reset()
                proxy.response = {'type': 0, 'resultset': {'fields': ['v'], 'rows': [[value]]}}
                return proxy.PROXY_SEND_RESULT
            def read_query(proxy, packet):
                if packet[0] != '\\3':
                    return
                n = int(packet[1:])
                if n not in RESULT:
                    return answer(proxy, n)
                proxy.queries.append(n, '\\3rows', True)
                return proxy.PROXY_SEND_QUERY
            def read_query_result(proxy, inj):
                return answer(proxy, inj.id, inj)
            """;

    /**
     * A row of a table.
     *
     * @param inResult whether it is about {@code read_query_result}
     */
    record Case(int number, String lua, String python, String luaGives, String pythonGives, boolean inResult) {
        @Override
        public String toString() {
            return lua + " = " + python;
        }
    }

    /** A whole script in both languages. */
    record Pair(String lua, String python) {}

    private Porting() {}

    private static String text() {
        try {
            return Files.readString(TestProxy.repository().resolve("docs/porting.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        boolean inResult = false;
        for (String line : text().lines().toList()) {
            if (line.startsWith("## ")) {
                inResult = line.contains("read_query_result");
            }
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                String[] gives = row.group(3).split("` / `", -1);
                cases.add(new Case(
                        cases.size() + 1,
                        row.group(1),
                        row.group(2),
                        gives[0].replace("`", ""),
                        gives[gives.length - 1].replace("`", ""),
                        inResult));
            }
        }
        return cases;
    }

    static List<Pair> pairs() {
        return PAIR.matcher(text())
                .results()
                .map(pair -> new Pair(pair.group(1), pair.group(2)))
                .toList();
    }

    /** All cases as one script; a query is the number of one. */
    static String luaScript() {
        StringBuilder script = new StringBuilder("CASES, RESULT = {}, {}\n");
        for (Case one : cases()) {
            String[] parts = parts(one.lua());
            script.append("CASES[%d] = function(packet, inj) %s\nreturn %s end\n"
                    .formatted(one.number(), parts[0], parts[1]));
            script.append("RESULT[%d] = %s\n".formatted(one.number(), one.inResult()));
        }
        return script + LUA;
    }

    static String pythonScript() {
        StringBuilder script = new StringBuilder("CASES, RESULT = {}, set()\n");
        for (Case one : cases()) {
            String[] parts = parts(one.python());
            // blanks, since a form may end in a quote
            script.append("CASES[%d] = (r'''%s ''', r'''%s ''')\n".formatted(one.number(), parts[0], parts[1]));
            script.append(one.inResult() ? "RESULT.add(%d)\n".formatted(one.number()) : "");
        }
        return script + PYTHON;
    }

    /** What goes before the value, and the value. */
    private static String[] parts(String form) {
        int last = form.lastIndexOf("; ");
        return last < 0 ? new String[] {"", form} : new String[] {form.substring(0, last), form.substring(last + 2)};
    }
}

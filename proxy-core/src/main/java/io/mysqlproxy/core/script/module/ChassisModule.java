package io.mysqlproxy.core.script.module;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.HostException;
import io.mysqlproxy.script.HostType;
import io.mysqlproxy.script.Kind;
import io.mysqlproxy.script.Member.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code chassis}: the process itself (script-libraries.md 5, python-api.md 4.5). The target is what ends the process. */
final class ChassisModule {
    private static final Logger LOG = LoggerFactory.getLogger(ChassisModule.class);

    private static final String OWN_STATISTICS = "chassis";
    private static final Parameter NAME = new Parameter("name", Kind.BYTES, false);

    static final HostType<Runnable> LUA = lua();
    static final HostType<Runnable> PYTHON = python();

    private ChassisModule() {}

    private static HostType<Runnable> lua() {
        List<Parameter> text = List.of(new Parameter("text", Kind.BYTES, false));
        HostType<Runnable> type = About.describe(
                HostType.<Runnable>named("chassis"), "LuaChassis 0.2", "log, statistics and shutdown of the process");
        type.call(
                "log",
                List.of(new Parameter("level", Kind.BYTES, false), text.get(0)),
                List.of(),
                (c, a) -> log(a[0] == null ? ScriptLevel.MESSAGE : luaLevel((Bytes) a[0]), a[1]));
        for (ScriptLevel level : ScriptLevel.values()) {
            if (level != ScriptLevel.ERROR) {
                type.call(level.word(), text, List.of(), (c, a) -> log(level, a[0]));
            }
        }
        List<Parameter> names = List.of(NAME, new Parameter("more", null, false));
        type.call("get_stats", names, List.of(), (c, a) -> oneStatistics((Bytes) a[0], a[1]));
        type.call("mem_profile", List.of(), List.of(), (c, a) -> {
            LOG.warn("memory profiling is not supported");
            return null;
        });
        return shutdown(type);
    }

    private static HostType<Runnable> python() {
        List<Parameter> text = List.of(new Parameter("message", Kind.BYTES, true));
        HostType<Runnable> type = HostType.named("chassis");
        type.call(
                "log",
                List.of(new Parameter("level", Kind.BYTES, true), text.get(0)),
                List.of(),
                (c, a) -> log(pythonLevel((Bytes) a[0]), withoutNul(a[1])));
        for (ScriptLevel level : ScriptLevel.values()) {
            type.call(level.word(), text, List.of(), (c, a) -> log(level, withoutNul(a[0])));
        }
        type.call("get_stats", List.of(NAME), List.of(), (c, a) -> statistics((Bytes) a[0]));
        type.call("mem_profile", List.of(), List.of(), (c, a) -> null);
        return shutdown(type);
    }

    private static HostType<Runnable> shutdown(HostType<Runnable> type) {
        return type.call("set_shutdown", List.of(), List.of(), (end, a) -> {
            LOG.info("Initiating shutdown, requested from a script");
            end.run();
            return null;
        });
    }

    private static ScriptLevel luaLevel(Bytes word) {
        return ScriptLevel.of(word.toLatin1())
                .orElseThrow(() -> new HostException("bad argument #1 to 'log' (invalid option '" + word + "')"));
    }

    private static ScriptLevel pythonLevel(Bytes word) {
        return ScriptLevel.of(word.toLatin1())
                .orElseThrow(() -> new HostException.Missing("dict has not key named " + word));
    }

    private static Object log(ScriptLevel level, Object text) {
        level.log(LOG, text == null ? "nil" : text.toString());
        return null;
    }

    /** Texts were C strings once. */
    private static Object withoutNul(Object text) {
        if (((Bytes) text).toLatin1().indexOf('\0') >= 0) {
            throw new HostException.BadArgument("must be string without null bytes, not str");
        }
        return text;
    }

    /** Statistics by plugin; none of ours keeps any. */
    private static Object statistics(Bytes name) {
        if (name == null) {
            return Map.of(OWN_STATISTICS, memory());
        }
        return name.toString().toLowerCase(Locale.ROOT).equals(OWN_STATISTICS) ? memory() : null;
    }

    private static Object oneStatistics(Bytes name, Object more) {
        if (more != null) {
            throw new HostException(
                    "bad argument #2 to 'get_stats' (currently only zero or one arguments are allowed)");
        }
        return statistics(name);
    }

    /** Scripts live in the heap of the JVM, which does not count allocations. */
    private static Map<String, Object> memory() {
        Runtime runtime = Runtime.getRuntime();
        Map<String, Object> memory = new LinkedHashMap<>();
        memory.put("lua_mem_alloc", 0);
        memory.put("lua_mem_free", 0);
        memory.put("lua_mem_bytes", runtime.totalMemory() - runtime.freeMemory());
        memory.put("lua_mem_bytes_max", runtime.totalMemory());
        return memory;
    }
}

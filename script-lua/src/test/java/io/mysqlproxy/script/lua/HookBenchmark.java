package io.mysqlproxy.script.lua;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.Hook;
import io.mysqlproxy.script.ScriptContext;
import io.mysqlproxy.script.ScriptInstance;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A typical {@code read_query} here and under LuaJ as published, on equal terms: both make the packet a Lua string and call
 * the function.
 *
 * <p>{@code mvn -pl script-lua test-compile}, then {@code org.openjdk.jmh.Main HookBenchmark} with the class path of the tests.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class HookBenchmark {
    static final String SCRIPT = """
            function read_query(packet)
              local command = packet:byte()
              if command ~= 3 then return 0 end
              local query = packet:sub(2)
              local word = query:match("^%s*(%a+)")
              local stats = { word = word, size = #query }
              if word:lower() == "select" and not query:find("FOR UPDATE", 1, true) then
                stats.kind = "read"
              end
              for name in query:gmatch("`(%w+)`") do stats[#stats + 1] = name end
              return stats.kind == "read" and #stats + 1 or 0
            end
            """;

    static final byte[] PACKET =
            "\003SELECT `id`, `name` FROM `users` WHERE id = 17 LIMIT 1".getBytes(StandardCharsets.US_ASCII);

    private static final Bytes BYTES = Bytes.of(PACKET, 0, PACKET.length);

    private ScriptContext context;
    private ScriptInstance instance;
    private ScriptInstance limited;
    private ScriptContext limitedContext;
    private ToIntFunction<byte[]> published;

    /** Loads the two engines. */
    @Setup
    public void load() throws Exception {
        LuaFixture lua = new LuaFixture();
        context = lua.newContext();
        instance = lua.compile(SCRIPT).newInstance(context);
        published = published();
        check(instance.call(Hook.READ_QUERY, context, BYTES), published.applyAsInt(PACKET));
        LuaFixture other = new LuaFixture(Map.of("lua.timeout-ms", "1000"));
        limitedContext = other.newContext();
        limited = other.compile(SCRIPT).newInstance(limitedContext);
    }

    private static void check(int found, int expected) {
        if (found != 4 || expected != 4) {
            throw new IllegalStateException(found + " and " + expected);
        }
    }

    /** In a class loader of its own: in this one LuaJ is not as published. */
    @SuppressWarnings("unchecked")
    private static ToIntFunction<byte[]> published() throws ReflectiveOperationException, IOException {
        URL own = HookBenchmark.class.getProtectionDomain().getCodeSource().getLocation();
        String engine = Class.forName("org.luaj.vm2.Lua")
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString();
        URLClassLoader loader =
                new URLClassLoader(new URL[] {own, new URL(engine)}, ClassLoader.getPlatformClassLoader());
        return (ToIntFunction<byte[]>) loader.loadClass("io.mysqlproxy.script.lua.PublishedHook")
                .getConstructor(String.class)
                .newInstance(SCRIPT);
    }

    /** This engine. */
    @Benchmark
    public int corrected() throws Exception {
        return instance.call(Hook.READ_QUERY, context, BYTES);
    }

    /** This engine with a time limit. */
    @Benchmark
    public int correctedWithLimit() throws Exception {
        return limited.call(Hook.READ_QUERY, limitedContext, BYTES);
    }

    /** LuaJ as published. */
    @Benchmark
    public int asPublished() {
        return published.applyAsInt(PACKET);
    }
}

package io.mysqlproxy.launcher.speed;

import io.mysqlproxy.script.ScriptScope;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What becomes of hooks when several event loops call them: each thread has a session of its own, all sessions have one script and
 * its lock. Run with {@code -t 1}, {@code -t 2} and {@code -t 4}.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LoopsBenchmark {
    private static final byte[] QUERY = Conversation.query("SELECT c FROM sbtest1 WHERE id=50123");
    private static final byte[] ANSWER = Conversation.result(1, 120);

    /** What the loops have in common. */
    @State(Scope.Benchmark)
    public static class Shared {
        /** Nothing, a hook that shares nothing, and one that counts in {@code proxy.global}. */
        @Param({"NONE", "LOOK", "GLOBAL"})
        public Script script;

        /** In which language. */
        @Param({"lua", "python"})
        public String language;

        private Proxying proxying;

        /** Loads the script. */
        @Setup
        public void begin() {
            proxying = script.in(language, language.equals("lua") ? ScriptScope.EXECUTION : ScriptScope.GLOBAL);
        }

        /** Lets go of it. */
        @TearDown
        public void end() {
            proxying.close();
        }
    }

    /** What a loop has of its own. */
    @State(Scope.Thread)
    public static class Own {
        private Conversation conversation;

        /** Logs in. */
        @Setup
        public void begin(Shared shared) {
            conversation = new Conversation(shared.proxying.plugin());
        }

        /** Logs off. */
        @TearDown
        public void end() {
            conversation.close();
        }
    }

    /** One exchange. */
    @Benchmark
    public long exchange(Own own) {
        return own.conversation.exchange(QUERY, ANSWER);
    }
}

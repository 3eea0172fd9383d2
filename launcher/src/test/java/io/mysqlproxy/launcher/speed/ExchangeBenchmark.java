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
 * A command and its answer through a session: forwarded as it is, or shown to a script of either language and any scope. With
 * {@code rows} other than 1 the difference to 1 is what rows cost; {@code -prof gc} shows what is allocated.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ExchangeBenchmark {
    private static final byte[] QUERY = Conversation.query("SELECT c FROM sbtest1 WHERE id=50123");

    /** What is run. */
    @Param
    public Script script;

    /** In which language. */
    @Param({"lua", "python"})
    public String language;

    /** How long its variables live. */
    @Param({"EXECUTION", "CONNECTION", "GLOBAL"})
    public ScriptScope scope;

    /** Of the answer, with a cell of 120 bytes each. */
    @Param({"1", "1000"})
    public int rows;

    private Proxying proxying;
    private Conversation conversation;
    private byte[] answer;

    /** Logs in. */
    @Setup
    public void begin() {
        proxying = script.in(language, scope);
        conversation = new Conversation(proxying.plugin());
        answer = Conversation.result(rows, 120);
    }

    /** Logs off. */
    @TearDown
    public void end() {
        conversation.close();
        proxying.close();
    }

    /** One exchange. */
    @Benchmark
    public long exchange() {
        return conversation.exchange(QUERY, answer);
    }
}

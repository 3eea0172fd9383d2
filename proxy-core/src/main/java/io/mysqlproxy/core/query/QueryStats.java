package io.mysqlproxy.core.query;

import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Command;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.packet.QueryAttributes;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often clients ask what, and how long answers take, by the normalised text. Any thread.
 *
 * <p>Looks at one in so many statements, chosen at random, so that the price can be as small as wished; of the others it costs a
 * random number. Holds a bounded number of texts: what comes later counts as one.
 */
public final class QueryStats {
    /** Looks at none. */
    public static final QueryStats OFF = new QueryStats(0);

    private static final int MOST_TEXTS = 1000;
    private static final int LONGEST_TEXT = 2048;
    private static final String OTHERS = "(others)";

    private final int oneIn;
    private final Map<String, Counts> counts = new ConcurrentHashMap<>();

    /** @param oneIn looks at one of this many statements; 0: at none */
    public QueryStats(int oneIn) {
        this.oneIn = oneIn;
    }

    /** What is known of one text; times in nanoseconds. */
    public record Line(String text, long count, long total, long longest) {}

    private static final class Counts {
        final LongAdder count = new LongAdder();
        final LongAdder total = new LongAdder();
        final LongAccumulator longest = new LongAccumulator(Math::max, 0);
    }

    /** One in how many statements is looked at; 0: none. */
    public int oneIn() {
        return oneIn;
    }

    /** For a new session. */
    public StatementTimer timer() {
        return oneIn == 0 ? StatementTimer.NONE : new Sampler();
    }

    /** What was seen, the longest total first. */
    public List<Line> lines() {
        return counts.entrySet().stream()
                .map(e -> new Line(
                        e.getKey(),
                        e.getValue().count.sum(),
                        e.getValue().total.sum(),
                        e.getValue().longest.get()))
                .sorted(Comparator.comparingLong(Line::total).reversed())
                .toList();
    }

    private void add(String text, long nanos) {
        String key = counts.size() < MOST_TEXTS || counts.containsKey(text) ? text : OTHERS;
        Counts line = counts.computeIfAbsent(key, k -> new Counts());
        line.count.increment();
        line.total.add(nanos);
        line.longest.accumulate(nanos);
    }

    /** Keeps the one statement it looks at. */
    private final class Sampler implements StatementTimer {
        private String text;
        private long start;

        @Override
        public void began(Packet command, Capabilities client) {
            if (oneIn > 1 && ThreadLocalRandom.current().nextInt(oneIn) != 0
                    || Command.of(command.first()) != Command.COM_QUERY) {
                return;
            }
            ByteBuf statement = statement(command, client);
            int length = Math.min(statement.readableBytes(), LONGEST_TEXT);
            text = StatementText.normalised(
                    statement.toString(statement.readerIndex(), length, StandardCharsets.UTF_8));
            start = System.nanoTime();
        }

        private static ByteBuf statement(Packet command, Capabilities client) {
            ByteBuf in = command.payload().slice().skipBytes(1);
            if (!client.has(Capabilities.QUERY_ATTRIBUTES)) {
                return in;
            }
            try {
                QueryAttributes.read(in);
            } catch (ProtocolException e) {
                in.clear(); // the server will say what is wrong with it
            }
            return in;
        }

        @Override
        public void ended() {
            if (text != null) {
                add(text, System.nanoTime() - start);
                text = null;
            }
        }
    }
}

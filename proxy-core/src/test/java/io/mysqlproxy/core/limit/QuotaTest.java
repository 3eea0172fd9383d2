package io.mysqlproxy.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class QuotaTest {
    private final Quota<String> quota = new Quota<>(2);

    @Test
    void asManyAsMayBeAreIn() {
        assertThat(quota.enter(1, "joe")).isTrue();
        assertThat(quota.enter(2, "joe")).isTrue();
        assertThat(quota.enter(3, "joe")).isFalse();
        assertThat(quota.enter(3, "ann")).isTrue();
        quota.leave(1);
        quota.leave(1);
        assertThat(quota.enter(4, "joe")).isTrue();
        assertThat(quota.enter(5, "joe")).isFalse();
    }

    @Test
    void whoBecomesSomebodyElseGivesTheOldPlaceUp() {
        quota.enter(1, "joe");
        quota.enter(2, "joe");
        assertThat(quota.enter(1, "joe")).as("is in already").isTrue();
        assertThat(quota.enter(1, "ann")).isTrue();
        assertThat(quota.enter(3, "joe")).isTrue();
        assertThat(quota.enter(1, "joe")).as("stays ann").isFalse();
        assertThat(quota.count("ann")).isEqualTo(1);
        quota.leave(1);
        assertThat(quota.count("ann")).isZero();
    }

    @Test
    void aRefusalLeavesNothingBehind() {
        quota.enter(1, "joe");
        quota.enter(2, "joe");
        assertThat(quota.enter(3, "joe")).isFalse();
        quota.leave(3);
        assertThat(quota.count("joe")).isEqualTo(2);
    }

    @Test
    void withoutALimitNobodyIsCounted() {
        Quota<String> none = new Quota<>(0);
        for (int i = 0; i < 10; i++) {
            assertThat(none.enter(i, "joe")).isTrue();
        }
        assertThat(none.count("joe")).isZero();
    }

    @Test
    void severalThreadsNeverExceedIt() throws Exception {
        AtomicInteger in = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Object holder = t;
            threads.add(new Thread(() -> {
                for (int i = 0; i < 10_000; i++) {
                    if (quota.enter(holder, "joe")) {
                        most.accumulateAndGet(in.incrementAndGet(), Math::max);
                        in.decrementAndGet();
                        quota.leave(holder);
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(most).hasValueBetween(1, 2);
        assertThat(quota.count("joe")).isZero();
    }
}

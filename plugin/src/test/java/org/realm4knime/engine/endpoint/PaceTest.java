package org.realm4knime.engine.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final VirtualTime time = new VirtualTime();

    private Duration now() {
        return Duration.ofNanos(time.nanos());
    }

    @Test
    void requestsAreSpreadOverTheMinute() throws InterruptedException {
        Pace pace = new Pace(30, 0, time);
        for (int i = 0; i < 31; i++) {
            pace.await(1000);
        }
        assertThat(now()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void tokensAreSpreadOverTheMinute() throws InterruptedException {
        Pace pace = new Pace(0, 6000, time);
        pace.await(3000);
        pace.await(1000);
        assertThat(now()).isEqualTo(Duration.ofSeconds(30));
        pace.settle(1000, 2000);
        pace.await(1);
        assertThat(now()).isEqualTo(Duration.ofSeconds(50));
    }

    @Test
    void withoutLimitsNobodyWaits() throws InterruptedException {
        Pace pace = new Pace(0, 0, time);
        for (int i = 0; i < 100; i++) {
            pace.await(1_000_000);
        }
        assertThat(time.waits()).isEmpty();
    }

    @Test
    void pausesDoubleUpToAMinuteAndDiffer() {
        BackOff backOff = new BackOff(new Random(1));
        for (int failures = 0; failures < 40; failures++) {
            Duration whole = Duration.ofSeconds(Math.min(60, 1L << Math.min(failures, 10)));
            assertThat(backOff.after(failures, null)).isBetween(whole.dividedBy(2), whole);
        }
        assertThat(IntStream.range(0, 20).mapToObj(i -> backOff.after(5, null)).distinct())
                .hasSizeGreaterThan(15);
    }
}

package org.realm4knime.headless.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LastRunTest {

    private static final Optional<Duration> MINUTE = Optional.of(Duration.ofMinutes(1));
    private static final Duration SOME = Duration.ofSeconds(20);

    private final LastRun last = new LastRun(List.of(MINUTE, MINUTE, MINUTE));

    @Test
    void addsTheNodesBehindToWhatIsLeftOfTheRunningOne() {
        assertThat(last.whole()).contains(Duration.ofMinutes(3));
        assertThat(last.left(1, -1, SOME)).contains(Duration.ofSeconds(160));
        assertThat(last.left(2, 0.05, SOME)).contains(Duration.ofSeconds(100));
        assertThat(last.left(3, 0, SOME)).contains(Duration.ofSeconds(40));
    }

    @Test
    void goesByTheNodesOwnPaceOnceItShows() {
        assertThat(last.left(2, 0.1, SOME)).contains(Duration.ofSeconds(180 + 60));
        assertThat(last.left(3, 0.5, SOME)).contains(SOME);
        assertThat(last.left(3, 1, SOME)).contains(Duration.ZERO);
    }

    @Test
    void hasNothingLeftOfANodeThatTakesLongerThanBefore() {
        assertThat(last.left(3, -1, Duration.ofMinutes(2))).contains(Duration.ZERO);
    }

    @Test
    void saysNothingWhereANodeIsNotKnown() {
        LastRun partly = new LastRun(List.of(MINUTE, Optional.empty(), MINUTE));

        assertThat(partly.whole()).isEmpty();
        assertThat(partly.left(1, 0.5, SOME)).isEmpty();
        assertThat(partly.left(2, 0, SOME)).isEmpty();
        assertThat(partly.left(2, 0.5, SOME)).contains(Duration.ofSeconds(80));
    }
}

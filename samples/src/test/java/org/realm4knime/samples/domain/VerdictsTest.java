package org.realm4knime.samples.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictsTest {

    @Test
    void aWrongRouteIsWrongWhereItLeavesTheSolution() {
        assertThat(Verdicts.of(
                        List.of(
                                "crate 15; 9 + 15 = 24; pack 10; 24 + 10 = 34",
                                "crate 20; 9 + 20 = 29; pack 10; 29 + 10 = 39",
                                "crate 15; 9 + 15 = 25; pack 10; 25 + 10 = 35",
                                "pack 25; 9 + 25 = 34"),
                        "crate 15; 9 + 15 = 24; pack 10; 24 + 10 = 34"))
                .isEqualTo("verify right , wrong 1 , wrong 2 , right");
        // a route that only lacks the end is wrong at its last step
        assertThat(Verdicts.of(List.of("a; b = 1"), "a; b = 1; c = 2")).isEqualTo("verify wrong 2");
    }

    @Test
    void theAnswerFollowsTheLastEqualsSign() {
        assertThat(Verdicts.answer("a 3; 4 - 7 = -3")).isEqualTo(-3);
    }
}

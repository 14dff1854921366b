package org.realm4knime.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TaughtBeforeTest {

    /** Problems of which the first ones were taught; among these and among the others the first ones are right. */
    private static TaughtBefore looked(int taught, int rightOfTaught, int others, int rightOfOthers) {
        boolean[] known = new boolean[taught + others];
        boolean[] right = new boolean[taught + others];
        Arrays.fill(known, 0, taught, true);
        Arrays.fill(right, 0, rightOfTaught, true);
        Arrays.fill(right, taught, taught + rightOfOthers, true);
        return TaughtBefore.of(known, right);
    }

    @Test
    void saysNothingWhereNoneOrFewProblemsWereTaught() {
        assertThat(looked(9, 2, 191, 82).message()).isEmpty();
        assertThat(looked(0, 0, 40, 21).message()).isEmpty();
        assertThat(TaughtBefore.of(new boolean[0], new boolean[0]).message()).isEmpty();
    }

    @Test
    void tellsApartWhatIsKnownByHeart() {
        TaughtBefore looked = looked(30, 29, 30, 2);
        assertThat(looked.byHeart()).isTrue();
        assertThat(looked.message().orElseThrow())
                .startsWith("30 of the 60 held-out problems were taught")
                .contains("97 % of these rightly, and 7 % of the others.", "knows them by heart");
    }

    @Test
    void aDifferenceThatMayBeChanceIsNoKnowledgeByHeart() {
        TaughtBefore looked = looked(20, 15, 20, 11);
        assertThat(looked.byHeart()).isFalse();
        assertThat(looked.message().orElseThrow())
                .contains("75 % of these rightly, and 55 % of the others.")
                .doesNotContain("by heart");
    }

    @Test
    void whereAllWereTaughtThereIsNothingToCompareWith() {
        TaughtBefore looked = looked(20, 20, 0, 0);
        assertThat(looked.byHeart()).isFalse();
        assertThat(looked.message().orElseThrow()).startsWith("All held-out problems were taught");
    }
}

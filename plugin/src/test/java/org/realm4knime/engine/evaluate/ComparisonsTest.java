package org.realm4knime.engine.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.realm4knime.engine.Progress;

class ComparisonsTest {

    private static final NamedModel BASE = NamedModel.of("base", null);
    private static final NamedModel TRAINED = new NamedModel("trained", null, Set.of("base"));

    /** Expected values: min(1, 2 sum of C(n, i) / 2^n for i up to the smaller count), in Python's whole numbers. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 1",
        "1, 0, 1",
        "5, 5, 1",
        "2, 8, 0.109375",
        "10, 25, 0.016674",
        "0, 6, 0.03125",
        "40, 71, 0.004196"
    })
    void theTestIsExactAndTwoSided(int onlyA, int onlyB, double expected) {
        assertThat(McNemar.pValue(onlyA, onlyB)).isCloseTo(expected, within(5e-7));
        assertThat(McNemar.pValue(onlyB, onlyA)).isEqualTo(McNemar.pValue(onlyA, onlyB));
    }

    @Test
    void aModelThatTrainingHarmedIsNamedInASentence() {
        Comparison row = compare(TRAINED, answers(150, 10, 25, 115)).get(0);
        assertThat(row.counts()).isEqualTo(new Comparison.Counts(150, 10, 25, 115));
        assertThat(row.difference()).isCloseTo(-0.05, within(1e-12));
        assertThat(row.low()).isLessThan(row.difference());
        assertThat(row.high()).isBetween(row.difference(), 0.0);
        assertThat(row.harm()).isTrue();
        assertThat(row.note())
                .isEqualTo("'trained' is significantly worse than 'base', which it was trained from: without routes it"
                        + " answers 53.3 % of 300 problems of the split 'test' rightly, instead of 58.3 %"
                        + " (p = 0.017).");
    }

    @Test
    void neitherAGainNorChanceNorAStrangerIsHarm() {
        assertThat(compare(TRAINED, answers(150, 25, 10, 115)).get(0).note()).isNull();
        assertThat(compare(TRAINED, answers(150, 5, 9, 136)).get(0).note()).isNull();
        assertThat(compare(NamedModel.of("other", null), answers(150, 10, 25, 115))
                        .get(0)
                        .note())
                .isNull();
    }

    /** Right answers of the model and of the base. */
    private record Both(List<Boolean> model, List<Boolean> base) {}

    private static Both answers(int both, int onlyModel, int onlyBase, int neither) {
        List<Boolean> model = new ArrayList<>(Collections.nCopies(both + onlyModel, true));
        model.addAll(Collections.nCopies(onlyBase + neither, false));
        List<Boolean> base = new ArrayList<>(Collections.nCopies(both, true));
        base.addAll(Collections.nCopies(onlyModel, false));
        base.addAll(Collections.nCopies(onlyBase, true));
        base.addAll(Collections.nCopies(neither, false));
        return new Both(model, base);
    }

    private static List<Comparison> compare(NamedModel model, Both answers) {
        Comparisons comparisons = new Comparisons();
        comparisons.add("base", "test", Score.WITHOUT, answers.base());
        comparisons.add(model.name(), "test", Score.WITHOUT, answers.model());
        return Progress.unwatched(progress -> comparisons.rows(List.of(BASE, model), Score.WITHOUT, progress));
    }
}

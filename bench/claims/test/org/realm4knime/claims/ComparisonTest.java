package org.realm4knime.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.realm4knime.claims.Answers.Cell;
import org.realm4knime.engine.evaluate.PairedBootstrap.Difference;

/** Expected means are worked out by hand from the zeros and ones. */
class ComparisonTest {

    private static final Offset<Double> EXACT = within(1e-12);

    private final Answers answers = new Answers(new LinkedHashMap<>());
    private final Comparison comparison = new Comparison(answers);

    /** A problem each digit, a seed each text. */
    private void measured(String set, String domain, boolean withRoutes, String method, String... seeds) {
        Map<Integer, double[]> values = new TreeMap<>();
        for (int i = 0; i < seeds.length; i++) {
            values.put(i + 1, seeds[i].chars().mapToDouble(c -> c - '0').toArray());
        }
        answers.correct()
                .computeIfAbsent(new Cell(set, domain, withRoutes), cell -> new LinkedHashMap<>())
                .put(method, values);
    }

    @Test
    void domainsCountTheSameWhateverTheirSize() {
        measured("test", "a", false, "realm", "1111", "1100");
        measured("test", "b", false, "realm", "10", "00");
        assertThat(comparison
                        .accuracy("test", answers.domains(), "realm", false)
                        .mean())
                .isEqualTo(0.5, EXACT);
    }

    @Test
    void gainsArePairedAndOverThoseDomainsThatHaveBoth() {
        measured("test", "a", false, "realm", "1110", "1110");
        measured("test", "a", false, "grpo", "1100", "1100");
        measured("test", "b", false, "realm", "0000", "0000");
        Difference gain = comparison.gain("test", false, "realm", "grpo");
        assertThat(gain.mean()).isEqualTo(0.25, EXACT);
        assertThat(gain.low()).isBetween(0.0, 0.25);
        assertThat(gain.high()).isBetween(0.25, 1.0);
    }

    @Test
    void theAutonomyGapIsOverDomainsWithRoutes() {
        measured("test", "a", false, "realm", "1000");
        measured("test", "a", true, "realm", "1110");
        measured("test", "b", false, "realm", "1111");
        assertThat(comparison.autonomyGap("test", "realm").mean()).isEqualTo(0.5, EXACT);
    }

    @Test
    void whatIsLostAndKeptOnHarderProblems() {
        for (String domain : List.of("a", "b")) {
            measured("test", domain, false, "realm", "11110000");
            measured("harder", domain, false, "realm", "1100");
            measured("test", domain, false, "rft", "11111111");
            measured("harder", domain, false, "rft", "1000");
        }
        measured("test", "without harder", false, "realm", "0000");
        assertThat(comparison.loss("test", "harder", false, "realm").mean()).isEqualTo(0, EXACT);
        assertThat(comparison.kept("test", "harder", false, "rft").mean()).isEqualTo(0.25, EXACT);
        assertThat(comparison.lossSaved("test", "harder", false, "realm", "rft").mean())
                .isEqualTo(0.75, EXACT);
        assertThat(comparison.keptMore("test", "harder", false, "realm", "rft").mean())
                .isEqualTo(0.75, EXACT);
    }

    @Test
    void theBestBaselineWasMeasuredEverywhere() {
        measured("test", "a", false, "rft", "10");
        measured("test", "b", false, "rft", "10");
        measured("test", "a", false, "grpo", "11");
        assertThat(comparison.best("test", false, List.of("rft", "grpo"))).contains("rft");
        assertThat(comparison.best("test", true, List.of("rft", "grpo"))).isEmpty();
    }
}

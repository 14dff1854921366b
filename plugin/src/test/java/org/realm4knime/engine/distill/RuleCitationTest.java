package org.realm4knime.engine.distill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.realm4knime.engine.problem.Rule;

class RuleCitationTest {

    private static final Rule LATE = new Rule("R1", "Returns after 30 days are refused.", null);
    private static final Rule FEE = new Rule("R2", "Electronics pay a fee of 15 percent.", null);
    private static final Rule GOLD = new Rule("R3", "Gold members never pay fees.", null);
    private static final List<Rule> RULES = List.of(LATE, FEE, GOLD);

    @Test
    void citesByIdAsAWholeWord() {
        assertThat(RuleCitation.cited("By r1 there is no refund.", RULES)).containsExactly("R1");
        assertThat(RuleCitation.cited("Item R12 costs 5.", RULES)).isEmpty();
    }

    @Test
    void aRuleWithNumbersNeedsAllOfThemAndAContentWord() {
        assertThat(RuleCitation.cited("12 days ok; electronics 15%; 240 - 36 = 204", RULES))
                .containsExactly("R2");
        assertThat(RuleCitation.cited("electronics 10%; 240 - 24 = 216", RULES)).isEmpty();
        assertThat(RuleCitation.cited("15 + 3 = 18", RULES)).isEmpty();
    }

    @Test
    void aNumberInsideALongerNumberDoesNotCount() {
        assertThat(RuleCitation.cited("electronics 150", RULES)).isEmpty();
    }

    @Test
    void aRuleWithoutNumbersNeedsHalfOfItsContentWords() {
        assertThat(RuleCitation.cited("gold members pay the full price", RULES)).containsExactly("R3");
        assertThat(RuleCitation.cited("a gold watch", RULES)).isEmpty();
    }
}

package org.realm4knime.headless.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.realm4knime.headless.report.ScoreTable.Score;

class ScoreTableTest {

    @Test
    void alignsWordsLeftAndFiguresRight() {
        ScoreTable table = new ScoreTable(
                "scores",
                List.of(
                        new Score("base", "test", "without", "300", "152", 152 / 300.0, 0.4504, 0.5629),
                        new Score("after training", "test", "with", "300", "9", 0.03, 0.0159, 0.0559)));

        assertThat(table.toText())
                .isEqualTo(
                        """
                        model           split  routes   problems  correct  accuracy    95% interval
                        base            test   without       300      152     50.7%  45.0% to 56.3%
                        after training  test   with          300        9      3.0%    1.6% to 5.6%""");
    }

    @Test
    void showsADashForNoFigure() {
        Score score = new Score("m", "", "without", "0", "0", Double.NaN, Double.NaN, Double.NaN);

        assertThat(score.cells()).endsWith("-", "- to -");
        assertThat(score.along(200, score.accuracy())).isZero();
        assertThat(score.along(200, 0.25)).isEqualTo(50);
    }
}

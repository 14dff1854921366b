package org.realm4knime.engine.grpo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.realm4knime.engine.eaai.GuidedProblem;
import org.realm4knime.engine.problem.Problem;

class TrainingProblemsTest {

    private static List<GuidedProblem> problems(int count, int questions) {
        return IntStream.range(0, count)
                .mapToObj(i -> GuidedProblem.of(new Problem("p" + i, "question " + i % questions, "1", null, null)))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"300, 0.2, 60", "40, 0.2, 8", "39, 0.2, 0", "5000, 0.2, 100", "300, 0, 0", "300, 0.9, 100"})
    void holdsOutAShareButNoMoreThanAHundred(int count, double share, int expected) {
        TrainingProblems split = TrainingProblems.split(problems(count, count), share, 1);

        assertThat(split.heldOut()).hasSize(expected);
        assertThat(split.training()).hasSize(count - expected);
        assertThat(split.heldOut()).noneMatch(split.training()::contains);
        assertThat(TrainingProblems.split(problems(count, count), share, 1)).isEqualTo(split);
    }

    @Test
    void aQuestionIsNeverOnBothSides() {
        TrainingProblems split = TrainingProblems.split(problems(200, 50), 0.2, 3);

        assertThat(split.training())
                .extracting(item -> item.problem().question())
                .doesNotContainAnyElementsOf(split.heldOut().stream()
                        .map(item -> item.problem().question())
                        .toList());
        assertThat(split.training()).isNotEmpty();
    }

    @Test
    void oneQuestionAloneIsTrainedOn() {
        TrainingProblems split = TrainingProblems.split(problems(100, 1), 0.2, 3);
        assertThat(split.training()).hasSize(100);
        assertThat(split.heldOut()).isEmpty();
    }
}

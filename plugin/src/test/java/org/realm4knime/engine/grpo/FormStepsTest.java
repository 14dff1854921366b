package org.realm4knime.engine.grpo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.eaai.InductionSchedule;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.train.LogRow;
import org.realm4knime.engine.update.OptimizerSettings;
import org.realm4knime.engine.update.TinyModels;

/** A model that was never shown the form of answers. */
class FormStepsTest {

    private static final int STEPS = 15;

    @TempDir
    private Path folder;

    private List<LogRow> train(double anchorWeight) throws CanceledJobException {
        return train(anchorWeight, Progress.silent());
    }

    private List<LogRow> train(double anchorWeight, Progress progress) throws CanceledJobException {
        GrpoSettings settings = RlTrainings.settings(STEPS)
                .withTeaching(RlTrainings.TEACHING.withAnchorWeight(anchorWeight))
                .withOptimizer(OptimizerSettings.of(5e-3));
        try (LanguageModel model = TinyModels.small(folder, 1)) {
            return RlTrainings.train(model, InductionSchedule.constant(1, 0), settings, progress)
                    .log();
        }
    }

    private static double flawed(List<LogRow> log, int from, int to) {
        return log.subList(from, to).stream()
                .mapToDouble(row -> row.rollouts().flawedShare())
                .average()
                .orElseThrow();
    }

    @Test
    void theFormIsTaughtFirst() throws CanceledJobException {
        List<LogRow> taught = train(0.3);
        assertThat(flawed(taught, 0, 1)).isGreaterThan(0.7);
        assertThat(flawed(taught, 5, STEPS)).isLessThan(0.5);
        // a form step learns from right routes alone, of which the figures of the tries say nothing
        assertThat(taught.get(0).loss()).isNaN();
        assertThat(taught.get(0).gradientNorm()).isPositive();
        assertThat(taught.get(STEPS - 1).loss()).isNotNaN();
    }

    /** With a large model a step takes minutes: the bar moves within it, never back, and says what is being done. */
    @Test
    void progressMovesWithinAStep() throws CanceledJobException {
        RlTrainings.Told told = new RlTrainings.Told();
        train(0.3, told);

        assertThat(told.fractions).isSorted();
        assertThat(told.messages)
                .contains("Step 1 of 15: teaching the form by right routes, update 1 of 10")
                .contains("Step 1 of 15: teaching the form by right routes, update 10 of 10");
        double last = (STEPS - 1.0) / STEPS;
        assertThat(told.fractions.stream().filter(f -> f > last + 0.6 / STEPS && f < 1))
                .as("the last step's update moves the bar too")
                .isNotEmpty();
    }

    @Test
    void withoutRightRoutesAsExamplesNothingTeachesIt() throws CanceledJobException {
        assertThat(flawed(train(0), 0, STEPS)).isGreaterThan(0.7);
    }
}

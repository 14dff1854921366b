package org.realm4knime.engine.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.generate.Generator;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.model.GoldenModel;
import org.realm4knime.engine.model.LanguageModel;

/** The log-probabilities that generation returns are those that training computes: fresh samples have a ratio of 1. */
class SampledLogProbsTest {

    private static final double TEMPERATURE = 0.8;
    private static final double TOLERANCE = 1e-4;

    static Stream<String> names() {
        return GoldenModel.names();
    }

    /**
     * Every token whose ratio is above 1 + tolerance is clipped when it has an advantage, one below when it has none.
     */
    @ParameterizedTest
    @MethodSource("names")
    void noTokenOfAFreshSampleIsClipped(String name) throws CanceledJobException {
        SamplingSettings settings = SamplingSettings.sample(40, TEMPERATURE, 3);
        PolicyLoss loss = new PolicyLoss(TEMPERATURE, TOLERANCE, TOLERANCE);
        try (LanguageModel model = LanguageModel.read(GoldenModel.directory(name));
                ModelUpdater updater = new ModelUpdater(model, OptimizerSettings.of(1e-3), 0)) {
            List<String> prompts = GoldenModel.of(name).prompts();
            List<List<Completion>> samples = new Generator(model, 5).generate(prompts, 3, settings, Progress.silent());

            for (double advantage : new double[] {1, -1}) {
                Updates.Done figures =
                        Updates.policy(updater, sequences(model, prompts, samples, advantage), loss, null, 0);

                assertThat(figures.figures().tokens()).isGreaterThan(100);
                assertThat(figures.figures().clipShare()).isZero();
            }
        }
    }

    private static List<TrainingSequence> sequences(
            LanguageModel model, List<String> prompts, List<List<Completion>> samples, double advantage) {
        List<TrainingSequence> sequences = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            int[] prompt = model.tokenizer().encode(prompts.get(i));
            for (Completion sample : samples.get(i)) {
                sequences.add(TrainingSequence.sampled(prompt, sample.drawn(0), 1e-2, advantage, sample.logProbs()));
            }
        }
        return sequences;
    }
}

package org.realm4knime.engine.grpo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.answer.AnswerType;
import org.realm4knime.engine.distill.DistillationResult;
import org.realm4knime.engine.distill.DistillationSettings;
import org.realm4knime.engine.distill.GuidedDistillation;
import org.realm4knime.engine.eaai.GuidedProblem;
import org.realm4knime.engine.eaai.InductionSchedule;
import org.realm4knime.engine.generate.LocalGenerator;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.LoraSettings;
import org.realm4knime.engine.model.LoraTarget;
import org.realm4knime.engine.mrpv.Positives;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.Rule;
import org.realm4knime.engine.supervised.ExampleKind;
import org.realm4knime.engine.supervised.SupervisedExample;
import org.realm4knime.engine.supervised.SupervisedSettings;
import org.realm4knime.engine.supervised.SupervisedTrainer;
import org.realm4knime.engine.train.Resumed;
import org.realm4knime.engine.train.Resumed.Outcome;
import org.realm4knime.engine.train.RunSettings;
import org.realm4knime.engine.train.TrainingResult;
import org.realm4knime.engine.train.WatchSettings;
import org.realm4knime.engine.update.LearningRateDecay;
import org.realm4knime.engine.update.OptimizerSettings;
import org.realm4knime.engine.update.TinyModels;

/**
 * Every kind of training, killed at random moments: it ends with the weights, log and warnings of an undisturbed one.
 */
class ResumeTest {

    private static final OptimizerSettings OPTIMIZER =
            new OptimizerSettings(1e-2, 0.01, 0.9, 0.95, 1e-8, 1, 3, LearningRateDecay.LINEAR, 0.1);
    private static final LoraSettings LORA =
            new LoraSettings(4, 8, 0.2, EnumSet.of(LoraTarget.Q_PROJ, LoraTarget.DOWN_PROJ), false);
    private static final int KILLS = 5;

    @TempDir
    private static Path tokenizerFolder;

    private static LanguageModel beginner;

    @TempDir
    private Path folder;

    @BeforeAll
    static void teachTheBeginner() throws CanceledJobException {
        beginner = SumProblems.beginner(tokenizerFolder);
    }

    @AfterAll
    static void closeTheBeginner() {
        beginner.close();
    }

    private static Outcome outcome(LanguageModel model, TrainingResult result) {
        List<float[]> weights = new ArrayList<>(TinyModels.weights(model));
        model.adapter().ifPresent(adapter -> adapter.tensors().forEach(tensor -> weights.add(tensor.toFloatArray())));
        return new Outcome(weights, result);
    }

    private static List<SupervisedExample> sums() {
        List<SupervisedExample> sums = new ArrayList<>();
        for (int a = 0; a <= 4; a++) {
            for (int b = 0; b <= 4; b++) {
                sums.add(SupervisedExample.of(a + " + " + b + " :", "= " + (a + b)));
            }
        }
        return sums;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void supervisedTraining(boolean lora) throws Exception {
        Resumed.endsAsIfNeverKilled(folder, KILLS, new Random(11), (checkpoints, progress) -> {
            SupervisedSettings settings = new SupervisedSettings(
                    RunSettings.of(9, 5).withCheckpoints(checkpoints, 2), 8, 4, OPTIMIZER, lora ? LORA : null, 0.25, 0);
            try (LanguageModel model = TinyModels.micro(folder.resolve("model"), 1)) {
                return outcome(model, SupervisedTrainer.train(model, sums(), sums().subList(0, 3), settings, progress));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void reinforcementThatIsWatched(boolean lora) throws Exception {
        GrpoSettings settings = RlTrainings.teaching(6, 8)
                .withLora(lora ? LORA : null)
                .withWatch(new WatchSettings(2, 0.2, 2, 0, true))
                .withGuidance(GuidanceSettings.DEFAULT.withNeed(GuidanceNeed.UNSOLVED))
                .withLoss(LossSettings.DEFAULT.withKlCoefficient(0.02));
        Resumed.endsAsIfNeverKilled(folder, KILLS, new Random(12), (checkpoints, progress) -> {
            try (LanguageModel model = beginner.copy()) {
                return outcome(
                        model,
                        RlTrainings.train(
                                model,
                                InductionSchedule.adaptive(1, 0.9, 0.3, 0.25, 2),
                                settings.withRun(settings.run().withCheckpoints(checkpoints, 2)),
                                progress));
            }
        });
    }

    @Test
    void guidedDistillation() throws Exception {
        List<GuidedProblem> problems = Stream.of(
                        new Problem("a", "1 + 2", "9", null, null), new Problem("b", "2 + 2", "9", null, null))
                .map(GuidedProblem::of)
                .toList();
        try (LanguageModel taught = TinyModels.small(folder.resolve("taught"), 3)) {
            SupervisedTrainer.train(
                    taught,
                    List.of(
                            SupervisedExample.of("rule 9 1 + 2 :", "rule 9 = 9"),
                            SupervisedExample.of("rule 9 2 + 2 :", "rule 9 = 9")),
                    List.of(),
                    SupervisedSettings.of(40, 4, OptimizerSettings.of(1e-2), 1),
                    Progress.silent());
            // four of five moments fall into the answers of the teacher, before any step
            Resumed.endsAsIfNeverKilled(folder, 4 * KILLS, new Random(13), (checkpoints, progress) -> {
                try (LanguageModel student = taught.copy()) {
                    return outcome(
                            student,
                            distil(student, problems, checkpoints, progress).training());
                }
            });
        }
    }

    private static DistillationResult distil(
            LanguageModel student, List<GuidedProblem> problems, Path checkpoints, Progress progress)
            throws CanceledJobException {
        SupervisedSettings training = new SupervisedSettings(
                RunSettings.of(8, 5).withCheckpoints(checkpoints, 2), 4, 0, OPTIMIZER, null, 0.25, 0);
        DistillationSettings settings = new DistillationSettings(
                2,
                SamplingSettings.sample(8, 1, 7),
                false,
                Positives.RIGHT_ANSWER,
                "",
                false,
                ExampleKind.ROUTE_ALONE,
                3,
                false,
                0.5,
                8,
                training);
        return GuidedDistillation.run(
                student,
                new LocalGenerator(student),
                problems,
                List.of(new Rule("rule", "rule 9", null)),
                sums(),
                AnswerChecker.of(AnswerType.NUMBER, 0),
                settings,
                progress);
    }
}

package org.realm4knime.bench;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.answer.AnswerType;
import org.realm4knime.engine.eaai.GuidedProblem;
import org.realm4knime.engine.eaai.InductionSchedule;
import org.realm4knime.engine.grpo.AdvantageKind;
import org.realm4knime.engine.grpo.GrpoSettings;
import org.realm4knime.engine.grpo.InternalisationSettings;
import org.realm4knime.engine.grpo.LossKind;
import org.realm4knime.engine.grpo.LossSettings;
import org.realm4knime.engine.grpo.RealmTrainer;
import org.realm4knime.engine.grpo.RewardSettings;
import org.realm4knime.engine.grpo.RolloutSettings;
import org.realm4knime.engine.grpo.TeachingSettings;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.train.RunSettings;
import org.realm4knime.engine.train.TrainingResult;
import org.realm4knime.engine.train.WatchSettings;

/** Whole steps of GRPO: rollout, reward, update. */
final class PolicyTraining {

    /** The last word of the completion is even: about half of all completions are right, in nearly every group some. */
    private static final String EVEN_AT_THE_END = ".*[02468]";

    /** So small that texts stay as long as they were, on both sides. */
    private static final double RATE = 1e-9;

    private PolicyTraining() {}

    /**
     * Times steps of plain GRPO without guidance and without a reference model.
     *
     * @param request {@code folder}, {@code prompts} a step, {@code group}: samples of each, {@code prompt} and
     *     {@code new} in tokens, {@code warmup} and {@code steps}
     * @return {@code seconds} of each step, mean {@code length} of completions, mean {@code reward}
     */
    static Object measure(JsonObject request) throws CanceledJobException {
        int warmUp = Models.integer(request, "warmup");
        int steps = warmUp + Models.integer(request, "steps");
        StepClock clock = new StepClock(step -> {});
        try (LanguageModel model = Models.read(request)) {
            Random random = new Random(1);
            List<GuidedProblem> problems = IntStream.range(0, 64)
                    .mapToObj(i -> Models.text(model, Models.integer(request, "prompt"), random))
                    .map(text -> GuidedProblem.of(new Problem(text, text, EVEN_AT_THE_END, null, null)))
                    .toList();
            TrainingResult result = RealmTrainer.train(
                    model,
                    problems,
                    List.of(),
                    InductionSchedule.constant(0, 0),
                    AnswerChecker.of(AnswerType.REGEX, 0),
                    List.of(),
                    settings(request, steps),
                    clock);
            return Map.of(
                    "seconds",
                    clock.secondsAfter(warmUp),
                    "length",
                    result.log().stream()
                            .mapToDouble(row -> row.completionLength())
                            .average()
                            .orElseThrow(),
                    "reward",
                    result.log().stream()
                            .mapToDouble(row -> row.rollouts().reward())
                            .average()
                            .orElseThrow());
        }
    }

    private static GrpoSettings settings(JsonObject request, int steps) {
        return GrpoSettings.DEFAULT
                .withRun(RunSettings.of(steps, 1))
                .withRollout(RolloutSettings.DEFAULT
                        .withGroups(Models.integer(request, "prompts"), Models.integer(request, "group"))
                        .withMaxNewTokens(Models.integer(request, "new")))
                .withReward(RewardSettings.DEFAULT.withWeights(1, 0, 0))
                .withLoss(LossSettings.DEFAULT
                        .withAdvantage(AdvantageKind.GRPO)
                        .withAverage(LossKind.TOKEN)
                        .withClip(0.2, 0.2))
                .withTeaching(TeachingSettings.DEFAULT.withInternalisation(
                        InternalisationSettings.DEFAULT.withWeight(0)))
                // looks at held-out problems are no part of a step, and TRL takes none
                .withWatch(WatchSettings.OFF)
                .withOptimizer(Training.optimizer(RATE));
    }
}

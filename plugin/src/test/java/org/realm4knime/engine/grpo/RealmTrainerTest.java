package org.realm4knime.engine.grpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.eaai.GuidedProblem;
import org.realm4knime.engine.eaai.InductionSchedule;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.LoraSettings;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.Rule;
import org.realm4knime.engine.train.LogRow;
import org.realm4knime.engine.train.LoggedCompletion;
import org.realm4knime.engine.train.TrainingResult;
import org.realm4knime.engine.update.OptimizerSettings;

class RealmTrainerTest {

    @TempDir
    private static Path tokenizerFolder;

    private static LanguageModel beginner;

    @BeforeAll
    static void teachTheBeginner() throws CanceledJobException {
        beginner = SumProblems.beginner(tokenizerFolder);
    }

    @AfterAll
    static void closeTheBeginner() {
        beginner.close();
    }

    @Test
    void learnsWithoutGuidance() throws CanceledJobException {
        try (LanguageModel model = beginner.copy()) {
            // whatever is asked, only this answer is right: the model says it one time in ten and must learn to prefer
            // it
            List<GuidedProblem> problems = SumProblems.all().stream()
                    .map(item -> new Problem(item.problem().id(), item.problem().question(), "7", null, null))
                    .map(GuidedProblem::of)
                    .toList();
            TrainingResult result = RealmTrainer.train(
                    model,
                    problems,
                    List.of(),
                    InductionSchedule.constant(0, 0),
                    RlTrainings.CHECKER,
                    List.of(),
                    RlTrainings.settings(30).withOptimizer(OptimizerSettings.of(2e-3)),
                    Progress.silent());

            assertThat(meanReward(result, 25, 30)).isGreaterThan(meanReward(result, 0, 5) + 0.3);
            assertThat(result.log()).allSatisfy(row -> {
                assertThat(row.help().routesShown()).isZero();
                assertThat(row.help().guidance()).as("there is nothing to show").isNaN();
                assertThat(row.rollouts().process()).isNaN();
                assertThat(row.rollouts().rightGuided()).isNaN();
                assertThat(row.policy().internalisationLoss()).isNaN();
                assertThat(row.policy().kl()).isNaN();
                assertThat(row.rollouts().rightUnguided())
                        .isEqualTo(row.rollouts().outcome());
                assertThat(row.policy().clipShare()).isZero();
            });
        }
    }

    @Test
    void guidesAndInternalises() throws CanceledJobException {
        try (LanguageModel model = beginner.copy()) {
            TrainingResult result = RlTrainings.train(
                    model, InductionSchedule.linear(1, 0.25), RlTrainings.settings(20), Progress.silent());

            LogRow first = result.log().get(0);
            assertThat(first.help().guidance()).isEqualTo(1);
            assertThat(first.help().routesShown()).isEqualTo(2);
            assertThat(first.rollouts().process()).isBetween(0.0, 1.0);
            assertThat(first.rollouts().rightUnguided()).isNaN();
            assertThat(first.policy().internalisationLoss()).isPositive();
            LogRow last = result.log().get(19);
            assertThat(last.help().guidance()).isZero();
            assertThat(last.help().routesShown()).isZero();
            assertThat(last.policy().internalisationLoss()).isNaN();
            // 6 prompts x 6 completions a step
            double generated = result.log().stream()
                    .mapToDouble(row -> 36 * row.completionLength())
                    .sum();
            assertThat(last.spent().samplesDrawn()).isEqualTo(20 * 36);
            assertThat(last.spent().tokensGenerated()).isEqualTo(Math.round(generated));
            assertThat(first.spent().tokensTrained()).isPositive();
            assertThat(result.log())
                    .extracting(row -> row.spent().tokensTrained())
                    .isSorted();
        }
    }

    @Test
    void showsNoMoreRoutesThanAsked() throws CanceledJobException {
        try (LanguageModel model = beginner.copy()) {
            TrainingResult result = RlTrainings.train(
                    model,
                    InductionSchedule.constant(1, 0),
                    RlTrainings.settings(1).withGuidance(GuidanceSettings.DEFAULT.withRoutesPerPrompt(1)),
                    Progress.silent());
            assertThat(result.log().get(0).help().routesShown()).isEqualTo(1);
        }
    }

    @Test
    void keepsASampleOfTheCompletions() throws CanceledJobException {
        try (LanguageModel model = beginner.copy()) {
            TrainingResult result = RlTrainings.train(
                    model,
                    InductionSchedule.constant(1, 0),
                    RlTrainings.settings(2).withReward(RewardSettings.DEFAULT.withWeights(1, 0.1, 0.2)),
                    Progress.silent());

            // the first group of each step
            assertThat(result.completions()).hasSize(12);
            assertThat(result.completions()).extracting(LoggedCompletion::step).containsOnly(1, 2);
            assertThat(result.completions()).allSatisfy(kept -> {
                assertThat(kept.routesShown()).isEqualTo(2);
                assertThat(kept.prompt()).contains("|");
                assertThat(kept.reward())
                        .isCloseTo(kept.outcome() + 0.1 * kept.process() + 0.2 * kept.format(), within(1e-12));
            });
            double sum = result.completions().stream()
                    .limit(6)
                    .mapToDouble(LoggedCompletion::advantage)
                    .sum();
            assertThat(sum).isCloseTo(0, within(1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void routesTeachWithoutBeingShown(boolean adapter) throws CanceledJobException {
        try (LanguageModel model = beginner.copy()) {
            TrainingResult result = RealmTrainer.train(
                    model,
                    SumProblems.all().subList(20, 26),
                    List.of(),
                    InductionSchedule.constant(0, 0),
                    RlTrainings.CHECKER,
                    List.of(),
                    RlTrainings.settings(12)
                            .withTeaching(RlTrainings.TEACHING.withRoutes(new RouteTeaching(1, 0.1, 0.1, 1)))
                            .withLora(adapter ? LoraSettings.of(8, 64) : null),
                    Progress.silent());
            assertThat(result.log()).allSatisfy(row -> {
                assertThat(row.help().routesShown()).isZero();
                assertThat(row.rollouts().externalRoutes()).isEqualTo(6);
            });
            assertThat(result.log().get(11).policy().contrastLoss())
                    .isLessThan(result.log().get(0).policy().contrastLoss() - 0.1);
        }
    }

    @Test
    void showsRulesWhileTheyFade() throws CanceledJobException {
        List<Rule> rules = List.of(new Rule("r", "rule 1", null), new Rule("other", "rule 2", "another domain"));
        GrpoSettings settings = RlTrainings.settings(2).withGuidance(GuidanceSettings.DEFAULT.withRulesShare(1));
        try (LanguageModel model = beginner.copy()) {
            TrainingResult result = RealmTrainer.train(
                    model,
                    SumProblems.all(),
                    List.of(),
                    InductionSchedule.constant(1, 0.5),
                    RlTrainings.CHECKER,
                    rules,
                    settings,
                    Progress.silent());

            assertThat(result.completions().get(0).prompt())
                    .startsWith("rule 1 ")
                    .doesNotContain("rule 2");
            assertThat(result.completions().get(6).prompt()).doesNotContain("rule");
            assertThat(result.log()).extracting(row -> row.help().rulesShown()).containsExactly(1.0, 0.0);
        }
    }

    private static double meanReward(TrainingResult result, int from, int to) {
        return result.log().subList(from, to).stream()
                .mapToDouble(row -> row.rollouts().reward())
                .average()
                .orElseThrow();
    }
}

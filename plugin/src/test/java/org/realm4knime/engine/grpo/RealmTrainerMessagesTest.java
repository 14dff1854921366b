package org.realm4knime.engine.grpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.eaai.GuidedProblem;
import org.realm4knime.engine.eaai.InductionSchedule;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.train.TrainingResult;
import org.realm4knime.engine.update.TinyModels;

/** What a training tells its user. */
class RealmTrainerMessagesTest {

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
    void saysHowFarItIs() throws CanceledJobException {
        RlTrainings.Told told = new RlTrainings.Told();
        try (LanguageModel model = beginner.copy()) {
            RlTrainings.train(model, InductionSchedule.constant(1, 0), RlTrainings.settings(3), told);
        }
        assertThat(told.fractions).isSorted().endsWith(1.0);
        assertThat(told.messages.get(told.messages.size() - 1))
                .matches("Step 3 of 3, loss -?[0-9.]+, reward [0-9.]+, guidance 1.00, entropy [0-9.]+, "
                        + "[0-9,]+ tokens/s, 0 s left");
    }

    @Test
    void warnsWhenNothingCanBeLearned() throws CanceledJobException {
        try (LanguageModel model = beginner.copy()) {
            // one token is never a whole answer
            TrainingResult result = RlTrainings.train(
                    model,
                    InductionSchedule.constant(0, 0),
                    RlTrainings.settings(3)
                            .withRollout(
                                    RolloutSettings.DEFAULT.withGroups(6, 6).withMaxNewTokens(1)),
                    Progress.silent());

            assertThat(String.join("\n", result.warnings()).toLowerCase(Locale.ROOT))
                    .contains("cut off", "could be read", "same reward, 0.00");
            assertThat(result.log()).allSatisfy(row -> {
                assertThat(row.rollouts().truncatedShare()).isEqualTo(1);
                assertThat(row.rollouts().zeroVarianceShare()).isEqualTo(1);
                assertThat(row.loss()).isNaN();
            });
            assertThat(TinyModels.weights(model)).usingRecursiveComparison().isEqualTo(TinyModels.weights(beginner));
        }
    }

    @Test
    void saysThatAnswersAfterVerdictsNeedMoreTokens() throws CanceledJobException {
        String verdicts = "tokens than the maximum of new tokens, 4, as they judge each route first.";
        Pattern advice = Pattern.compile("55 of 55 right answers .* Raise the maximum to (\\d+)\\.");

        List<String> warnings = warnings(4);

        assertThat(warnings).filteredOn(warning -> warning.contains(verdicts)).hasSize(1);
        Matcher found = advice.matcher(String.join("\n", warnings));
        assertThat(found.find()).isTrue();
        int enough = Integer.parseInt(found.group(1));
        assertThat(String.join("\n", warnings(enough - 1))).contains("judge each route first");
        assertThat(String.join("\n", warnings(enough))).doesNotContain("judge each route first");
    }

    private static List<String> warnings(int maxNewTokens) throws CanceledJobException {
        try (LanguageModel model = beginner.copy()) {
            return RlTrainings.train(
                            model,
                            InductionSchedule.constant(1, 0),
                            RlTrainings.settings(1)
                                    .withRollout(RolloutSettings.DEFAULT
                                            .withGroups(2, 2)
                                            .withMaxNewTokens(maxNewTokens)),
                            Progress.silent())
                    .warnings();
        }
    }

    @Test
    void namesAProblemWithoutAnswer() {
        GuidedProblem open = GuidedProblem.of(new Problem("p7", "1 + 1", "", null, null));
        assertThatThrownBy(() -> RealmTrainer.train(
                        beginner,
                        List.of(open),
                        List.of(),
                        InductionSchedule.constant(0, 0),
                        RlTrainings.CHECKER,
                        List.of(),
                        RlTrainings.settings(1),
                        Progress.silent()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("p7");
    }

    @Test
    void refusesProblemsThatCannotFit() {
        assertThatThrownBy(() -> RlTrainings.train(
                        beginner,
                        InductionSchedule.constant(0, 0),
                        RlTrainings.settings(1).withRollout(RolloutSettings.DEFAULT.withMaxNewTokens(100)),
                        Progress.silent()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("64 tokens");
    }
}

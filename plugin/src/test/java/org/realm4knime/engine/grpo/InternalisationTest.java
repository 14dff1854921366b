package org.realm4knime.engine.grpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.eaai.GuidedProblem;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.grpo.Internalisation.Lessons;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.mrpv.Positives;
import org.realm4knime.engine.mrpv.VerifiedRoute;
import org.realm4knime.engine.train.RunSettings;
import org.realm4knime.engine.train.Workers;
import org.realm4knime.engine.update.LocalWorker;
import org.realm4knime.engine.update.OptimizerSettings;
import org.realm4knime.engine.update.TinyModels;
import org.realm4knime.engine.update.TrainingSequence;

class InternalisationTest {

    private static final GuidedProblem ITEM = SumProblems.all().get(12); // 1 + 2
    private static final int EOS = 1;

    @TempDir
    private Path folder;

    private LanguageModel model;

    @BeforeEach
    void open() {
        model = TinyModels.micro(folder, 1);
    }

    @AfterEach
    void close() {
        model.close();
    }

    private Lessons lessons(TeachingSettings teaching, RolloutGroup... groups) throws CanceledJobException {
        return lessons(RlTrainings.CHECKER, teaching, groups);
    }

    private Lessons lessons(AnswerChecker checker, TeachingSettings teaching, RolloutGroup... groups)
            throws CanceledJobException {
        // the rates are the same, so that the weight alone counts
        GrpoSettings settings = GrpoSettings.DEFAULT
                .withTeaching(
                        teaching.withInternalisation(teaching.internalisation().withLearningRate(1e-4)))
                .withOptimizer(OptimizerSettings.of(1e-4))
                .withRun(RunSettings.of(1, 3))
                .withRollout(RolloutSettings.DEFAULT.withGroups(1, 16).withMaxNewTokens(8));
        PromptWriter writer = new PromptWriter(model, List.of(), settings.guidance());
        try (LocalWorker worker = Workers.of(model)) {
            Internalisation maker =
                    switch (teaching.internalisation().kind()) {
                        case SOLUTIONS -> new SolutionLessons(model.tokenizer(), writer, checker, settings);
                        case SELF_DISTILLATION -> new SelfDistillation(worker, model.tokenizer(), writer, settings, 56);
                        case RIGHT_TRIES -> new RightTryDistillation(writer, settings, 56);
                    };
            return maker.of(List.of(groups), 1, Progress.silent());
        }
    }

    private static Rollout ended(int... tokens) {
        return Rollout.Sampled.of(new int[] {3}, new Completion(tokens, new float[tokens.length + 1], "", false), EOS);
    }

    private static TrainingPrompt prompt(List<VerifiedRoute> shown, List<String> rules, String text, int... tokens) {
        return new TrainingPrompt(ITEM.problem(), shown, rules, text, tokens);
    }

    /** Of a completion whose verdicts are right, if it gives any. */
    private static Reward reward(double total, String solution) {
        return judged(total, 1, solution);
    }

    private static Reward judged(double total, double process, String solution) {
        return new Reward(total >= 1 ? 1 : 0, process, 1, total, solution, "");
    }

    private static RolloutGroup group(List<VerifiedRoute> shown, List<Rollout> completions, List<Reward> rewards) {
        TrainingPrompt prompt = prompt(shown, List.of(), "1 + 2 | = 3 | = 6 :", 3, 12, 4, 15, 13, 5, 15, 13, 8, 14);
        return RolloutGroup.of(prompt, completions, rewards, AdvantageKind.DR_GRPO);
    }

    @Test
    void rightSolutionsOfGuidedPromptsAreTaughtOnThePlainOne() throws CanceledJobException {
        List<Rollout> completions = List.of(ended(5), ended(6), ended(5), ended(5));
        List<Reward> rewards =
                List.of(reward(1.1, "= 3"), reward(0.1, "= 4"), reward(0, "= 3"), reward(1, "1 + 2 = 3"));
        RolloutGroup guided = group(ITEM.routes(), completions, rewards);
        RolloutGroup plain = group(List.of(), completions, rewards);

        Lessons lessons = lessons(
                TeachingSettings.DEFAULT.withInternalisation(InternalisationSettings.DEFAULT.withWeight(0.5)),
                guided,
                plain);

        assertThat(lessons.part().sequences())
                .extracting(TrainingSequence::completion)
                .containsExactly(new int[] {13, 5, EOS}, new int[] {3, 12, 4, 13, 5, EOS});
        assertThat(lessons.part().sequences()).allSatisfy(sequence -> {
            assertThat(sequence.prompt()).containsExactly(3, 12, 4, 14);
            // half of the mean over nine tokens, for two solutions among eight rollouts
            assertThat(sequence.terms().weight()).containsOnly((float) (0.5 / 9 * 2 / 8));
            assertThat(sequence.teacherPrompt()).isNull();
        });
        assertThat(lessons.tokenWeights()).isCloseTo(0.5 * 2 / 8, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify right solution = 3", "right ; = 3", "so it is wrong ; = 3", "solution = 3", " "})
    void noWordOfTheFormatIsEverTaught(String solution) throws CanceledJobException {
        RolloutGroup group =
                group(ITEM.routes(), List.of(ended(5), ended(6)), List.of(reward(1, solution), reward(0, "= 4")));
        assertThat(lessons(TeachingSettings.DEFAULT, group).part().sequences()).isEmpty();
    }

    @Test
    void onlySoundSolutionsAreTaughtWhereTheSettingsSaySo() throws CanceledJobException {
        RolloutGroup group = group(
                ITEM.routes(),
                List.of(ended(5), ended(5)),
                List.of(reward(1, "1 + 1 = 3 ; = 3"), reward(1, "1 + 2 = 3")));

        assertThat(lessons(TeachingSettings.DEFAULT.withTaught(Positives.RIGHT_ANSWER), group)
                        .part()
                        .sequences())
                .hasSize(2);
        assertThat(lessons(TeachingSettings.DEFAULT.withTaught(Positives.SOUND), group)
                        .part()
                        .sequences())
                .extracting(TrainingSequence::completion)
                .containsExactly(new int[] {3, 12, 4, 13, 5, EOS});
    }

    @Test
    void aRightLabelAfterAWrongVerdictMayBeAGuessAndIsNotTaught() throws CanceledJobException {
        RolloutGroup group = group(
                ITEM.routes(),
                List.of(ended(5), ended(5), ended(6)),
                List.of(judged(1, 0.5, "= 3"), judged(1, 1, "1 + 2 = 3"), judged(0, 1, "= 4")));

        AnswerChecker labels = AnswerChecker.ofLabels(List.of("3", "4"));
        assertThat(lessons(labels, TeachingSettings.DEFAULT, group).part().sequences())
                .extracting(TrainingSequence::completion)
                .containsExactly(new int[] {3, 12, 4, 13, 5, EOS});
        assertThat(lessons(TeachingSettings.DEFAULT, group).part().sequences())
                .as("a number is not guessed")
                .hasSize(2);
    }

    @Test
    void whatRulesTaughtIsTaughtToo() throws CanceledJobException {
        TrainingPrompt prompt = prompt(List.of(), List.of("rule 1"), "rule 1 1 + 2 :", 21, 3, 3, 12, 4, 14);
        RolloutGroup group = RolloutGroup.of(
                prompt,
                List.of(ended(5), ended(6)),
                List.of(reward(1, "= 3"), reward(0, "= 4")),
                AdvantageKind.DR_GRPO);

        Lessons lessons = lessons(TeachingSettings.DEFAULT, group);
        assertThat(lessons.part().sequences()).hasSize(1);
        assertThat(lessons.part().sequences().get(0).prompt()).containsExactly(3, 12, 4, 14);
    }

    @Test
    void aModelThatDistilsItselfLearnsItsOwnAnswers() throws CanceledJobException {
        RolloutGroup guided =
                group(ITEM.routes(), List.of(ended(5), ended(6)), List.of(reward(1, "= 3"), reward(0, "= 4")));
        TeachingSettings settings = TeachingSettings.DEFAULT.withInternalisation(
                InternalisationSettings.DEFAULT.withKind(InternalisationKind.SELF_DISTILLATION));

        Lessons lessons = lessons(settings, guided);

        // half a group of answers to the plain prompt, those that were cut off left out
        assertThat(lessons.part().sequences()).hasSizeBetween(1, 8).allSatisfy(sequence -> {
            assertThat(sequence.prompt()).containsExactly(3, 12, 4, 14);
            assertThat(sequence.completion()).endsWith(EOS).hasSizeLessThanOrEqualTo(8);
            // what the teacher reads: the prompt with the routes, then the right verdicts on them
            assertThat(sequence.teacherPrompt()).hasSizeGreaterThan(10);
            assertThat(sequence.terms().teacherShare()).containsOnly(1);
        });
        assertThat(lessons(
                                settings,
                                group(
                                        List.of(),
                                        List.of(ended(5), ended(6)),
                                        List.of(reward(1, "= 3"), reward(0, "= 4"))))
                        .part()
                        .sequences())
                .as("without help there is nothing to internalise")
                .isEmpty();
    }

    private static TeachingSettings fromRightTries() {
        return TeachingSettings.DEFAULT.withInternalisation(
                InternalisationSettings.DEFAULT.withKind(InternalisationKind.RIGHT_TRIES));
    }

    @Test
    void eachTryIsTaughtWithAnotherRightOneInView() throws CanceledJobException {
        Rollout cutOff = Rollout.Sampled.of(new int[] {3}, new Completion(new int[] {7}, new float[1], "", true), EOS);
        RolloutGroup plain = group(
                List.of(),
                List.of(ended(5), ended(6), cutOff),
                List.of(reward(1, "1 + 2 = 3"), reward(0, "= 4"), reward(0, "")));
        RolloutGroup unsolved =
                group(List.of(), List.of(ended(5), ended(6)), List.of(reward(0, "= 4"), reward(0, "= 6")));

        Lessons lessons = lessons(fromRightTries(), plain, unsolved);

        // the only right try has no other to learn from, and what was cut off is no text to learn
        assertThat(lessons.part().sequences()).hasSize(1);
        TrainingSequence sequence = lessons.part().sequences().get(0);
        assertThat(sequence.prompt()).containsExactly(3);
        assertThat(sequence.completion()).containsExactly(6, EOS);
        // "1 + 2 | 1 + 2 = 3 :" and then "verify right solution", as the model was taught to read a right route
        assertThat(sequence.teacherPrompt())
                .containsExactly(model.tokenizer()
                        .encode(model.prompt("1 + 2", List.of(), List.of("1 + 2 = 3")) + "verify right solution "));
        assertThat(sequence.terms().teacherShare()).containsOnly(1);
        // the mean over two tokens, in one of two groups
        assertThat(sequence.terms().weight()).containsOnly((float) (1.0 / 2 / 2));
    }

    @Test
    void rightTriesTeachNothingWhereHelpWasShown() throws CanceledJobException {
        RolloutGroup guided =
                group(ITEM.routes(), List.of(ended(5), ended(6)), List.of(reward(1, "1 + 2 = 3"), reward(0, "= 4")));
        assertThat(lessons(fromRightTries(), guided).part().sequences()).isEmpty();
    }

    @Test
    void aRightTryWithAWordOfTheFormatIsNotShown() throws CanceledJobException {
        RolloutGroup plain = group(
                List.of(),
                List.of(ended(5), ended(6)),
                List.of(reward(1, "verify right solution = 3"), reward(0, "= 4")));
        assertThat(lessons(fromRightTries(), plain).part().sequences()).isEmpty();
    }
}

package org.realm4knime.engine.train;

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
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.generate.Generator;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.mrpv.Positives;
import org.realm4knime.engine.mrpv.VerifiedRoute;

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

    private Lessons lessons(GrpoSettingsBuilder settings, RolloutGroup... groups) throws CanceledJobException {
        // the rates are the same, so that the weight alone counts
        GrpoSettings built = settings.internalisationLearningRate(1e-4)
                .optimizer(OptimizerSettings.of(1e-4))
                .maxNewTokens(8)
                .build();
        PromptWriter writer = new PromptWriter(model, List.of(), built);
        try (Internalisation internalisation = new Internalisation(model, writer, new Generator(model, 8), built, 24)) {
            return internalisation.lessons(List.of(groups), 1, Progress.silent());
        }
    }

    private static Completion ended(int... tokens) {
        return new Completion(tokens, new float[tokens.length + 1], "", false);
    }

    private static Reward reward(double total, String solution) {
        return new Reward(total >= 1 ? 1 : 0, Double.NaN, 1, total, solution, "");
    }

    private static RolloutGroup group(List<VerifiedRoute> shown, List<Completion> completions, List<Reward> rewards) {
        TrainingPrompt prompt = new TrainingPrompt(ITEM.problem(), shown, List.of(), "1 + 2 | = 3 | = 6 :");
        return RolloutGroup.of(prompt, completions, rewards, AdvantageKind.DR_GRPO);
    }

    @Test
    void rightSolutionsOfGuidedPromptsAreTaughtOnThePlainOne() throws CanceledJobException {
        List<Completion> completions = List.of(ended(5), ended(6), ended(5), ended(5));
        List<Reward> rewards =
                List.of(reward(1.1, "= 3"), reward(0.1, "= 4"), reward(0, "= 3"), reward(1, "1 + 2 = 3"));
        RolloutGroup guided = group(ITEM.routes(), completions, rewards);
        RolloutGroup plain = group(List.of(), completions, rewards);

        Lessons lessons = lessons(GrpoSettings.builder().internalisationWeight(0.5), guided, plain);

        assertThat(lessons.teacher()).isNull();
        assertThat(lessons.sequences())
                .extracting(TrainingSequence::completion)
                .containsExactly(new int[] {13, 5, EOS}, new int[] {3, 12, 4, 13, 5, EOS});
        assertThat(lessons.sequences()).allSatisfy(sequence -> {
            assertThat(sequence.prompt()).containsExactly(3, 12, 4, 14);
            // half of the mean over nine tokens, for two solutions among eight rollouts
            assertThat(sequence.scale()).isCloseTo(0.5 / 9 * 2 / 8, within(1e-12));
        });
        assertThat(lessons.scales()).isCloseTo(0.5 * 2 / 8, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify right solution = 3", "right ; = 3", "so it is wrong ; = 3", "solution = 3", " "})
    void noWordOfTheFormatIsEverTaught(String solution) throws CanceledJobException {
        RolloutGroup group =
                group(ITEM.routes(), List.of(ended(5), ended(6)), List.of(reward(1, solution), reward(0, "= 4")));
        assertThat(lessons(GrpoSettings.builder(), group).sequences()).isEmpty();
    }

    @Test
    void onlySoundSolutionsAreTaughtWhereTheSettingsSaySo() throws CanceledJobException {
        RolloutGroup group = group(
                ITEM.routes(),
                List.of(ended(5), ended(5)),
                List.of(reward(1, "1 + 1 = 3 ; = 3"), reward(1, "1 + 2 = 3")));

        assertThat(lessons(GrpoSettings.builder(), group).sequences()).hasSize(2);
        assertThat(lessons(GrpoSettings.builder().taught(Positives.SOUND), group)
                        .sequences())
                .extracting(TrainingSequence::completion)
                .containsExactly(new int[] {3, 12, 4, 13, 5, EOS});
    }

    @Test
    void whatRulesTaughtIsTaughtToo() throws CanceledJobException {
        TrainingPrompt prompt = new TrainingPrompt(ITEM.problem(), List.of(), List.of("rule 1"), "rule 1 1 + 2 :");
        RolloutGroup group = RolloutGroup.of(
                prompt,
                List.of(ended(5), ended(6)),
                List.of(reward(1, "= 3"), reward(0, "= 4")),
                AdvantageKind.DR_GRPO);

        Lessons lessons = lessons(GrpoSettings.builder(), group);
        assertThat(lessons.sequences()).hasSize(1);
        assertThat(lessons.sequences().get(0).prompt()).containsExactly(3, 12, 4, 14);
    }

    @Test
    void aModelThatDistilsItselfLearnsItsOwnAnswers() throws CanceledJobException {
        RolloutGroup guided =
                group(ITEM.routes(), List.of(ended(5), ended(6)), List.of(reward(1, "= 3"), reward(0, "= 4")));
        GrpoSettingsBuilder settings = GrpoSettings.builder()
                .internalisation(InternalisationKind.SELF_DISTILLATION)
                .groupSize(16)
                .seed(3);

        Lessons lessons = lessons(settings, guided);

        // half a group of answers to the plain prompt, those that were cut off left out
        assertThat(lessons.sequences()).hasSizeBetween(1, 8).allSatisfy(sequence -> {
            assertThat(sequence.prompt()).containsExactly(3, 12, 4, 14);
            assertThat(sequence.completion()).endsWith(EOS).hasSizeLessThanOrEqualTo(8);
            // what the teacher reads: the prompt with the routes, then the right verdicts on them
            assertThat(sequence.teacherPrompt()).hasSizeGreaterThan(10);
        });
        assertThat(lessons.teacher()).isNotNull();
        assertThat(lessons(
                        settings,
                        group(List.of(), List.of(ended(5), ended(6)), List.of(reward(1, "= 3"), reward(0, "= 4")))))
                .as("without help there is nothing to internalise")
                .isEqualTo(Lessons.NONE);
    }
}

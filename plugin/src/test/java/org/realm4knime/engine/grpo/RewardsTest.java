package org.realm4knime.engine.grpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.answer.AnswerType;
import org.realm4knime.engine.eaai.GuidedProblem;
import org.realm4knime.engine.model.PromptFormat;
import org.realm4knime.engine.mrpv.Positives;
import org.realm4knime.engine.mrpv.VerifiedRoute;

class RewardsTest {

    private static final GuidedProblem ITEM = SumProblems.all().get(12); // 1 + 2
    private static final VerifiedRoute RIGHT = ITEM.routes().get(0);
    private static final VerifiedRoute WRONG = ITEM.routes().get(1);

    private final Rewards rewards = new Rewards(
            PromptFormat.compact(),
            AnswerChecker.of(AnswerType.NUMBER, 0),
            RewardSettings.DEFAULT.withWeights(1, 0.4, 0.2));

    private static Rollout rollout(String text, boolean truncated) {
        return new Rollout.Sampled(new int[1], new int[1], new float[1], null, text, truncated);
    }

    private Reward judge(String text, boolean truncated, VerifiedRoute... shown) {
        TrainingPrompt prompt = new TrainingPrompt(ITEM.problem(), List.of(shown), List.of(), "", new int[1]);
        return rewards.judge(prompt, rollout(text, truncated));
    }

    @Test
    void countsOutcomeAndFormOfAPlainCompletion() {
        Reward right = judge("1 + 2 = 3", false);
        assertThat(right.outcome()).isEqualTo(1);
        assertThat(right.process()).isNaN();
        assertThat(right.total()).isCloseTo(1.2, within(1e-12));
        assertThat(right.solution()).isEqualTo("1 + 2 = 3");

        assertThat(judge("1 + 2 = 4", false).total()).isCloseTo(0.2, within(1e-12));
        assertThat(judge("no idea", false).total()).isZero();
    }

    @Test
    void aRightAnswerForAWrongReasonEarnsTheOutcomeOnlyWhereItMay() {
        String lucky = "1 + 1 = 4 ; 1 + 2 = 3";
        assertThat(judge(lucky, false).outcome()).isEqualTo(1);
        Rewards strict = new Rewards(
                PromptFormat.compact(),
                AnswerChecker.of(AnswerType.NUMBER, 0),
                RewardSettings.DEFAULT.withRewarded(Positives.SOUND));
        TrainingPrompt prompt = new TrainingPrompt(ITEM.problem(), List.of(), List.of(), "", new int[1]);
        assertThat(strict.judge(prompt, rollout(lucky, false)).outcome()).isZero();
        assertThat(strict.judge(prompt, rollout("1 + 2 = 3", false)).outcome()).isEqualTo(1);
    }

    @Test
    void givesNothingForACutOffCompletion() {
        Reward cut = judge("1 + 2 = 3", true);
        assertThat(cut.total()).isZero();
        assertThat(cut.flaw()).contains("cut off");
    }

    @Test
    void countsRightVerdicts() {
        Reward all = judge("verify wrong 1 , right solution = 3", false, WRONG, RIGHT);
        assertThat(all.process()).isEqualTo(1);
        assertThat(all.total()).isCloseTo(1 + 0.4 + 0.2, within(1e-12));
        assertThat(all.solution()).isEqualTo("= 3");

        assertThat(judge("verify right , right solution = 3", false, WRONG, RIGHT)
                        .process())
                .isEqualTo(0.5);
        assertThat(judge("= 3", false, WRONG, RIGHT).process()).isZero();
    }

    @Test
    void looksForTheAnswerInTheSolutionAlone() {
        // the verdict's step number is the right answer, the solution's is not
        Reward reward = judge("verify wrong 3 solution = 5", false, WRONG);
        assertThat(reward.outcome()).isZero();
        assertThat(judge("verify wrong 3", false, WRONG).format()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "verify wrong 1 , right solution verify right solution = 3",
                "verify wrong 1 , right solution = 3 solution = 3",
                "verify solution = 3",
                "verify wrong 1 , gold solution = 3",
                "verify wrong 1 , right = 3",
                "solution solution = 3",
                "= 3 ; = 3 ; = 3",
                "the answer is 3 ; and now for something else",
                "the answer is 3 ; the answer is 3",
                "the answer is 4 ; the answer is 3"
            })
    void ramblingEarnsNothing(String completion) {
        Reward reward = judge(completion, false, WRONG, RIGHT);
        assertThat(reward.outcome()).isZero();
        assertThat(reward.format()).isZero();
        assertThat(reward.flaw()).isNotEmpty();
    }

    @Test
    void verdictsThatNobodyAskedForAreAFlaw() {
        assertThat(judge("verify right solution = 3", false).total()).isZero();
    }

    @Test
    void verdictsEarnNothingBeforeTheirStage() {
        Rewards staged = new Rewards(
                PromptFormat.compact(),
                AnswerChecker.of(AnswerType.NUMBER, 0),
                RewardSettings.DEFAULT.withWeights(1, 0.4, 0.2).withProcessFrom(0.5));
        TrainingPrompt prompt = new TrainingPrompt(ITEM.problem(), List.of(WRONG), List.of(), "", new int[1]);
        Rollout judged = rollout("verify wrong 1 solution = 3", false);

        Reward early = staged.at(0.49).judge(prompt, judged);
        assertThat(early.total()).isCloseTo(1.2, within(1e-12));
        assertThat(early.process()).as("it is logged all the same").isEqualTo(1);
        assertThat(staged.at(0.5).judge(prompt, judged).total()).isCloseTo(1.6, within(1e-12));
    }

    @Test
    void theFirstStageNeedsARewardOfItsOwn() {
        assertThatThrownBy(() -> RewardSettings.DEFAULT.withWeights(0, 1, 0).withProcessFrom(0.5))
                .hasMessageContaining("outcome or format a weight above 0");
        assertThatThrownBy(() -> RewardSettings.DEFAULT.withProcessFrom(1))
                .hasMessageContaining("Start of the process reward");
    }
}

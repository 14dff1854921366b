package org.realm4knime.engine.grpo;

import java.util.Optional;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.model.PromptFormat;
import org.realm4knime.engine.mrpv.SolutionForm;
import org.realm4knime.engine.mrpv.Verification;

/** Judges completions: their answer, their verdicts on the routes shown, and their form. */
final class Rewards {

    private final PromptFormat format;
    private final AnswerChecker checker;
    private final RewardSettings settings;

    Rewards(PromptFormat format, AnswerChecker checker, RewardSettings settings) {
        this.format = format;
        this.checker = checker;
        this.settings = settings;
    }

    /**
     * What counts at a moment of the training.
     *
     * @param progress share of the training that is over, in [0, 1]
     */
    Rewards at(double progress) {
        return new Rewards(format, checker, settings.at(progress));
    }

    /**
     * Judges a completion. What is rewarded is a solution that states its answer once, at its end, and ends; a
     * completion that does not have the form it was asked for earns nothing at all. Where routes were shown, the
     * solution is what follows the verdicts.
     *
     * @param prompt what was asked
     * @param completion the answer
     * @return the reward and its parts
     */
    Reward judge(TrainingPrompt prompt, Rollout completion) {
        Verification.Parsed parsed = Verification.parse(format, completion.text());
        String flaw = flaw(prompt, completion, parsed);
        if (!flaw.isEmpty()) {
            return new Reward(0, prompt.guided() ? 0 : Double.NaN, 0, 0, parsed.solution(), flaw);
        }
        String solution = parsed.solution();
        double process = prompt.guided() ? parsed.agreement(prompt.shown()) : Double.NaN;
        Optional<String> answer = SolutionForm.answerAtEnd(checker, solution);
        double outcome =
                answer.filter(found -> checker.matches(found, prompt.problem().answer()))
                                .filter(found -> settings.rewarded().acceptsSteps(solution))
                                .isPresent()
                        ? 1
                        : 0;
        double form = answer.isPresent() ? 1 : 0;
        double total = settings.outcome() * outcome
                + settings.process() * (prompt.guided() ? process : 0)
                + settings.format() * form;
        String missing = answer.isPresent() ? "" : "It does not state one answer, at its end.";
        return new Reward(outcome, process, form, total, solution, missing);
    }

    private String flaw(TrainingPrompt prompt, Rollout completion, Verification.Parsed parsed) {
        if (completion.truncated()) {
            return "It was cut off before it ended.";
        }
        if (!prompt.guided() && !parsed.verdicts().isEmpty()) {
            return "It judges routes that it was not shown.";
        }
        return parsed.flaw();
    }
}

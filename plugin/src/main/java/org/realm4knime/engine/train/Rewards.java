package org.realm4knime.engine.train;

import java.util.Optional;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.model.PromptFormat;
import org.realm4knime.engine.mrpv.Positives;
import org.realm4knime.engine.mrpv.Verification;
import org.realm4knime.engine.problem.AnswerChecker;

/** Judges completions: their answer, their verdicts on the routes shown, and their form. */
final class Rewards {

    private final PromptFormat format;
    private final AnswerChecker checker;
    private final Positives rewarded;
    private final double outcomeWeight;
    private final double processWeight;
    private final double formatWeight;

    Rewards(PromptFormat format, AnswerChecker checker, GrpoSettings settings) {
        this.format = format;
        this.checker = checker;
        rewarded = settings.rewarded();
        outcomeWeight = settings.outcomeWeight();
        processWeight = settings.processWeight();
        formatWeight = settings.formatWeight();
    }

    /**
     * Judges a completion. Where routes were shown, the answer is looked for in the solution alone, after the verdicts.
     *
     * @param prompt what was asked
     * @param completion what the model wrote
     * @return the reward and its parts
     */
    Reward judge(TrainingPrompt prompt, Completion completion) {
        String solution = completion.text();
        double process = Double.NaN;
        if (prompt.guided()) {
            Verification.Parsed parsed = Verification.parse(format, completion.text());
            solution = parsed.solution();
            process = parsed.agreement(prompt.shown());
        }
        Optional<String> answer = checker.extract(solution, completion.truncated());
        String reasoning = solution;
        double outcome =
                answer.filter(found -> checker.matches(found, prompt.problem().answer()))
                                .filter(found -> rewarded.acceptsSteps(reasoning))
                                .isPresent()
                        ? 1
                        : 0;
        double form = answer.isPresent() && !completion.truncated() ? 1 : 0;
        double total = outcomeWeight * outcome + processWeight * (prompt.guided() ? process : 0) + formatWeight * form;
        return new Reward(outcome, process, form, total, solution);
    }
}

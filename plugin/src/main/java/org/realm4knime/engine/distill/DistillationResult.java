package org.realm4knime.engine.distill;

import java.util.List;
import org.realm4knime.engine.train.TrainingResult;

/**
 * Outcome of guided distillation.
 *
 * @param accepted rationales the student was trained on
 * @param drawn rationales the teacher wrote
 * @param wrongAnswer rationales dropped because their answer failed the check
 * @param wrongReason rationales dropped because one of their calculations is wrong
 * @param withoutRule rationales dropped because they cite no rule
 * @param flawed rationales dropped because they are no solution in the form that was asked for: one that states its
 *     answer once, at its end, without verdicts or mention of routes
 * @param unanswered rationales that were asked for and not written, as the teacher could not be reached or refused
 * @param learned for every rule what the student knew of it before and after
 * @param training log of the student's training, the teacher's samples counted in what was spent
 */
public record DistillationResult(
        List<Rationale> accepted,
        int drawn,
        int wrongAnswer,
        int wrongReason,
        int withoutRule,
        int flawed,
        int unanswered,
        List<LearnedRule> learned,
        TrainingResult training) {

    /** Rationales that the student was not trained on, but for repeated ones. */
    public int dropped() {
        return wrongAnswer + wrongReason + withoutRule + flawed;
    }
}

package org.realm4knime.engine.grpo;

import java.util.List;
import org.realm4knime.engine.mrpv.VerifiedRoute;
import org.realm4knime.engine.problem.Problem;

/**
 * What a group of completions was asked.
 *
 * @param problem the problem
 * @param shown the routes that the prompt shows, in its order
 * @param rules texts of the rules that it shows
 * @param text the whole prompt
 * @param tokens its tokens
 */
record TrainingPrompt(Problem problem, List<VerifiedRoute> shown, List<String> rules, String text, int[] tokens) {

    /** Whether the prompt shows routes. */
    boolean guided() {
        return !shown.isEmpty();
    }

    /** Whether the prompt shows anything that the model will have to do without: routes or rules. */
    boolean helped() {
        return guided() || !rules.isEmpty();
    }
}

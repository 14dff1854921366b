package org.realm4knime.engine.train;

import java.util.List;
import org.realm4knime.engine.mrpv.VerifiedRoute;
import org.realm4knime.engine.problem.Problem;

/**
 * What a group of completions was asked.
 *
 * @param problem the problem
 * @param shown the routes that the prompt shows, in its order
 * @param text the whole prompt
 */
record TrainingPrompt(Problem problem, List<VerifiedRoute> shown, String text) {

    boolean guided() {
        return !shown.isEmpty();
    }
}

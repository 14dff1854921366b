package org.realm4knime.engine.train;

import java.util.List;
import org.realm4knime.engine.model.TextTokenizer;
import org.realm4knime.engine.mrpv.VerifiedRoute;
import org.realm4knime.engine.problem.Problem;

/**
 * What a group of completions was asked.
 *
 * @param problem the problem
 * @param shown the routes that the prompt shows, in its order
 * @param rules texts of the rules that it shows
 * @param text the whole prompt
 */
record TrainingPrompt(Problem problem, List<VerifiedRoute> shown, List<String> rules, String text) {

    /** Length in tokens. */
    int tokens(TextTokenizer tokenizer) {
        return tokenizer.encode(text).length;
    }

    /** Whether the prompt shows routes. */
    boolean guided() {
        return !shown.isEmpty();
    }

    /** Whether the prompt shows anything that the model will have to do without: routes or rules. */
    boolean helped() {
        return guided() || !rules.isEmpty();
    }
}

package org.realm4knime.engine.grpo;

import java.util.Arrays;
import java.util.Optional;
import org.realm4knime.engine.model.TextTokenizer;
import org.realm4knime.engine.mrpv.Contrast;
import org.realm4knime.engine.mrpv.VerifiedRoute;
import org.realm4knime.engine.update.TrainingSequence;

/**
 * The step at which a right and a wrong route part, as continuations of the same tokens: the prompt and the right route
 * up to the first token that differs. A route that ends there goes on with the end of sequence.
 *
 * @param positive what the right route says there
 * @param negative what the wrong one says
 */
record StepPair(TrainingSequence positive, TrainingSequence negative) {

    /**
     * The pair of a contrast.
     *
     * @param prompt tokens of the prompt
     * @param contrast routes with their steps
     * @param tokenizer of the model
     * @param longest most tokens of the longer route up to the end of the step
     * @return empty if the routes say the same, one only goes on where the other breaks off within a step, or they are
     *     too long
     */
    static Optional<StepPair> of(int[] prompt, Contrast contrast, TextTokenizer tokenizer, int longest) {
        int step = contrast.divergesAt();
        if (step == 0) {
            return Optional.empty();
        }
        int[] right = upTo(step, contrast.positive(), contrast.positive(), tokenizer);
        int[] wrong = upTo(step, contrast.positive(), contrast.negative(), tokenizer);
        int same = Arrays.mismatch(right, wrong);
        if (same < 0
                || same == Math.min(right.length, wrong.length)
                || Math.max(right.length, wrong.length) > longest) {
            return Optional.empty();
        }
        int[] shared = Arrays.copyOf(prompt, prompt.length + same);
        System.arraycopy(right, 0, shared, prompt.length, same);
        return Optional.of(new StepPair(continued(shared, right, same), continued(shared, wrong, same)));
    }

    private static TrainingSequence continued(int[] shared, int[] route, int same) {
        return TrainingSequence.taught(shared, Arrays.copyOfRange(route, same, route.length), 1);
    }

    /** The beginning of one route, then the step of another; its end if it has no such step. */
    private static int[] upTo(int step, VerifiedRoute beginning, VerifiedRoute route, TextTokenizer tokenizer) {
        String text = beginning.route().text();
        int at = 0;
        int end = 0;
        for (int i = 0; i < step && i < beginning.steps().size(); i++) {
            String passed = beginning.steps().get(i).text();
            at = text.indexOf(passed, end);
            end = i + 1 < step ? at + passed.length() : end;
        }
        if (route.steps().size() < step) {
            int[] tokens = tokenizer.encode(text.substring(0, end));
            int[] ended = Arrays.copyOf(tokens, tokens.length + 1);
            ended[tokens.length] = tokenizer.eosId();
            return ended;
        }
        String before = beginning.steps().size() < step ? text + "\n" : text.substring(0, at);
        return tokenizer.encode(before + route.steps().get(step - 1).text());
    }
}

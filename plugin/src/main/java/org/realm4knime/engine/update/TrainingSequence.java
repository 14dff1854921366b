package org.realm4knime.engine.update;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is trained, whatever the algorithm: a prompt, which carries no loss, and a completion whose tokens each carry
 * their own terms. Plain numbers, so that a sequence can be sent to another machine.
 *
 * @param prompt tokens of the prompt, at least one
 * @param completion tokens of the completion, its end of sequence included if it has one; at least one
 * @param terms what each token of the completion carries into the loss
 * @param teacherPrompt tokens that a teacher reads before the same completion, whose distributions of its tokens are
 *     learned; null where no teacher's are
 */
public record TrainingSequence(int[] prompt, int[] completion, TokenTerms terms, int @Nullable [] teacherPrompt)
        implements Serializable {

    /** Checks the lengths. */
    public TrainingSequence {
        if (prompt.length == 0 || completion.length == 0 || terms.weight().length != completion.length) {
            throw new IllegalArgumentException("a prompt of %d tokens, a completion of %d and terms of %d"
                    .formatted(prompt.length, completion.length, terms.weight().length));
        }
    }

    /** A completion to learn as it is; every token has the weight. */
    public static TrainingSequence taught(int[] prompt, int[] completion, double weight) {
        return new TrainingSequence(prompt, completion, TokenTerms.taught(completion.length, weight), null);
    }

    /** A completion that the policy sampled, with as many log-probabilities as tokens. */
    public static TrainingSequence sampled(
            int[] prompt, int[] completion, double weight, double advantage, float[] logProbs) {
        return new TrainingSequence(prompt, completion, TokenTerms.sampled(weight, advantage, logProbs), null);
    }

    /** A completion of another source among those that the policy sampled. */
    public static TrainingSequence external(
            int[] prompt, int[] completion, double weight, double advantage, double shaping) {
        return new TrainingSequence(
                prompt, completion, TokenTerms.external(completion.length, weight, advantage, shaping), null);
    }

    /** The same with every token of another weight. */
    public TrainingSequence withWeight(double weight) {
        return new TrainingSequence(prompt, completion, terms.withWeight(weight), teacherPrompt);
    }

    /** The same, held near the reference model: every token's divergence from it has the weight, at least 0. */
    public TrainingSequence withDivergence(double weight) {
        return new TrainingSequence(prompt, completion, terms.withDivergence(weight), teacherPrompt);
    }

    /** The same with each token's advantage times a factor of its own, as many as there are tokens. */
    public TrainingSequence withAdvantageTimes(float[] factors) {
        return new TrainingSequence(prompt, completion, terms.withAdvantageTimes(factors), teacherPrompt);
    }

    /**
     * The same, with a teacher's distributions of the tokens.
     *
     * @param reads what the teacher reads before the completion
     * @param share share of its distributions in the cross-entropy, in (0, 1]
     */
    public TrainingSequence withTeacher(int[] reads, double share) {
        return new TrainingSequence(prompt, completion, terms.withTeacherShare(share), reads);
    }

    /** The same completion after the teacher's prompt. */
    TrainingSequence asTeacherReadsIt() {
        return new TrainingSequence(Objects.requireNonNull(teacherPrompt), completion, terms, null);
    }

    /** Tokens the model reads: the last one is only predicted. */
    public int inputLength() {
        return prompt.length + completion.length - 1;
    }
}

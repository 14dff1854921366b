package org.realm4knime.engine.train;

/**
 * A row of a training batch: a prompt, which carries no loss, and the completion to learn from.
 *
 * @param prompt tokens of the prompt, at least one
 * @param completion tokens of the completion, its end of sequence included if it has one; at least one
 * @param scale factor of each token's loss: its weight / what the step's loss is divided by
 * @param advantage advantage of the completion; 1 for supervised training
 * @param logProbs log-probabilities of the completion's tokens when they were sampled, as many as tokens; empty for
 *     supervised training and for an external route
 * @param shaping gamma of {@code loss.py} for an external route; 0 for what the policy sampled itself
 * @param teacherPrompt tokens that a teacher reads before the same completion, whose distributions of its tokens are learned; null
 *     where no teacher's are
 */
record TrainingSequence(
        int[] prompt,
        int[] completion,
        double scale,
        double advantage,
        float[] logProbs,
        double shaping,
        int[] teacherPrompt) {

    /** A completion that the policy sampled itself. */
    TrainingSequence(int[] prompt, int[] completion, double scale, double advantage, float[] logProbs) {
        this(prompt, completion, scale, advantage, logProbs, 0, null);
    }

    static TrainingSequence supervised(int[] prompt, int[] completion, double scale) {
        return taught(prompt, completion, scale, null);
    }

    /** An example of which a teacher's distributions are learned too, unless its prompt is null. */
    static TrainingSequence taught(int[] prompt, int[] completion, double scale, int[] teacherPrompt) {
        return new TrainingSequence(prompt, completion, scale, 1, new float[0], 0, teacherPrompt);
    }

    /** The same completion after the teacher's prompt. */
    TrainingSequence asTeacherReadsIt() {
        return supervised(teacherPrompt, completion, scale);
    }

    /** An external route as a further member of a group. */
    static TrainingSequence external(int[] prompt, int[] completion, double scale, double advantage, double shaping) {
        return new TrainingSequence(prompt, completion, scale, advantage, new float[0], shaping, null);
    }

    /** The same with another factor of the loss. */
    TrainingSequence scaled(double newScale) {
        return new TrainingSequence(prompt, completion, newScale, advantage, logProbs, shaping, teacherPrompt);
    }

    /** Tokens the model reads: the last one is only predicted. */
    int inputLength() {
        return prompt.length + completion.length - 1;
    }
}

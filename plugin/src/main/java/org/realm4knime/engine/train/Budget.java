package org.realm4knime.engine.train;

/**
 * What a training has spent, so that methods can be compared at the same cost.
 *
 * @param samplesDrawn completions that were sampled, at least 0
 * @param tokensGenerated tokens of these completions, their ends included
 * @param tokensTrained tokens that carried a loss, each counted as often as it was trained; prompts are read, not
 *     trained
 */
public record Budget(long samplesDrawn, long tokensGenerated, long tokensTrained) {

    /** Nothing spent. */
    public static final Budget NONE = new Budget(0, 0, 0);

    /** Checks the values. */
    public Budget {
        if (samplesDrawn < 0 || tokensGenerated < 0 || tokensTrained < 0) {
            throw new IllegalArgumentException("a budget of " + samplesDrawn + " samples, " + tokensGenerated
                    + " tokens generated and " + tokensTrained + " trained");
        }
    }

    /** Both together. */
    public Budget plus(Budget other) {
        return new Budget(
                samplesDrawn + other.samplesDrawn,
                tokensGenerated + other.tokensGenerated,
                tokensTrained + other.tokensTrained);
    }
}

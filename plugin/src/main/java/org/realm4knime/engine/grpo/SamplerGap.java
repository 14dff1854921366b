package org.realm4knime.engine.grpo;

import java.util.List;

/**
 * How far the log-probabilities that servers tell are from the policy's own.
 *
 * @param ratio mean over tokens of our probability / theirs; NaN if no server wrote any
 * @param mean mean distance of the log-probabilities, in nats
 * @param largest largest distance, in nats
 */
record SamplerGap(double ratio, double mean, double largest) {

    private static final SamplerGap NONE = new SamplerGap(Double.NaN, Double.NaN, Double.NaN);

    static SamplerGap of(List<Rollout.Sampled> completions) {
        double ratios = 0;
        double distances = 0;
        double largest = 0;
        long tokens = 0;
        for (Rollout.Sampled completion : completions) {
            float[] theirs = completion.samplerLogProbs();
            if (theirs != null) {
                for (int i = 0; i < theirs.length; i++) {
                    double difference = (double) completion.logProbs()[i] - theirs[i];
                    ratios += Math.exp(difference);
                    distances += Math.abs(difference);
                    largest = Math.max(largest, Math.abs(difference));
                    tokens++;
                }
            }
        }
        return tokens == 0 ? NONE : new SamplerGap(ratios / tokens, distances / tokens, largest);
    }
}

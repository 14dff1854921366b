package org.realm4knime.engine.update;

/**
 * Learning rates that are usual for a model, by its size and by what of it is trained. They are starting points. Those
 * for models of at most 20 million weights were chosen on this project's own domains (docs/experiments.md). The others
 * are what is published for models of such sizes, with ten times as much for an adapter, as in "LoRA Without Regret"
 * (Schulman et al., 2025), but at most 0.002.
 *
 * @param supervised for training on given texts
 * @param policy for reinforcement learning
 * @param internalisation for carrying over what help taught, beside reinforcement learning
 */
public record UsualRates(double supervised, double policy, double internalisation) {

    private static final long TINY = 20_000_000;
    private static final long SMALL = 1_000_000_000;
    private static final double OF_AN_ADAPTER = 10;
    private static final double LARGEST = 2e-3;

    /**
     * Rates for a model.
     *
     * @param weights number of the model's weights, all of them
     * @param untrained whether its weights are random still, which bears and needs larger steps
     * @param adapter whether a LoRA adapter is trained, and not the weights themselves
     */
    public static UsualRates of(long weights, boolean untrained, boolean adapter) {
        UsualRates whole = weights <= TINY
                ? new UsualRates(untrained ? 1e-3 : 5e-4, 2e-4, 1e-4)
                : weights <= SMALL
                        ? new UsualRates(untrained ? 5e-4 : 5e-5, 1e-5, 2e-5)
                        : new UsualRates(untrained ? 3e-4 : 2e-5, 2e-6, 4e-6);
        return adapter ? whole.times(OF_AN_ADAPTER) : whole;
    }

    private UsualRates times(double factor) {
        return new UsualRates(
                Math.min(LARGEST, factor * supervised),
                Math.min(LARGEST, factor * policy),
                Math.min(LARGEST, factor * internalisation));
    }

    /**
     * The rate that a setting asks for.
     *
     * @param setting the setting; 0 asks for the usual one
     * @param usual the usual one
     */
    public static double chosen(double setting, double usual) {
        return setting == 0 ? usual : setting;
    }
}

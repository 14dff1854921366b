package org.realm4knime.engine.grpo;

import org.realm4knime.engine.Settings;

/**
 * What the policy writes in a step.
 *
 * @param promptsPerStep groups of a step, at least 1
 * @param groupSize completions of a prompt, at least 2
 * @param maxNewTokens longest completion, in tokens
 * @param temperature sampling temperature, above 0
 * @param resampleZeroVariance whether groups whose completions all got the same reward are replaced by further prompts,
 *     up to as many again as promptsPerStep
 */
public record RolloutSettings(
        int promptsPerStep, int groupSize, int maxNewTokens, double temperature, boolean resampleZeroVariance) {

    /** Eight prompts of eight completions. */
    public static final RolloutSettings DEFAULT = new RolloutSettings(8, 8, 512, 1, false);

    /** Checks the values. */
    public RolloutSettings {
        Settings.requireAtLeast(1, promptsPerStep, "Prompts a step");
        Settings.requireAtLeast(2, groupSize, "Group size");
        Settings.requireAtLeast(1, maxNewTokens, "Maximum new tokens");
        Settings.requirePositive(temperature, "Temperature");
    }

    /** With so many prompts, and completions of each. */
    public RolloutSettings withGroups(int prompts, int size) {
        return new RolloutSettings(prompts, size, maxNewTokens, temperature, resampleZeroVariance);
    }

    /** With completions of at most so many tokens. */
    public RolloutSettings withMaxNewTokens(int tokens) {
        return new RolloutSettings(promptsPerStep, groupSize, tokens, temperature, resampleZeroVariance);
    }

    /** With another temperature. */
    public RolloutSettings withTemperature(double other) {
        return new RolloutSettings(promptsPerStep, groupSize, maxNewTokens, other, resampleZeroVariance);
    }

    /** With or without further prompts for groups without signal. */
    public RolloutSettings withResampling(boolean resamples) {
        return new RolloutSettings(promptsPerStep, groupSize, maxNewTokens, temperature, resamples);
    }

    /** Completions of a step. */
    int rollouts() {
        return promptsPerStep * groupSize;
    }
}

package org.realm4knime.engine.generate;

import java.io.Serializable;
import java.util.List;

/**
 * How the next token is drawn.
 *
 * @param maxNewTokens most tokens of a completion, the end token included; at least 1
 * @param temperature what logits are divided by; 0 always takes the most likely token
 * @param topK draws only among the k most likely tokens; 0 for all
 * @param topP draws only among the most likely tokens that together have this share of the probability; 1 for all
 * @param minP draws only among tokens at least this share as likely as the most likely one; 0 for all
 * @param seed of the random numbers: the same seed, prompts and settings give the same completions
 * @param stopStrings a completion ends when its text contains one of them, and is cut before it; none of them empty
 */
public record SamplingSettings(
        int maxNewTokens, double temperature, int topK, double topP, double minP, long seed, List<String> stopStrings)
        implements Serializable {

    public SamplingSettings {
        require(maxNewTokens >= 1, "maxNewTokens must be at least 1", maxNewTokens);
        require(temperature >= 0 && Double.isFinite(temperature), "temperature must be 0 or more", temperature);
        require(topK >= 0, "topK must be 0 (all) or more", topK);
        require(topP > 0 && topP <= 1, "topP must be above 0 and at most 1", topP);
        require(minP >= 0 && minP <= 1, "minP must be from 0 to 1", minP);
        stopStrings = List.copyOf(stopStrings);
        if (stopStrings.contains("")) {
            throw new IllegalArgumentException("A stop string must not be empty");
        }
    }

    /** Settings without stop strings. */
    public SamplingSettings(int maxNewTokens, double temperature, int topK, double topP, double minP, long seed) {
        this(maxNewTokens, temperature, topK, topP, minP, seed, List.of());
    }

    /** Always the most likely token. */
    public static SamplingSettings greedy(int maxNewTokens) {
        return new SamplingSettings(maxNewTokens, 0, 0, 1, 0, 0);
    }

    /** Draws from the whole distribution at a temperature. */
    public static SamplingSettings sample(int maxNewTokens, double temperature, long seed) {
        return new SamplingSettings(maxNewTokens, temperature, 0, 1, 0, seed);
    }

    /** Returns these settings with another seed. */
    public SamplingSettings withSeed(long newSeed) {
        return new SamplingSettings(maxNewTokens, temperature, topK, topP, minP, newSeed, stopStrings);
    }

    /** Returns these settings with strings that end a completion. */
    public SamplingSettings withStopStrings(List<String> newStopStrings) {
        return new SamplingSettings(maxNewTokens, temperature, topK, topP, minP, seed, newStopStrings);
    }

    private static void require(boolean holds, String rule, Number value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ": " + value);
        }
    }
}

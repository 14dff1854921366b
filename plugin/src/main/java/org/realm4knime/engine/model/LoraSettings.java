package org.realm4knime.engine.model;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.realm4knime.engine.EngineException;

/**
 * Settings of low-rank adaptation (LoRA, Hu et al. 2021): beside a weight W stands the product B A of two thin
 * matrices, and only these are trained. The adapted projection is {@code x W^T + scale * dropout(x) A^T B^T}.
 *
 * @param rank rows of A and columns of B, at least 1
 * @param alpha strength, above 0; see {@link #scale()}
 * @param dropout share of the adapter's inputs that training sets to 0, the rest being scaled up, in [0, 1).
 *     Projections that read the same input share one draw
 * @param targets the projections that are adapted, in every layer; at least one
 * @param rankStabilized whether the scale is alpha / sqrt(rank) (rsLoRA, Kalajdzievski 2023) instead of alpha / rank
 */
public record LoraSettings(int rank, double alpha, double dropout, Set<LoraTarget> targets, boolean rankStabilized)
        implements Serializable {

    /** Checks the values. */
    public LoraSettings {
        require(rank >= 1, "LoRA rank", rank, "a whole number of at least 1");
        require(alpha > 0 && Double.isFinite(alpha), "LoRA alpha", alpha, "a number above 0");
        require(dropout >= 0 && dropout < 1, "LoRA dropout", dropout, "a number from 0 to below 1");
        require(!targets.isEmpty(), "The set of LoRA targets", "empty", "at least one of " + names(allTargets()));
        targets = Collections.unmodifiableSet(EnumSet.copyOf(targets));
    }

    /** Adapters beside all projections, without dropout. */
    public static LoraSettings of(int rank, double alpha) {
        return new LoraSettings(rank, alpha, 0, allTargets(), false);
    }

    /** Factor of the product B A. */
    public double scale() {
        return rankStabilized ? alpha / Math.sqrt(rank) : alpha / rank;
    }

    /** Number of values of an adapter of these settings for a model of that shape. */
    public long parameterCount(DecoderConfig config) {
        return LoraLayout.of(config, this).parameters().stream()
                .mapToLong(Parameter::size)
                .sum();
    }

    /** Whether an adapter of these settings can be trained on with the others: equal but for the dropout. */
    public boolean continues(LoraSettings others) {
        return new LoraSettings(rank, alpha, others.dropout, targets, rankStabilized).equals(others);
    }

    private static Set<LoraTarget> allTargets() {
        return EnumSet.allOf(LoraTarget.class);
    }

    public static String names(Set<LoraTarget> targets) {
        return targets.stream().map(LoraTarget::moduleName).collect(Collectors.joining(", "));
    }

    private static void require(boolean holds, String setting, Object value, String expected) {
        if (!holds) {
            throw new EngineException("%s is %s. Give %s.".formatted(setting, value, expected));
        }
    }
}

package org.realm4knime.engine.mrpv;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.realm4knime.engine.arithmetic.Claim;

/**
 * A step of a route, judged.
 *
 * @param text the step as written
 * @param value V after the step: the smoothed share of positive routes among those that begin with the same steps, in
 *     (0, 1)
 * @param credit the change of V across the step, in (-1, 1)
 * @param claims the arithmetic statements in the step, recomputed
 */
public record StepVerdict(String text, double value, double credit, List<Claim> claims) {

    /** Copies the claims. */
    public StepVerdict {
        Objects.requireNonNull(text, "text");
        claims = List.copyOf(claims);
    }

    /**
     * The steps of a route.
     *
     * @param texts n steps as written
     * @param values n + 1 values, that before the first step in front
     * @param claims the statements in each step
     * @return a verdict a step
     */
    static List<StepVerdict> of(List<String> texts, double[] values, List<List<Claim>> claims) {
        return IntStream.range(0, texts.size())
                .mapToObj(i -> new StepVerdict(texts.get(i), values[i + 1], values[i + 1] - values[i], claims.get(i)))
                .toList();
    }

    /**
     * Whether every arithmetic statement of the step is right.
     *
     * @return true also for a step without statements
     */
    public boolean valid() {
        return claims.stream().allMatch(Claim::valid);
    }
}

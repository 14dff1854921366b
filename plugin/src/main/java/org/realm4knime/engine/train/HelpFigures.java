package org.realm4knime.engine.train;

/**
 * What help the prompts of a step showed.
 *
 * @param guidance guidance rate of the schedule, in [0, 1]; NaN if there are neither routes nor rules to show
 * @param routesShown mean number of routes shown to a prompt
 * @param rulesShown mean number of rules shown to a prompt
 * @param guidedShare share of prompts that showed routes
 */
public record HelpFigures(double guidance, double routesShown, double rulesShown, double guidedShare) {

    /** Of a step without prompts of its own. */
    public static final HelpFigures NONE = new HelpFigures(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
}

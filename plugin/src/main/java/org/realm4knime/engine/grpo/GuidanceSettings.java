package org.realm4knime.engine.grpo;

import java.util.Objects;
import org.realm4knime.engine.Settings;
import org.realm4knime.engine.eaai.GuidanceDraw;

/**
 * What help the prompts of a training show while it fades.
 *
 * @param routesPerPrompt most external routes that a prompt shows, at least 1
 * @param rulesShare share of prompts that carry the domain's rules while guidance is 1; it fades with the guidance. 0
 *     never shows rules
 * @param guidedShare largest share of a step's prompts that may show routes, in [0, 1]; the rest never does, so that
 *     the model is also trained without routes from the beginning
 * @param draw how the number shown is drawn from the guidance rate
 * @param need which problems are guided
 */
public record GuidanceSettings(
        int routesPerPrompt, double rulesShare, double guidedShare, GuidanceDraw draw, GuidanceNeed need) {

    /** Three routes or none, for all problems alike, and rules in half of the prompts. */
    public static final GuidanceSettings DEFAULT =
            new GuidanceSettings(3, 0.5, 1, GuidanceDraw.ALL_OR_NONE, GuidanceNeed.ALL_ALIKE);

    /** Checks the values. */
    public GuidanceSettings {
        Settings.requireAtLeast(1, routesPerPrompt, "Routes a prompt shows");
        Settings.requireShare(rulesShare, "Share of prompts with rules");
        Settings.requireShare(guidedShare, "Largest share of guided prompts");
        Objects.requireNonNull(draw, "draw");
        Objects.requireNonNull(need, "need");
    }

    /** With at most so many routes in a prompt. */
    public GuidanceSettings withRoutesPerPrompt(int routes) {
        return new GuidanceSettings(routes, rulesShare, guidedShare, draw, need);
    }

    /** With rules in another share of the prompts. */
    public GuidanceSettings withRulesShare(double share) {
        return new GuidanceSettings(routesPerPrompt, share, guidedShare, draw, need);
    }

    /** With routes in at most such a share of the prompts. */
    public GuidanceSettings withGuidedShare(double share) {
        return new GuidanceSettings(routesPerPrompt, rulesShare, share, draw, need);
    }

    /** With another way to draw. */
    public GuidanceSettings withDraw(GuidanceDraw other) {
        return new GuidanceSettings(routesPerPrompt, rulesShare, guidedShare, other, need);
    }

    /** For other problems. */
    public GuidanceSettings withNeed(GuidanceNeed other) {
        return new GuidanceSettings(routesPerPrompt, rulesShare, guidedShare, draw, other);
    }
}

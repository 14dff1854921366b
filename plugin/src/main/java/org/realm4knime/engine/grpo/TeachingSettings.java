package org.realm4knime.engine.grpo;

import java.util.Objects;
import org.realm4knime.engine.Settings;
import org.realm4knime.engine.mrpv.Positives;

/**
 * What a step teaches beside the policy's own tries.
 *
 * @param taught which right solutions are taught directly: by internalisation, and external routes where these are
 *     trained on
 * @param internalisation how what help taught is carried over
 * @param anchorWeight weight of the cross-entropy of right routes of the step's problems, after verdicts on all their
 *     routes and alone, which holds the form of answers in place; 0 is off
 * @param routes how external routes teach beyond being shown
 */
public record TeachingSettings(
        Positives taught, InternalisationSettings internalisation, double anchorWeight, RouteTeaching routes) {

    /** Internalisation and right routes, sound ones; routes are shown, and teach no other way. */
    public static final TeachingSettings DEFAULT =
            new TeachingSettings(Positives.SOUND, InternalisationSettings.DEFAULT, 0.3, RouteTeaching.NONE);

    /** Checks the values. */
    public TeachingSettings {
        Objects.requireNonNull(taught, "taught");
        Objects.requireNonNull(internalisation, "internalisation");
        Settings.requireNotNegative(anchorWeight, "Weight of right routes");
        Objects.requireNonNull(routes, "routes");
    }

    /** With other solutions. */
    public TeachingSettings withTaught(Positives solutions) {
        return new TeachingSettings(solutions, internalisation, anchorWeight, routes);
    }

    /** With another internalisation. */
    public TeachingSettings withInternalisation(InternalisationSettings other) {
        return new TeachingSettings(taught, other, anchorWeight, routes);
    }

    /** With right routes of another weight; 0 for none. */
    public TeachingSettings withAnchorWeight(double weight) {
        return new TeachingSettings(taught, internalisation, weight, routes);
    }

    /** With routes that teach another way. */
    public TeachingSettings withRoutes(RouteTeaching other) {
        return new TeachingSettings(taught, internalisation, anchorWeight, other);
    }
}

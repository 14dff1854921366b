package org.realm4knime.engine.supervised;

import java.util.List;
import org.realm4knime.engine.mrpv.Positives;
import org.realm4knime.engine.mrpv.VerifiedRoute;

/** Which routes are solutions to learn from. */
public enum SolutionChoice {
    /** All, right or wrong. */
    ALL,
    /** Those that end in the right answer. */
    RIGHT,
    /** Right ones without a wrong claim; of a problem that has none, right ones. */
    PREFER_SOUND,
    /** Right ones without a wrong claim only. */
    SOUND;

    /**
     * The routes chosen.
     *
     * @param routes verified routes to one problem; those that failed are never chosen
     */
    List<VerifiedRoute> of(List<VerifiedRoute> routes) {
        List<VerifiedRoute> right =
                routes.stream().filter(Positives.RIGHT_ANSWER::accepts).toList();
        List<VerifiedRoute> sound =
                routes.stream().filter(Positives.SOUND::accepts).toList();
        return switch (this) {
            case ALL -> routes.stream().filter(route -> !route.route().failed()).toList();
            case RIGHT -> right;
            case PREFER_SOUND -> sound.isEmpty() ? right : sound;
            case SOUND -> sound;
        };
    }
}

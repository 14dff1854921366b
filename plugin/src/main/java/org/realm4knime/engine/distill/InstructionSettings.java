package org.realm4knime.engine.distill;

import java.util.Objects;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.route.RolloutSettings;

/**
 * How {@link ProblemInstructor} makes problems.
 *
 * @param variations new problems to make of each missed one, at least 1
 * @param agreement a problem is kept if more than this share of the teachers' routes reach its answer, in [0, 1)
 * @param rollout how the teachers answer; its seed also draws the variations
 */
public record InstructionSettings(int variations, double agreement, RolloutSettings rollout) {

    /** Checks the values. */
    public InstructionSettings {
        if (variations < 1) {
            throw new EngineException("Variations of a missed problem is " + variations + ". Give at least 1.");
        }
        if (!(agreement >= 0 && agreement < 1)) {
            throw new EngineException(
                    "The agreement of the teachers is " + agreement + ". Give a number from 0 to below 1.");
        }
        Objects.requireNonNull(rollout, "rollout");
    }
}

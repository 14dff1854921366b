package org.realm4knime.nodes.parameters;

import org.knime.node.parameters.widget.choices.Label;
import org.realm4knime.engine.mrpv.Positives;

/** Which right solutions a node learns from. */
public enum Solutions {
    @Label(value = "All with the right answer", description = "It does not matter how the answer was reached.")
    RIGHT_ANSWER(Positives.RIGHT_ANSWER),
    @Label(
            value = "Only sound ones",
            description =
                    "The answer is right and no calculation is wrong: the right answer for a wrong reason does not"
                            + " count.")
    SOUND(Positives.SOUND);

    private final Positives engine;

    Solutions(Positives engine) {
        this.engine = engine;
    }

    /** The same for the engine. */
    public Positives engine() {
        return engine;
    }
}

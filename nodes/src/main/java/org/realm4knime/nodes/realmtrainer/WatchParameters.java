package org.realm4knime.nodes.realmtrainer;

import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.realm4knime.engine.train.WatchSettings;
import org.realm4knime.nodes.parameters.Bounds;

/** How a training watches itself on problems that it does not train on. */
final class WatchParameters implements NodeParameters {

    enum Result {
        @Label(
                value = "Best weights",
                description = "The weights that answered most held-out problems rightly. Those of the start come out"
                        + " where the training lost something.")
        BEST,
        @Label(value = "Last weights", description = "The weights after the last step, whatever they are worth.")
        LAST
    }

    @Widget(
            title = "Steps between looks",
            description =
                    "After so many steps the held-out problems are answered, without routes and rules. 10 is usual. 0"
                            + " switches the watch off: then nothing is held out and nothing is noticed.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int everySteps = WatchSettings.DEFAULT.everySteps();

    @Widget(
            title = "Share of held-out problems",
            description =
                    "Where no held-out problems are connected, this share of the problems, at most 100, is kept out of"
                            + " the training and used to watch it. 0.2 is usual. With fewer than 40 problems nothing"
                            + " is held out.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = Bounds.BelowOne.class)
    double heldOutShare = WatchSettings.DEFAULT.heldOutShare();

    @Widget(
            title = "Returns to the best weights",
            description =
                    "If the training goes wrong, it goes back to its best weights and on with a third of the learning"
                            + " rate. After so many returns it stops with the best weights instead. 2 is usual.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int rollbacks = WatchSettings.DEFAULT.rollbacks();

    @Widget(
            title = "Patience",
            description = "The training stops early if for this share of its steps there was no guidance, and no more"
                    + " held-out problems were answered rightly. 0.5 is usual. 0 never stops early.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = Bounds.AtMostOne.class)
    double patience = WatchSettings.DEFAULT.patience();

    @Widget(title = "Result", description = "Which weights the node hands on.")
    Result result = Result.BEST;

    /** Settings for the engine. */
    WatchSettings settings() {
        return new WatchSettings(everySteps, heldOutShare, rollbacks, patience, result == Result.BEST);
    }
}

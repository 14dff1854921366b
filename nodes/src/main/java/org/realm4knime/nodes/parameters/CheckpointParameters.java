package org.realm4knime.nodes.parameters;

import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;

/** Whether and how often a training keeps a checkpoint to go on from after an interruption. */
public final class CheckpointParameters implements NodeParameters {

    @Widget(
            title = "Continue an interrupted training",
            description =
                    """
                    If the node was cancelled or the application was closed during a training, the next execution \
                    with the same settings and input continues from the last checkpoint. The result is the same as \
                    without the interruption. Cancelling loses no finished step: a step that has changed the model \
                    is finished first, any other is taken back, and then everything is saved.""")
    public boolean resume = true;

    @Widget(
            title = "Steps between checkpoints",
            description = "How often the training is saved while it runs, in case the computer stops. It is also saved"
                    + " whenever five minutes have passed. With 0 it is saved only when it is cancelled and at its end."
                    + " Checkpoints lie in the cache folder of the preferences and are deleted when training succeeds.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    public int everySteps = 50;
}

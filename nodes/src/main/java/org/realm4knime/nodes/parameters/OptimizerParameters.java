package org.realm4knime.nodes.parameters;

import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.realm4knime.engine.update.LearningRateDecay;
import org.realm4knime.engine.update.OptimizerSettings;

/** Settings of the optimizer beside the learning rate itself. */
public final class OptimizerParameters implements NodeParameters {

    private static final OptimizerSettings DEFAULT = OptimizerSettings.of(1e-5);

    enum Decay {
        @Label(value = "Constant", description = "The learning rate stays at its full value.")
        CONSTANT(LearningRateDecay.CONSTANT),
        @Label(value = "Linear", description = "It falls along a straight line.")
        LINEAR(LearningRateDecay.LINEAR),
        @Label(value = "Cosine", description = "It falls slowly at first, fast in the middle and slowly at the end.")
        COSINE(LearningRateDecay.COSINE);

        private final LearningRateDecay engine;

        Decay(LearningRateDecay engine) {
            this.engine = engine;
        }
    }

    @Widget(
            title = "Warm-up steps",
            description = "Number of steps over which the learning rate rises to its full value. A gentle start keeps"
                    + " what the model already knows.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int warmupSteps = DEFAULT.warmupSteps();

    @Widget(title = "Learning rate decay", description = "How the learning rate falls after the warm-up.")
    Decay decay = Decay.LINEAR;

    @Widget(
            title = "Final share of the learning rate",
            description = "Share of the learning rate that is left at the last step. Unused if the rate is constant.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = Bounds.AtMostOne.class)
    double finalRateShare = DEFAULT.finalRateFraction();

    @Widget(
            title = "Weight decay",
            description =
                    """
                    How strongly weights are pulled towards zero (AdamW). Higher values keep the model from \
                    memorising few examples. 0.01 to 0.1 is usual.""")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    double weightDecay = DEFAULT.weightDecay();

    @Widget(
            title = "Maximum gradient norm",
            description =
                    "A step that would change the model more than this is scaled down. Lower it if the loss jumps.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    double maxGradientNorm = DEFAULT.maxGradNorm();

    @Widget(
            title = "Beta 1",
            description = "How long AdamW remembers past gradients, from 0 to below 1. The usual value is 0.9.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = Bounds.BelowOne.class)
    double beta1 = DEFAULT.beta1();

    @Widget(
            title = "Beta 2",
            description = "How long AdamW remembers the size of past gradients, from 0 to below 1. Language models are"
                    + " usually trained with 0.95 to 0.999.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = Bounds.BelowOne.class)
    double beta2 = DEFAULT.beta2();

    @Widget(
            title = "Epsilon",
            description = "Small number that keeps AdamW from dividing by zero. There is rarely a reason to change it.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    double epsilon = DEFAULT.epsilon();

    /** Settings for the engine. */
    public OptimizerSettings settings(double learningRate) {
        return new OptimizerSettings(
                learningRate,
                weightDecay,
                beta1,
                beta2,
                epsilon,
                maxGradientNorm,
                warmupSteps,
                decay.engine,
                finalRateShare);
    }
}

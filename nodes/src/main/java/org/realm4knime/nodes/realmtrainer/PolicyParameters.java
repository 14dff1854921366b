package org.realm4knime.nodes.realmtrainer;

import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.realm4knime.engine.grpo.AdvantageKind;
import org.realm4knime.engine.grpo.LossKind;
import org.realm4knime.engine.grpo.LossSettings;
import org.realm4knime.engine.grpo.RolloutSettings;
import org.realm4knime.engine.grpo.UpdateSettings;
import org.realm4knime.nodes.parameters.Bounds;

/** Details of the reinforcement learning (GRPO). */
final class PolicyParameters implements NodeParameters {

    enum Advantage {
        @Label(
                value = "Difference to the mean",
                description = "Reward minus the group's mean (Dr. GRPO). Small differences stay small.")
        DR_GRPO(AdvantageKind.DR_GRPO),
        @Label(
                value = "Normalised",
                description = "Divided by the group's standard deviation as well (GRPO as published). Not advisable"
                        + " together with a small process reward.")
        GRPO(AdvantageKind.GRPO),
        @Label(value = "Leave one out", description = "Reward minus the mean of the other completions (RLOO).")
        LEAVE_ONE_OUT(AdvantageKind.LEAVE_ONE_OUT),
        @Label(
                value = "Difference to the mean weighted by length",
                description =
                        "Reward minus the mean of the group's rewards, each weighted by the length of its completion"
                                + " (OPO). Long wrong completions then do not pull the form of all answers down.")
        LENGTH_WEIGHTED(AdvantageKind.LENGTH_WEIGHTED);

        private final AdvantageKind engine;

        Advantage(AdvantageKind engine) {
            this.engine = engine;
        }
    }

    enum Loss {
        @Label(value = "By token", description = "Every token counts the same (DAPO).")
        TOKEN(LossKind.TOKEN),
        @Label(
                value = "By completion",
                description = "Every completion counts the same, long or short (GRPO as published).")
        SEQUENCE(LossKind.SEQUENCE),
        @Label(
                value = "By longest completion",
                description = "Divided by a constant, so that length has no influence (Dr. GRPO).")
        CONSTANT(LossKind.CONSTANT);

        private final LossKind engine;

        Loss(LossKind engine) {
            this.engine = engine;
        }
    }

    @Widget(
            title = "Advantage",
            description = "How the rewards of the completions of one prompt become better and worse than expected.")
    Advantage advantage = Advantage.LENGTH_WEIGHTED;

    @Widget(title = "Loss", description = "How the contributions of tokens and completions are averaged.")
    Loss loss = Loss.TOKEN;

    @Widget(
            title = "Lower clipping bound",
            description =
                    "How much less likely one step may make a token: 0.2 allows 20 %. Other programs call it epsilon.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = Bounds.AtMostOne.class)
    double clipLow = LossSettings.DEFAULT.clipLow();

    @Widget(
            title = "Upper clipping bound",
            description =
                    "How much likelier one step may make a token. A little more than the lower bound keeps answers"
                            + " varied. Other programs call it epsilon high.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    double clipHigh = LossSettings.DEFAULT.clipHigh();

    @Widget(
            title = "KL coefficient",
            description =
                    "How strongly the model is held close to what it was before training. 0 saves time; try 0.01 to"
                            + " 0.1 if it forgets other skills. Other programs call it beta.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    double klCoefficient = LossSettings.DEFAULT.klCoefficient();

    @Widget(
            title = "Largest change per step",
            description =
                    "How far one step may move the model, as a divergence (KL) in nats per token. A step that would"
                            + " move it further is made smaller, whatever the learning rate. 0.001 is usual. Lower it"
                            + " if the form of the answers breaks down. 0 sets no bound.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Migrate(loadDefaultIfAbsent = true)
    double maxStepKl = UpdateSettings.DEFAULT.maxStepKl();

    @Widget(
            title = "Mini-batches per step",
            description =
                    "Into how many parts the problems of a step are split, each changing the model by itself. With"
                            + " more than one, completions become older than the model, and the clipping bounds take"
                            + " effect.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Migrate(loadDefaultIfAbsent = true)
    int miniBatches = UpdateSettings.DEFAULT.miniBatches();

    @Widget(
            title = "Passes per step",
            description =
                    """
                    How often the completions of a step are trained on before new ones are drawn. 1 is usual. More \
                    passes learn more from each completion; with too many the model memorises them. Other programs \
                    call it num_iterations.""")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Migrate(loadDefaultIfAbsent = true)
    int epochs = UpdateSettings.DEFAULT.epochs();

    @Widget(
            title = "Ignore cut-off completions",
            description =
                    """
                    Do not learn from completions that reached the maximum number of tokens (overlong filtering). \
                    Leave it off for short answers: a model that is not told that rambling earns nothing learns to \
                    ramble. Switch it on if long reasoning is right but the limit is tight.""")
    boolean maskTruncated = LossSettings.DEFAULT.maskTruncated();

    @Widget(
            title = "Replace prompts without signal",
            description =
                    """
                    If all completions of a prompt got the same reward, there is nothing to learn from them, and \
                    another prompt is drawn instead. Steps then take longer. Others call it dynamic sampling.""")
    boolean resampleZeroVariance = RolloutSettings.DEFAULT.resampleZeroVariance();

    @Widget(
            title = "Completions computed at once",
            description =
                    """
                    The largest number of completions that are computed together. 0, the usual value, chooses it for \
                    you. Lower it if memory runs out: the result stays the same.""")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int microBatchSize = UpdateSettings.DEFAULT.microBatchSize();

    /** The loss, for the engine. */
    LossSettings loss() {
        return LossSettings.DEFAULT
                .withAdvantage(advantage.engine)
                .withAverage(loss.engine)
                .withClip(clipLow, clipHigh)
                .withKlCoefficient(klCoefficient)
                .withTruncatedMasked(maskTruncated);
    }

    /** The updates of a step, for the engine. */
    UpdateSettings update() {
        return UpdateSettings.DEFAULT
                .withUpdates(miniBatches, epochs)
                .withMaxStepKl(maxStepKl)
                .withMicroBatchSize(microBatchSize);
    }
}

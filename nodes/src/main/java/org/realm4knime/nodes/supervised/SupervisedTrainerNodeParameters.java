package org.realm4knime.nodes.supervised;

import java.nio.file.Path;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.message.TextMessage;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.realm4knime.engine.supervised.SupervisedSettings;
import org.realm4knime.engine.train.RunSettings;
import org.realm4knime.engine.update.UsualRates;
import org.realm4knime.nodes.parameters.Bounds;
import org.realm4knime.nodes.parameters.CheckpointParameters;
import org.realm4knime.nodes.parameters.EngineValidation;
import org.realm4knime.nodes.parameters.LengthParameters;
import org.realm4knime.nodes.parameters.LoraParameters;
import org.realm4knime.nodes.parameters.OptimizerParameters;
import org.realm4knime.nodes.parameters.Sections;
import org.realm4knime.nodes.table.ExampleColumns;

/** Settings of the Supervised Trainer. */
final class SupervisedTrainerNodeParameters implements NodeParameters {

    @Layout(Sections.Input.class)
    ExampleColumns examples;

    @Layout(Sections.Main.class)
    @Widget(
            title = "Name of the trained model",
            description = "A short name for the trained model in tables and charts.")
    String name = "fine-tuned";

    @Layout(Sections.Main.class)
    @Migrate(loadDefaultIfAbsent = true)
    LengthParameters length = new LengthParameters();

    @Layout(Sections.Main.class)
    @Widget(
            title = "Steps",
            description = "How often the model is changed. Steps x batch size / number of examples is how often it sees"
                    + " each example; two to four times is usual.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @ValueReference(SupervisedOutlook.StepsReference.class)
    @Effect(predicate = LengthParameters.InSteps.class, type = Effect.EffectType.SHOW)
    int steps = SupervisedSettings.DEFAULT.run().steps();

    @Layout(Sections.Main.class)
    @Widget(title = "Batch size", description = "Examples that the model learns from in one step.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @ValueReference(SupervisedOutlook.BatchReference.class)
    int batchSize = SupervisedSettings.DEFAULT.batchSize();

    @Layout(Sections.Main.class)
    @TextMessage(SupervisedOutlook.class)
    Void outlook;

    @Layout(Sections.Main.class)
    @Widget(
            title = "Learning rate",
            description =
                    """
                    How far one step changes the model. 0, the usual value, chooses it by the model's size: 0.0005 for \
                    up to 20 million weights, 0.00005 for up to a billion, 0.00002 for more. A new model that has \
                    learned nothing yet gets more (0.001, 0.0005 and 0.0003), and LoRA ten times as much, but at most \
                    0.002. The training log \
                    shows the rate. If the loss rises or jumps, set a third of it.""")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = Bounds.AtMostLearningRate.class)
    double learningRate;

    @Layout(Sections.Main.class)
    @Widget(
            title = "Replay share",
            description = "Share of each batch that is taken from the replay examples, if that input is connected."
                    + " Replaying general examples keeps the model from forgetting what it could do before.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = Bounds.AtMostOne.class)
    double replayShare = SupervisedSettings.DEFAULT.replayShare();

    @Layout(Sections.Main.class)
    @Widget(title = "Seed", description = "The same seed, settings and input give the same model.", advanced = true)
    long seed = SupervisedSettings.DEFAULT.run().seed();

    @Layout(Sections.Lora.class)
    @Migrate(loadDefaultIfAbsent = true)
    LoraParameters lora = new LoraParameters();

    @Layout(Sections.Expert.class)
    @Widget(
            title = "Examples computed at once",
            description =
                    """
                    The largest number of examples that are computed together. 0, the usual value, chooses it for \
                    you. Lower it if memory runs out: the result stays the same.""")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int microBatchSize;

    @Layout(Sections.Expert.class)
    OptimizerParameters optimizer = new OptimizerParameters();

    @Layout(Sections.Expert.class)
    CheckpointParameters checkpoint = new CheckpointParameters();

    SupervisedTrainerNodeParameters() {
        examples = new ExampleColumns();
    }

    SupervisedTrainerNodeParameters(NodeParametersInput input) {
        examples = new ExampleColumns(input);
    }

    /**
     * Settings for the engine.
     *
     * @param replay whether replay examples are connected
     * @param usual learning rates that are usual for the model
     * @param checkpointFolder where checkpoints go, or null
     */
    SupervisedSettings settings(boolean replay, UsualRates usual, Path checkpointFolder) {
        return new SupervisedSettings(
                RunSettings.of(steps, seed).withCheckpoints(checkpointFolder, checkpoint.everySteps),
                batchSize,
                microBatchSize,
                optimizer.settings(UsualRates.chosen(learningRate, usual.supervised())),
                lora.settings(),
                replay ? replayShare : 0,
                length.epochs());
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Bounds.atLeast("Learning rate", learningRate, 0);
        Bounds.atMost("Learning rate", learningRate, Bounds.MAX_LEARNING_RATE);
        length.check();
        lora.check();
        EngineValidation.check(() -> settings(true, EngineValidation.ANY_RATES, null));
    }
}

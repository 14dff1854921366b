package org.realm4knime.nodes.parameters;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** How a model writes its answers. */
public final class GenerationParameters implements NodeParameters {

    @Widget(
            title = "Maximum new tokens",
            description = "Longest text that the model may write for one answer; a token is about three quarters of a"
                    + " word. Reasoning that is cut off has no answer, so rather give too many.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    public int maxNewTokens = 512;

    @Widget(
            title = "Temperature",
            description = "How freely the model chooses its words: 0 always takes the likeliest, 1 chooses as it was"
                    + " trained to. Several different answers to one problem need a temperature above 0.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    public double temperature;

    @Widget(
            title = "Answers written at once",
            description = "How many texts are written side by side. More is faster, as far as memory goes.",
            advanced = true)
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    public int batchSize = 32;

    @Widget(title = "Seed", description = "The same seed, settings and input give the same texts.", advanced = true)
    public long seed = 1;

    GenerationParameters() {}

    /** The usual settings with a temperature. */
    public GenerationParameters(double temperature) {
        this.temperature = temperature;
    }

    /**
     * Checks the values, which the dialog's bounds do only within the dialog.
     *
     * @throws InvalidSettingsException naming the setting that is out of range
     */
    public void check() throws InvalidSettingsException {
        if (maxNewTokens < 1) {
            throw new InvalidSettingsException("Maximum new tokens is " + maxNewTokens + ". Give at least 1.");
        }
        if (!(temperature >= 0 && Double.isFinite(temperature))) {
            throw new InvalidSettingsException("Temperature is " + temperature + ". Give a number of at least 0.");
        }
        if (batchSize < 1) {
            throw new InvalidSettingsException("Answers written at once is " + batchSize + ". Give at least 1.");
        }
    }
}

package org.realm4knime.nodes.parameters;

import java.util.List;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.knime.node.parameters.widget.text.TextAreaWidget;
import org.realm4knime.engine.generate.SamplingSettings;

/** How a model writes its answers. */
public final class GenerationParameters implements NodeParameters {

    @Widget(
            title = "Maximum new tokens",
            description =
                    """
                    The longest text that the model may write for one answer. A token is about three quarters of a \
                    word. Reasoning that is cut off has no answer, so choose too many rather than too few. 512 is \
                    usual; reasoning models need several thousand.""")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    public int maxNewTokens = 512;

    @Widget(
            title = "Temperature",
            description =
                    """
                    How freely the model chooses its words. 0 always takes the likeliest; 1 keeps the probabilities \
                    that it has learned. Choose a value above 0, such as 0.7, if you want several different answers \
                    to one problem.""")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    public double temperature;

    @Widget(
            title = "Top k",
            description =
                    """
                    The next token is chosen from this many of the likeliest. 0, the usual value, chooses from all. \
                    20 to 50 leaves out unlikely ones.""",
            advanced = true)
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Migrate(loadDefaultIfAbsent = true)
    public int topK;

    @Widget(
            title = "Top p",
            description =
                    """
                    The next token is chosen from the likeliest ones that together have this share of the \
                    probability. 1, the usual value, chooses from all. 0.95 leaves out unlikely ones.""",
            advanced = true)
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class, maxValidation = Bounds.AtMostOne.class)
    @Migrate(loadDefaultIfAbsent = true)
    public double topP = 1;

    @Widget(
            title = "Min p",
            description =
                    """
                    A token is left out if it is less likely than this share of the likeliest one. 0, the usual \
                    value, leaves out none. 0.05 leaves out unlikely ones.""",
            advanced = true)
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = Bounds.AtMostOne.class)
    @Migrate(loadDefaultIfAbsent = true)
    public double minP;

    @Widget(
            title = "Ends before",
            description =
                    """
                    The answer ends before the first of these texts (stop sequences) that the model writes. Write one \
                    text per line; \
                    \\n stands for a line break. Most models end their answers themselves and need none.""",
            advanced = true)
    @TextAreaWidget
    @Migrate(loadDefaultIfAbsent = true)
    public String stopStrings = "";

    @Widget(
            title = "Answers written at once",
            description =
                    """
                    How many texts are written side by side (batch size). More is faster, until memory runs out. 32 is \
                    usual; lower it for large models.""",
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

    /** Settings for the engine. */
    public SamplingSettings sampling() {
        List<String> stops = stopStrings
                .lines()
                .filter(line -> !line.isEmpty())
                .map(line -> line.replace("\\n", "\n"))
                .toList();
        return new SamplingSettings(maxNewTokens, temperature, topK, topP, minP, seed, stops);
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
        if (topK < 0) {
            throw new InvalidSettingsException("Top k is " + topK + ". Give at least 1, or 0 for all tokens.");
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new InvalidSettingsException("Top p is " + topP + ". Give a number above 0 and at most 1.");
        }
        if (!(minP >= 0 && minP <= 1)) {
            throw new InvalidSettingsException("Min p is " + minP + ". Give a number from 0 to 1.");
        }
        if (batchSize < 1) {
            throw new InvalidSettingsException("Answers written at once is " + batchSize + ". Give at least 1.");
        }
    }
}

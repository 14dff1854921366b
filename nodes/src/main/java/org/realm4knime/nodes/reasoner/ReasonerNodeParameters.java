package org.realm4knime.nodes.reasoner;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.migration.Migrate;
import org.realm4knime.engine.evaluate.BenchmarkSettings;
import org.realm4knime.nodes.parameters.AnswerParameters;
import org.realm4knime.nodes.parameters.GenerationParameters;
import org.realm4knime.nodes.parameters.Sections;
import org.realm4knime.nodes.table.QuestionColumns;

/** Settings of the Reasoner. */
final class ReasonerNodeParameters implements NodeParameters {

    @Layout(Sections.Input.class)
    QuestionColumns questions;

    @Layout(Sections.Main.class)
    AnswerParameters answers = new AnswerParameters();

    @Layout(Sections.Main.class)
    @Widget(
            title = "Show the rules",
            description = "If rules are connected: whether the prompts carry those that apply to their question. Switch"
                    + " it off to see what the model does without.")
    @Migrate(loadDefaultIfAbsent = true)
    boolean showRules = true;

    @Layout(Sections.Generation.class)
    GenerationParameters generation = new GenerationParameters(0);

    ReasonerNodeParameters() {
        questions = new QuestionColumns();
    }

    ReasonerNodeParameters(NodeParametersInput input) {
        questions = new QuestionColumns(input);
    }

    /** Settings for the engine. */
    BenchmarkSettings settings() {
        return new BenchmarkSettings(generation.sampling(), generation.batchSize);
    }

    @Override
    public void validate() throws InvalidSettingsException {
        answers.check();
        generation.check();
    }
}

package org.realm4knime.nodes.benchmark;

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
import org.realm4knime.nodes.table.ProblemColumns;

/** Settings of the Benchmark Evaluator. */
final class BenchmarkEvaluatorNodeParameters implements NodeParameters {

    @Layout(Sections.Input.class)
    ProblemColumns problems;

    @Layout(Sections.Main.class)
    AnswerParameters answers = new AnswerParameters();

    @Layout(Sections.Main.class)
    @Widget(
            title = "Show the rules",
            description =
                    "If rules are connected: whether the prompts carry those that apply to their problem. Switch it"
                            + " off to see what the model does without.")
    @Migrate(loadDefaultIfAbsent = true)
    boolean showRules = true;

    @Layout(Sections.Generation.class)
    GenerationParameters generation = new GenerationParameters(0);

    BenchmarkEvaluatorNodeParameters() {
        problems = new ProblemColumns();
    }

    BenchmarkEvaluatorNodeParameters(NodeParametersInput input) {
        problems = new ProblemColumns(input);
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

package org.realm4knime.nodes.instructor;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.realm4knime.engine.distill.InstructionSettings;
import org.realm4knime.engine.route.RolloutSettings;
import org.realm4knime.nodes.parameters.AnswerParameters;
import org.realm4knime.nodes.parameters.Bounds;
import org.realm4knime.nodes.parameters.EngineValidation;
import org.realm4knime.nodes.parameters.GenerationParameters;
import org.realm4knime.nodes.parameters.Sections;
import org.realm4knime.nodes.table.PredictionColumns;
import org.realm4knime.nodes.table.ProblemColumns;

/** Settings of the Problem Instructor. */
final class ProblemInstructorNodeParameters implements NodeParameters {

    private static final double TEMPERATURE = 0.7;

    @Layout(Sections.Input.class)
    ProblemColumns problems;

    @Layout(Sections.Input.class)
    PredictionColumns predictions = new PredictionColumns();

    @Layout(Sections.Input.class)
    AnswerParameters answers = new AnswerParameters();

    @Layout(Sections.Main.class)
    @Widget(
            title = "Variations of a missed problem",
            description = "How many new problems are made from each problem that the student missed. 4 is usual.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int variations = 4;

    @Layout(Sections.Main.class)
    @Widget(
            title = "Routes per teacher",
            description = "How many chains of thought each teacher writes for each new problem.",
            advanced = true)
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int routesPerTeacher = 1;

    @Layout(Sections.Main.class)
    @Widget(
            title = "Agreement of the teachers",
            description =
                    "A new problem is kept if more than this share of all routes come to the same answer. 0.5 asks for"
                            + " more than half of them.",
            advanced = true)
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = Bounds.AtMostOne.class)
    double agreement = 0.5;

    @Layout(Sections.Generation.class)
    GenerationParameters generation = new GenerationParameters(TEMPERATURE);

    ProblemInstructorNodeParameters() {
        problems = new ProblemColumns();
    }

    ProblemInstructorNodeParameters(NodeParametersInput input) {
        problems = new ProblemColumns(input);
    }

    /** Settings for the engine. */
    InstructionSettings settings() {
        return new InstructionSettings(
                variations,
                agreement,
                new RolloutSettings(routesPerTeacher, generation.sampling(), generation.batchSize));
    }

    @Override
    public void validate() throws InvalidSettingsException {
        answers.check();
        generation.check();
        EngineValidation.check(this::settings);
    }
}

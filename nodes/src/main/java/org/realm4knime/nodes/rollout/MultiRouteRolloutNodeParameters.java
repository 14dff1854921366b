package org.realm4knime.nodes.rollout;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.realm4knime.engine.route.RolloutSettings;
import org.realm4knime.nodes.parameters.EngineValidation;
import org.realm4knime.nodes.parameters.GenerationParameters;
import org.realm4knime.nodes.parameters.Sections;
import org.realm4knime.nodes.table.ProblemColumns;

/** Settings of the Multi-Route Rollout. */
final class MultiRouteRolloutNodeParameters implements NodeParameters {

    private static final double TEMPERATURE = 0.8;

    @Layout(Sections.Input.class)
    ProblemColumns problems;

    @Layout(Sections.Main.class)
    @Widget(
            title = "Routes per model",
            description =
                    """
                    How many chains of thought each model writes for each problem. 2 to 8 is usual. More find more \
                    right and wrong routes to contrast, and take longer.""")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int routesPerModel = 2;

    @Layout(Sections.Generation.class)
    GenerationParameters generation = new GenerationParameters(TEMPERATURE);

    MultiRouteRolloutNodeParameters() {
        problems = new ProblemColumns();
    }

    MultiRouteRolloutNodeParameters(NodeParametersInput input) {
        problems = new ProblemColumns(input);
    }

    /** Settings for the engine. */
    RolloutSettings settings() {
        return new RolloutSettings(routesPerModel, generation.sampling(), generation.batchSize);
    }

    @Override
    public void validate() throws InvalidSettingsException {
        generation.check();
        EngineValidation.check(this::settings);
    }
}

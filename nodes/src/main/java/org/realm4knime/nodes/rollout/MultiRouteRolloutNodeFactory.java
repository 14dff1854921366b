package org.realm4knime.nodes.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.Rule;
import org.realm4knime.engine.route.Route;
import org.realm4knime.engine.route.RouteRollout;
import org.realm4knime.nodes.job.EngineJob;
import org.realm4knime.nodes.job.Warnings;
import org.realm4knime.nodes.parameters.CutOff;
import org.realm4knime.nodes.port.LanguageModelPortObject;
import org.realm4knime.nodes.port.LanguageModelPortObjectSpec;
import org.realm4knime.nodes.port.OpenModels;
import org.realm4knime.nodes.port.PortGroups;
import org.realm4knime.nodes.port.Ports;
import org.realm4knime.nodes.table.ProblemTable;
import org.realm4knime.nodes.table.RouteTable;
import org.realm4knime.nodes.table.RuleTable;

/** The Multi-Route Rollout: several models answer every problem along several routes. */
public final class MultiRouteRolloutNodeFactory extends DefaultNodeFactory {

    private static final String PROBLEMS = "Problems";
    private static final String MODEL = "Model";
    /** Id of the further ones, from when it was that of all. */
    private static final String MODELS = "Models";

    private static final String RULES = "Rules";
    private static final String EARLIER = "Earlier routes";
    private static final String ROUTES = "Routes";

    private static final DefaultNode NODE = DefaultNode.create()
            .name("Multi-Route Rollout")
            .icon("rollout.png")
            .shortDescription("Lets several language models answer every problem along several routes.")
            .fullDescription(
                    """
                    <p>Asks each connected model for several chains of thought, called <i>routes</i>, for every
                    problem. Models with different strengths make different mistakes. The Route Verifier (MRPV) finds
                    where, and a model in training learns from right and wrong routes alike.</p>
                    <p>With a rules table, each prompt carries the rules that apply to its problem.</p>
                    """)
            .sinceVersion(5, 8, 0)
            .dynamicPorts(
                    p -> p.addInputPortGroup(
                                    PROBLEMS,
                                    Ports.table(
                                            PROBLEMS, "Problems: a question and, where known, its reference answer."))
                            .addInputPortGroup(MODEL, Ports.model(MODEL, "A model to ask."))
                            .addInputPortGroup(
                                    MODELS,
                                    Ports.furtherModels("Further models", "More models to ask, a port for each."))
                            .addInputPortGroup(
                                    RULES,
                                    Ports.optionalTable(
                                            RULES,
                                            "Domain rules to put into the prompts: a column text, and optionally id"
                                                    + " and applies to (the domain of the problems that a rule applies"
                                                    + " to)."))
                            .addInputPortGroup(
                                    EARLIER,
                                    Ports.optionalTable(
                                            EARLIER,
                                            """
                                            Routes that other models wrote before, or that were recorded. They come \
                                            first in the output, followed by the new ones."""))
                            .addOutputPortGroup(
                                    ROUTES,
                                    Ports.table(
                                            ROUTES,
                                            """
                                            A row for each route: problem id, source (the model's name), route, \
                                            text, answer, tokens, mean log-probability, error, and truncated \
                                            (whether it reached the token limit). A truncated route has an answer \
                                            only if the answer was complete before the limit.""")))
            .model(m -> m.parametersClass(MultiRouteRolloutNodeParameters.class)
                    .configure(MultiRouteRolloutNodeFactory::configure)
                    .execute(MultiRouteRolloutNodeFactory::execute))
            .nodeType(NodeType.Predictor)
            .keywords("chain of thought", "CoT", "sampling", "generate", "LLM", "SLM", "ReaLM");

    /** For KNIME. */
    public MultiRouteRolloutNodeFactory() {
        super(NODE);
    }

    private static void configure(ConfigureInput in, ConfigureOutput out) throws InvalidSettingsException {
        MultiRouteRolloutNodeParameters parameters = in.getParameters();
        PortGroups ports = PortGroups.ofCurrentNode();
        ProblemTable.check(in.getInTableSpec(ports.required(PROBLEMS)), parameters.problems);
        OpenModels.checkNames(ports.all(MODEL, MODELS)
                .mapToObj(in::<LanguageModelPortObjectSpec>getInPortSpec)
                .toList());
        Optional<Integer> rules = ports.optional(RULES);
        if (rules.isPresent()) {
            RuleTable.check(in.getInTableSpec(rules.get()));
        }
        Optional<Integer> earlier = ports.optional(EARLIER);
        if (earlier.isPresent()) {
            RouteTable.check(in.getInTableSpec(earlier.get()));
        }
        out.setOutSpec(0, RouteTable.SCHEMA.spec());
    }

    private static void execute(ExecuteInput in, ExecuteOutput out) throws CanceledExecutionException, KNIMEException {
        MultiRouteRolloutNodeParameters parameters = in.getParameters();
        PortGroups ports = PortGroups.ofCurrentNode();
        List<LanguageModelPortObject> objects = ports.all(MODEL, MODELS)
                .mapToObj(in::<LanguageModelPortObject>getInPortObject)
                .toList();
        EngineJob.run(in.getExecutionContext(), progress -> {
            List<Problem> problems =
                    ProblemTable.read(in.getInTable(ports.required(PROBLEMS)), parameters.problems, progress);
            List<Rule> rules = RuleTable.read(in, ports.optional(RULES), progress);
            try (OpenModels models = OpenModels.of(objects, progress)) {
                List<Route> routes = new ArrayList<>(RouteTable.read(in, ports.optional(EARLIER), progress));
                List<Route> drawn =
                        RouteRollout.run(problems, rules, models.sources(), parameters.settings(), progress);
                routes.addAll(drawn);
                out.setOutData(0, RouteTable.SCHEMA.write(routes, in.getExecutionContext()));
                long cut = drawn.stream().filter(Route::truncated).count();
                new Warnings()
                        .add(models.warnings())
                        .add(CutOff.warning("routes", cut, drawn.size(), parameters.generation.maxNewTokens))
                        .show(out);
            }
        });
    }
}

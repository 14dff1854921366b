package org.realm4knime.nodes.benchmark;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.realm4knime.engine.evaluate.Benchmark;
import org.realm4knime.engine.evaluate.BenchmarkResult;
import org.realm4knime.engine.evaluate.NamedModel;
import org.realm4knime.engine.evaluate.Prediction;
import org.realm4knime.engine.evaluate.Score;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.route.Route;
import org.realm4knime.nodes.job.EngineJob;
import org.realm4knime.nodes.parameters.CutOff;
import org.realm4knime.nodes.port.LanguageModelPortObject;
import org.realm4knime.nodes.port.LanguageModelPortObjectSpec;
import org.realm4knime.nodes.port.OpenModels;
import org.realm4knime.nodes.port.PortGroups;
import org.realm4knime.nodes.port.Ports;
import org.realm4knime.nodes.table.EvaluationTables;
import org.realm4knime.nodes.table.ProblemTable;
import org.realm4knime.nodes.table.RouteTable;
import org.realm4knime.nodes.view.ViewData;
import org.realm4knime.nodes.view.ViewPage;

/** The Benchmark Evaluator: accuracy of models, with and without external routes, with intervals. */
public final class BenchmarkEvaluatorNodeFactory extends DefaultNodeFactory {

    private static final String MODELS = "Models";
    private static final String PROBLEMS = "Problems";
    private static final String ROUTES = "Routes";
    private static final String SCORES = "Scores";
    private static final String PREDICTIONS = "Predictions";

    /** Stand among the models in the results, but write nothing. */
    private static final Set<String> VOTES = Set.of(Score.MAJORITY, Score.WEIGHTED_MAJORITY, Score.ANY_ROUTE);

    private static final DefaultNode NODE = DefaultNode.create()
            .name("Benchmark Evaluator")
            .icon("benchmark.png")
            .shortDescription("Measures how many problems language models solve.")
            .fullDescription(
                    """
                    <p>Lets every connected model answer the same problems and reports its accuracy with a 95 %
                    confidence interval, for each <i>split</i>, that is for each value of the problems' column domain.
                    If routes are connected, every model answers once without and once with them: a model that reasons
                    on its own is as good without routes. Three more rows say what the routes reach without a model:
                    the answer of their majority, the same with each route counting by the share of its calculations
                    that hold, and, as the ceiling of every such choice, whether any route is right.</p>
                    <p>Use problems that none of the models was trained on. Where two intervals overlap widely, the
                    difference may be chance: use more problems.</p>
                    """)
            .sinceVersion(5, 8, 0)
            .dynamicPorts(
                    p -> p.addInputPortGroup(
                                    MODELS,
                                    Ports.models(MODELS, "The models to measure. Add a port for each further model."))
                            .addInputPortGroup(
                                    PROBLEMS,
                                    Ports.table(
                                            PROBLEMS,
                                            "Problems with reference answers; the column domain names the split."))
                            .addInputPortGroup(
                                    ROUTES,
                                    Ports.optionalTable(
                                            ROUTES, "External routes to show, as the Multi-Route Rollout writes them."))
                            .addOutputPortGroup(
                                    SCORES,
                                    Ports.table(
                                            SCORES,
                                            "model, split, routes (without or with), problems, correct, accuracy, and"
                                                    + " low and high end of its interval; with routes also their"
                                                    + " majority and whether any is right."))
                            .addOutputPortGroup(
                                    PREDICTIONS,
                                    Ports.table(
                                            PREDICTIONS,
                                            """
                                            Every answer of every model, and of the routes' majority; truncated says \
                                            whether it reached the token limit. A truncated answer counts only if it \
                                            was complete before the limit.""")))
            .model(m -> m.parametersClass(BenchmarkEvaluatorNodeParameters.class)
                    .configure(BenchmarkEvaluatorNodeFactory::configure)
                    .execute(BenchmarkEvaluatorNodeFactory::execute))
            .addView(v -> v.withoutParameters()
                    .description("Accuracy of the models with intervals, without and with external routes.")
                    .page(ViewPage.BENCHMARK::page)
                    .initialData(d -> d.data(input -> ViewData.of(input, "scores"))))
            .nodeType(NodeType.Other)
            .keywords("accuracy", "scorer", "evaluation", "test", "confidence interval", "LLM", "SLM", "ReaLM");

    /** For KNIME. */
    public BenchmarkEvaluatorNodeFactory() {
        super(NODE);
    }

    private static void configure(ConfigureInput in, ConfigureOutput out) throws InvalidSettingsException {
        BenchmarkEvaluatorNodeParameters parameters = in.getParameters();
        PortGroups ports = PortGroups.ofCurrentNode();
        OpenModels.checkNames(ports.all(MODELS)
                .mapToObj(in::<LanguageModelPortObjectSpec>getInPortSpec)
                .toList());
        ProblemTable.check(in.getInTableSpec(ports.required(PROBLEMS)), parameters.problems);
        Optional<Integer> routes = ports.optional(ROUTES);
        if (routes.isPresent()) {
            RouteTable.check(in.getInTableSpec(routes.get()));
        }
        out.setOutSpecs(EvaluationTables.SCORES.spec(), EvaluationTables.PREDICTIONS.spec());
    }

    private static void execute(ExecuteInput in, ExecuteOutput out) throws CanceledExecutionException, KNIMEException {
        BenchmarkEvaluatorNodeParameters parameters = in.getParameters();
        PortGroups ports = PortGroups.ofCurrentNode();
        List<LanguageModelPortObject> objects = ports.all(MODELS)
                .mapToObj(in::<LanguageModelPortObject>getInPortObject)
                .toList();
        EngineJob.run(in.getExecutionContext(), progress -> {
            List<Problem> problems = parameters.answers.asked(
                    ProblemTable.read(in.getInTable(ports.required(PROBLEMS)), parameters.problems));
            Map<String, List<Route>> routes = RouteTable.byProblem(RouteTable.read(in, ports.optional(ROUTES)));
            try (OpenModels models = OpenModels.of(objects)) {
                List<NamedModel> named = models.models().stream()
                        .map(model -> new NamedModel(model.name(), model.model()))
                        .toList();
                BenchmarkResult result = Benchmark.run(
                        named, problems, routes, parameters.answers.checker(problems), parameters.settings(), progress);
                BufferedDataTable scores = EvaluationTables.SCORES.write(result.scores(), in.getExecutionContext());
                out.setOutData(
                        scores, EvaluationTables.PREDICTIONS.write(result.predictions(), in.getExecutionContext()));
                out.setInternalData(scores);
                warn(result, parameters, out);
            }
        });
    }

    private static void warn(BenchmarkResult result, BenchmarkEvaluatorNodeParameters parameters, ExecuteOutput out) {
        List<Prediction> written = result.predictions().stream()
                .filter(prediction -> !VOTES.contains(prediction.model()))
                .toList();
        long cut = written.stream().filter(Prediction::truncated).count();
        Optional<String> cutOff =
                CutOff.warning("completions", cut, written.size(), parameters.generation.maxNewTokens);
        long silent = result.predictions().stream()
                .map(Prediction::answer)
                .filter(answer -> answer == null)
                .count();
        if (cutOff.isPresent()) {
            out.setWarningMessage(cutOff.get());
        } else if (silent * 10 > result.predictions().size()) {
            out.setWarningMessage("No answer was found in " + silent + " of "
                    + result.predictions().size()
                    + " completions. Read some of them in the predictions: if the answer is written in another"
                    + " form, choose another 'Kind of answer'.");
        }
    }
}

package org.realm4knime.nodes.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
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
import org.realm4knime.engine.evaluate.Comparison;
import org.realm4knime.engine.evaluate.Guidance;
import org.realm4knime.engine.evaluate.Prediction;
import org.realm4knime.engine.evaluate.Score;
import org.realm4knime.engine.problem.Problem;
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
import org.realm4knime.nodes.table.RuleTable;
import org.realm4knime.nodes.view.ViewData;
import org.realm4knime.nodes.view.ViewPage;

/** The Benchmark Evaluator: accuracy of models, with and without external routes, with intervals. */
public final class BenchmarkEvaluatorNodeFactory extends DefaultNodeFactory {

    private static final String MODEL = "Model";
    /** Id of the further ones, from when it was that of all. */
    private static final String MODELS = "Models";

    private static final String PROBLEMS = "Problems";
    private static final String ROUTES = "Routes";
    private static final String RULES = "Rules";
    private static final String SCORES = "Scores";
    private static final String PREDICTIONS = "Predictions";
    private static final String COMPARISONS = "Comparisons";

    /** Stand among the models in the results, but write nothing. */
    static final Set<String> VOTES = Set.of(Score.MAJORITY, Score.WEIGHTED_MAJORITY, Score.ANY_ROUTE);

    private static final DefaultNode NODE = DefaultNode.create()
            .name("Benchmark Evaluator")
            .icon("benchmark.png")
            .shortDescription("Measures how many problems language models solve.")
            .fullDescription(
                    """
                    <p>Lets every connected model answer the same problems and reports its accuracy with a 95 %
                    confidence interval, for each <i>split</i>, that is for each value of the problems' column domain.
                    If routes are connected, every model answers once without and once with them: a model that reasons
                    on its own is as good without. Three more rows say what the routes reach without a model: the answer
                    of their majority, the same with each route counting by the share of its calculations that hold,
                    and, as the ceiling of every such choice, whether any route is right.</p>
                    <p>Models are also compared pairwise on each split, each with those at the ports above it: how many
                    problems one alone has right, the difference in accuracy with a 95 % interval (paired bootstrap),
                    and the p-value of the exact McNemar test. The view shows this; an output port for it can be added.
                    The p-values are not corrected for the number of comparisons. A model that is significantly worse
                    than one it was trained from gets a warning.</p>
                    <p>If rules are connected, the prompts carry those that apply to their problem: connect them to
                    learn what a model is worth with the rules at hand.</p>
                    <p>Use problems that none of the models was trained on. Where a difference may be chance, use more
                    problems.</p>
                    """)
            .sinceVersion(5, 8, 0)
            .dynamicPorts(p -> p.addInputPortGroup(MODEL, Ports.model(MODEL, "A model to measure."))
                    .addInputPortGroup(
                            MODELS,
                            Ports.furtherModels(
                                    "Further models",
                                    "More models to measure and to compare; the first is what the others are compared"
                                            + " with."))
                    .addInputPortGroup(
                            PROBLEMS,
                            Ports.table(
                                    PROBLEMS, "Problems with reference answers; the column domain names the split."))
                    .addInputPortGroup(
                            ROUTES,
                            Ports.optionalTable(
                                    ROUTES, "External routes to show, as the Multi-Route Rollout writes them."))
                    .addInputPortGroup(
                            RULES,
                            Ports.optionalTable(
                                    RULES,
                                    "Domain rules that the prompts carry: a column text, and optionally id"
                                            + " and applies to."))
                    .addOutputPortGroup(
                            SCORES,
                            Ports.table(
                                    SCORES,
                                    "model, split, routes and rules (without or with), problems, correct, accuracy,"
                                            + " and low and high end of its interval; with routes also their"
                                            + " majority and whether any is right."))
                    .addOutputPortGroup(
                            PREDICTIONS,
                            Ports.table(
                                    PREDICTIONS,
                                    "Every answer of every model, and of the routes' majority; truncated says"
                                            + " whether it met the token limit, and so has no answer unless it had"
                                            + " ended its mark; error, why an endpoint gave no answer,"
                                            + " which counts as wrong."))
                    .addOutputPortGroup(
                            COMPARISONS,
                            Ports.optionalTable(
                                    COMPARISONS,
                                    "A row for each pair of models, split and routes: how many problems both, one"
                                            + " alone or neither has right, difference in accuracy with its"
                                            + " interval, p-value, and a note where training did harm.")))
            .model(m -> m.parametersClass(BenchmarkEvaluatorNodeParameters.class)
                    .configure(BenchmarkEvaluatorNodeFactory::configure)
                    .execute(BenchmarkEvaluatorNodeFactory::execute))
            .addView(v -> v.withoutParameters()
                    .description("Accuracy of the models with intervals, without and with external routes, and two of"
                            + " them compared problem by problem: who is right where, and whether that may be chance.")
                    .page(ViewPage.BENCHMARK::page)
                    .initialData(d -> d.data(input -> ViewData.of(input, "scores", "problems", "answers"))))
            .nodeType(NodeType.Other)
            .keywords("accuracy", "scorer", "evaluation", "test", "confidence interval", "LLM", "SLM", "ReaLM");

    /** For KNIME. */
    public BenchmarkEvaluatorNodeFactory() {
        super(NODE);
    }

    private static void configure(ConfigureInput in, ConfigureOutput out) throws InvalidSettingsException {
        BenchmarkEvaluatorNodeParameters parameters = in.getParameters();
        PortGroups ports = PortGroups.ofCurrentNode();
        OpenModels.checkNames(ports.all(MODEL, MODELS)
                .mapToObj(in::<LanguageModelPortObjectSpec>getInPortSpec)
                .toList());
        ProblemTable.check(in.getInTableSpec(ports.required(PROBLEMS)), parameters.problems);
        Optional<Integer> routes = ports.optional(ROUTES);
        if (routes.isPresent()) {
            RouteTable.check(in.getInTableSpec(routes.get()));
        }
        Optional<Integer> rules = ports.optional(RULES);
        if (rules.isPresent()) {
            RuleTable.check(in.getInTableSpec(rules.get()));
        }
        out.setOutSpec(0, EvaluationTables.SCORES.spec());
        out.setOutSpec(1, EvaluationTables.PREDICTIONS.spec());
        PortGroups.outputsOfCurrentNode()
                .optional(COMPARISONS)
                .ifPresent(port -> out.setOutSpec(port, EvaluationTables.COMPARISONS.spec()));
    }

    private static void execute(ExecuteInput in, ExecuteOutput out) throws CanceledExecutionException, KNIMEException {
        BenchmarkEvaluatorNodeParameters parameters = in.getParameters();
        PortGroups ports = PortGroups.ofCurrentNode();
        List<LanguageModelPortObject> objects = ports.all(MODEL, MODELS)
                .mapToObj(in::<LanguageModelPortObject>getInPortObject)
                .toList();
        EngineJob.run(in.getExecutionContext(), progress -> {
            List<Problem> problems = parameters.answers.asked(
                    ProblemTable.read(in.getInTable(ports.required(PROBLEMS)), parameters.problems, progress));
            Guidance guidance = new Guidance(
                    RouteTable.byProblem(RouteTable.read(in, ports.optional(ROUTES), progress)),
                    parameters.showRules ? RuleTable.read(in, ports.optional(RULES), progress) : List.of());
            try (OpenModels models = OpenModels.of(objects, progress)) {
                BenchmarkResult result = Benchmark.run(
                        models.models(),
                        problems,
                        guidance,
                        parameters.answers.checker(problems),
                        parameters.settings(),
                        progress);
                write(problems, result, in.getExecutionContext(), out);
                warn(result, problems, models.warnings(), parameters, out);
            }
        });
    }

    private static void write(List<Problem> problems, BenchmarkResult result, ExecutionContext exec, ExecuteOutput out)
            throws CanceledExecutionException {
        BufferedDataTable scores = EvaluationTables.SCORES.write(result.scores(), exec);
        out.setOutData(0, scores);
        out.setOutData(1, EvaluationTables.PREDICTIONS.write(result.predictions(), exec));
        Optional<Integer> port = PortGroups.outputsOfCurrentNode().optional(COMPARISONS);
        if (port.isPresent()) {
            out.setOutData(port.get(), EvaluationTables.COMPARISONS.write(result.comparisons(), exec));
        }
        out.setInternalData(
                scores,
                AnswersView.problems(problems, exec),
                AnswersView.answers(problems, result.predictions(), exec));
    }

    private static void warn(
            BenchmarkResult result,
            List<Problem> problems,
            List<String> ofModels,
            BenchmarkEvaluatorNodeParameters parameters,
            ExecuteOutput out) {
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
        List<String> warnings = new ArrayList<>(ofModels);
        parameters.answers.mismatch(problems).ifPresent(warnings::add);
        result.comparisons().stream()
                .filter(Comparison::harm)
                .map(Comparison::note)
                .forEach(warnings::add);
        if (cutOff.isPresent()) {
            warnings.add(cutOff.get());
        } else if (silent * 10 > result.predictions().size()) {
            warnings.add("No answer was found in " + silent + " of "
                    + result.predictions().size()
                    + " completions. Read some of them in the predictions: if the answer is written in"
                    + " another form, choose another 'Kind of answer'.");
        }
        if (!warnings.isEmpty()) {
            out.setWarningMessage(String.join("\n", warnings));
        }
    }
}

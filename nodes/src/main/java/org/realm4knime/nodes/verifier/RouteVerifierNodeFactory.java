package org.realm4knime.nodes.verifier;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.eaai.GuidedProblem;
import org.realm4knime.engine.eaai.SourceCheck;
import org.realm4knime.engine.model.PromptFormat;
import org.realm4knime.engine.mrpv.Contrasts;
import org.realm4knime.engine.mrpv.RouteVerifier;
import org.realm4knime.engine.mrpv.VerifiedRoute;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.route.Route;
import org.realm4knime.engine.supervised.VerificationExamples;
import org.realm4knime.nodes.job.EngineJob;
import org.realm4knime.nodes.job.Warnings;
import org.realm4knime.nodes.port.LanguageModelPortObject;
import org.realm4knime.nodes.port.PortGroups;
import org.realm4knime.nodes.port.Ports;
import org.realm4knime.nodes.table.ContrastTable;
import org.realm4knime.nodes.table.ExampleTable;
import org.realm4knime.nodes.table.ProblemTable;
import org.realm4knime.nodes.table.RouteTable;
import org.realm4knime.nodes.table.VerifiedRouteTable;
import org.realm4knime.nodes.view.ViewData;
import org.realm4knime.nodes.view.ViewPage;

/** The Route Verifier (MRPV): labels, scores, explains and contrasts the routes to each problem. */
public final class RouteVerifierNodeFactory extends DefaultNodeFactory {

    private static final String PROBLEMS = "Problems";
    private static final String ROUTES = "Routes";
    private static final String MODEL = "Model to train";
    private static final String VERIFIED = "Verified routes";
    private static final String CONTRASTS = "Contrasts";
    private static final String EXAMPLES = "Verification examples";
    /** Ids that a message names. */
    private static final int NAMED = 3;

    private static final DefaultNode NODE = DefaultNode.create()
            .name("Route Verifier (MRPV)")
            .icon("verifier.png")
            .shortDescription("Finds out which routes to a problem are right, which are wrong, and at which step.")
            .fullDescription(
                    """
                    <p>Multi-Route Process Verification (MRPV) judges the routes (chains of thought) that several
                    models wrote for each problem. A route is <i>positive</i> if its answer agrees with the reference
                    answer; for problems without one, the majority of the routes decides. Every calculation in a step
                    is recomputed, and the routes are compared step by step: a step that right routes take and wrong
                    ones do not earns credit. For each wrong route the <i>decisive step</i> is named, at which it went
                    wrong.</p>
                    <p>The contrasts set right and wrong routes side by side. The verification examples teach a model
                    to check routes itself: the prompt shows a problem with unlabelled routes, the completion says
                    which are wrong and where, and then solves the problem. Train on them with the Supervised Trainer
                    before reinforcement learning with the ReaLM Trainer. The examples can also leave the verdicts
                    out, or be the routes themselves as completions of the question alone, for training on right
                    routes (rejection fine-tuning) or on all of them.</p>
                    """)
            .sinceVersion(5, 8, 0)
            .dynamicPorts(p -> p.addInputPortGroup(
                            PROBLEMS, Ports.table(PROBLEMS, "The problems that the routes answer."))
                    .addInputPortGroup(
                            ROUTES,
                            Ports.table(
                                    ROUTES,
                                    "Routes, as the Multi-Route Rollout writes them: at least problem id and text."))
                    .addInputPortGroup(
                            MODEL,
                            Ports.optionalModel(
                                    MODEL,
                                    """
                                    The model that the verification examples are for. They are then written in its \
                                    own prompt format. Without a model they are written in a general one."""))
                    .addOutputPortGroup(
                            VERIFIED,
                            Ports.table(
                                    VERIFIED,
                                    "The routes with positive, verdict (right; right answer, wrong reason; wrong),"
                                            + " majority, process valid, process score, decisive step, reason and"
                                            + " step values."))
                    .addOutputPortGroup(
                            CONTRASTS,
                            Ports.table(
                                    CONTRASTS, "Pairs of a right and a wrong route, and the step at which they part."))
                    .addOutputPortGroup(
                            EXAMPLES,
                            Ports.table(
                                    EXAMPLES, "Training examples for checking routes: prompt, completion, weight.")))
            .model(m -> m.parametersClass(RouteVerifierNodeParameters.class)
                    .configure(RouteVerifierNodeFactory::configure)
                    .execute(RouteVerifierNodeFactory::execute))
            .addView(v -> v.withoutParameters()
                    .description("Right and wrong routes side by side, with the decisive step marked.")
                    .page(ViewPage.CONTRAST::page)
                    .initialData(d -> d.data(input -> ViewData.of(input, "pairs", "steps"))))
            .nodeType(NodeType.Manipulator)
            .keywords("process reward", "verification", "chain of thought", "MRPV", "reflection", "ReaLM");

    /** For KNIME. */
    public RouteVerifierNodeFactory() {
        super(NODE);
    }

    private static void configure(ConfigureInput in, ConfigureOutput out) throws InvalidSettingsException {
        RouteVerifierNodeParameters parameters = in.getParameters();
        PortGroups ports = PortGroups.ofCurrentNode();
        ProblemTable.check(in.getInTableSpec(ports.required(PROBLEMS)), parameters.problems);
        RouteTable.check(in.getInTableSpec(ports.required(ROUTES)));
        out.setOutSpecs(VerifiedRouteTable.SCHEMA.spec(), ContrastTable.SCHEMA.spec(), ExampleTable.SCHEMA.spec());
    }

    private static void execute(ExecuteInput in, ExecuteOutput out) throws CanceledExecutionException, KNIMEException {
        RouteVerifierNodeParameters parameters = in.getParameters();
        PortGroups ports = PortGroups.ofCurrentNode();
        ExecutionContext exec = in.getExecutionContext();
        EngineJob.run(exec, progress -> {
            List<Problem> problems = parameters.answers.asked(
                    ProblemTable.read(in.getInTable(ports.required(PROBLEMS)), parameters.problems, progress));
            List<Route> routes = RouteTable.read(in.getInTable(ports.required(ROUTES)), progress);
            AnswerChecker checker = parameters.answers.checker(problems);
            RouteVerifier verifier = new RouteVerifier(checker, parameters.settings());
            List<GuidedProblem> verified = verify(problems, routes, verifier, progress);
            List<ContrastTable.Entry> contrasts = contrasts(verified, parameters, progress);
            out.setOutData(
                    VerifiedRouteTable.SCHEMA.write(
                            verified.stream().flatMap(p -> p.routes().stream()).toList(), exec),
                    ContrastTable.SCHEMA.write(contrasts, exec),
                    ExampleTable.SCHEMA.write(
                            VerificationExamples.of(promptFormat(in, ports), verified, parameters.examples(), progress),
                            exec));
            out.setInternalData(ContrastView.tables(contrasts, exec));
            new Warnings()
                    .add(parameters.answers.mismatch(problems))
                    .add(SourceCheck.neverRight(verified).or(() -> SourceCheck.unread(verified, checker.labels())))
                    .add(strangers(problems, routes))
                    .add(parameters.contrastsPerProblem > 0 ? noContrast(contrasts) : Optional.empty())
                    .show(out);
        });
    }

    private static List<GuidedProblem> verify(
            List<Problem> problems, List<Route> routes, RouteVerifier verifier, Progress progress)
            throws CanceledJobException {
        Map<String, List<Route>> byProblem = RouteTable.byProblem(routes);
        List<GuidedProblem> verified = new ArrayList<>();
        for (Problem problem : problems) {
            progress.checkCanceled();
            List<VerifiedRoute> judged = verifier.verify(problem, byProblem.getOrDefault(problem.id(), List.of()));
            verified.add(new GuidedProblem(problem, judged));
            progress.report(
                    (double) verified.size() / problems.size(),
                    "Problem " + verified.size() + " of " + problems.size());
        }
        return verified;
    }

    private static List<ContrastTable.Entry> contrasts(
            List<GuidedProblem> verified, RouteVerifierNodeParameters parameters, Progress progress)
            throws CanceledJobException {
        return progress
                .each(
                        verified,
                        guided ->
                                Contrasts.of(guided.problem().id(), guided.routes(), parameters.contrastsPerProblem)
                                        .stream()
                                        .map(contrast -> new ContrastTable.Entry(guided.problem(), contrast))
                                        .toList())
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private static PromptFormat promptFormat(ExecuteInput in, PortGroups ports) {
        Optional<Integer> port = ports.optional(MODEL);
        if (port.isEmpty()) {
            return PromptFormat.general();
        }
        LanguageModelPortObject model = in.getInPortObject(port.get());
        return model.promptFormat();
    }

    private static Optional<String> noContrast(List<ContrastTable.Entry> contrasts) {
        return contrasts.isEmpty()
                ? Optional.of("No problem has both a right and a wrong route, so there is nothing to contrast. Draw"
                        + " more routes, from other models or at a higher temperature.")
                : Optional.empty();
    }

    private static Optional<String> strangers(List<Problem> problems, List<Route> routes) {
        Set<String> known = problems.stream().map(Problem::id).collect(Collectors.toSet());
        List<String> strangers = routes.stream()
                .map(Route::problemId)
                .distinct()
                .filter(id -> !known.contains(id))
                .toList();
        if (!strangers.isEmpty()) {
            String some = strangers.stream().limit(NAMED).collect(Collectors.joining("', '", "'", "'"));
            return Optional.of("The routes of " + strangers.size() + " problem ids were left out: no problem has"
                    + " that id (" + some + (strangers.size() > NAMED ? " and so on" : "") + "). Check that the id"
                    + " column of the problems is the one that the routes were drawn with.");
        }
        return Optional.empty();
    }
}

package org.realm4knime.nodes.distiller;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.realm4knime.engine.distill.DistillationResult;
import org.realm4knime.engine.distill.GuidedDistillation;
import org.realm4knime.engine.distill.Rationale;
import org.realm4knime.engine.eaai.GuidedProblem;
import org.realm4knime.engine.generate.TextGenerator;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.Rule;
import org.realm4knime.engine.supervised.SupervisedExample;
import org.realm4knime.engine.update.UsualRates;
import org.realm4knime.nodes.job.CheckpointFolder;
import org.realm4knime.nodes.job.EngineJob;
import org.realm4knime.nodes.job.Lesson;
import org.realm4knime.nodes.job.TrainingOutput;
import org.realm4knime.nodes.port.LanguageModelPortObject;
import org.realm4knime.nodes.port.LanguageModelPortObjectSpec;
import org.realm4knime.nodes.port.OpenModels;
import org.realm4knime.nodes.port.PortGroups;
import org.realm4knime.nodes.port.Ports;
import org.realm4knime.nodes.table.ExampleColumns;
import org.realm4knime.nodes.table.ExampleTable;
import org.realm4knime.nodes.table.ProblemTable;
import org.realm4knime.nodes.table.RuleTable;
import org.realm4knime.nodes.table.TrainingTables;
import org.realm4knime.nodes.table.VerifiedRouteTable;
import org.realm4knime.nodes.view.ViewData;
import org.realm4knime.nodes.view.ViewPage;

/** The Guided Distiller: domain rules become part of a model's weights. */
public final class GuidedDistillerNodeFactory extends DefaultNodeFactory {

    private static final String STUDENT = "Student";
    private static final String TEACHER = "Teacher";
    private static final String PROBLEMS = "Problems";
    private static final String RULES = "Rules";
    private static final String REPLAY = "Replay examples";
    private static final String ROUTES = "Verified routes";
    private static final String DISTILLED = "Distilled model";
    private static final String RATIONALES = "Accepted rationales";
    private static final String LOG = "Training log";
    private static final String LEARNED = "Rules learned";

    private static final DefaultNode NODE = DefaultNode.create()
            .name("Guided Distiller")
            .icon("distiller.png")
            .shortDescription("Teaches a model the rules of a domain, so that it knows them by itself.")
            .fullDescription(
                    """
                    <p>The teacher answers problems with the domain's rules in its prompt. Rationales with a wrong
                    answer are dropped, and also those that use no rule if you choose so. On the others the student is
                    trained <i>without</i> the rules in its prompt, so that they become part of its weights.</p>
                    <p>The teacher may be a larger model or the student itself: with the rules in view it knows more
                    than without. Replay examples keep the student from forgetting other skills.</p>
                    <p>Where verified routes are connected, the teacher is also asked with the routes of other models
                    beside the rules, and the student learns each rationale twice: as the answer to the question
                    alone, and as what follows verdicts on routes. So it learns to answer alike with help and
                    without.</p>
                    """)
            .sinceVersion(5, 8, 0)
            .dynamicPorts(
                    p -> p.addInputPortGroup(STUDENT, Ports.model(STUDENT, "The model to train."))
                            .addInputPortGroup(
                                    TEACHER,
                                    Ports.model(
                                            TEACHER,
                                            "The model that answers with the rules; may be the student itself, or an"
                                                    + " endpoint of the Language Model Connector."))
                            .addInputPortGroup(PROBLEMS, Ports.table(PROBLEMS, "Problems with reference answers."))
                            .addInputPortGroup(
                                    RULES,
                                    Ports.table(
                                            RULES,
                                            "Domain rules: a column text, and optionally id and applies to (the domain"
                                                    + " of the problems that a rule applies to). A domain without"
                                                    + " rules has a table without rows; right routes are learned then,"
                                                    + " and what the teacher finds unaided."))
                            .addInputPortGroup(
                                    REPLAY,
                                    Ports.optionalTable(
                                            REPLAY,
                                            "Training examples of other skills, to be mixed in: prompt, completion,"
                                                    + " weight."))
                            .addInputPortGroup(
                                    ROUTES,
                                    Ports.optionalTable(
                                            ROUTES, "Routes of other models: the Route Verifier's first output."))
                            .addOutputPortGroup(DISTILLED, Ports.model(DISTILLED, "The trained student."))
                            .addOutputPortGroup(
                                    RATIONALES,
                                    Ports.table(
                                            RATIONALES,
                                            "What the student was trained on: problem id, prompt, completion, answer,"
                                                    + " cited rules, source, hinted."))
                            .addOutputPortGroup(
                                    LOG,
                                    Ports.table(LOG, "A row for each step: loss, gradient norm, learning rate, speed."))
                            .addOutputPortGroup(
                                    LEARNED,
                                    Ports.table(
                                            LEARNED,
                                            """
                                    A row for each rule: on how many problems the student was asked, and its \
                                    accuracy without the rules before and after. The problems are those whose \
                                    accepted rationales cite the rule, at most 40; it was trained on them, so \
                                    measure other problems with the Benchmark Evaluator.""")))
            .model(m -> m.parametersClass(GuidedDistillerNodeParameters.class)
                    .configure(GuidedDistillerNodeFactory::configure)
                    .execute(GuidedDistillerNodeFactory::execute))
            .addView(v -> v.withoutParameters()
                    .description("Curves of the training log.")
                    .page(ViewPage.TRAINING::page)
                    .initialData(d -> d.data(input -> ViewData.of(input, "log"))))
            .nodeType(NodeType.Learner)
            .keywords(
                    "distillation", "rules", "domain knowledge", "context distillation", "LLM", "SLM", "LoRA", "ReaLM");

    /** For KNIME. */
    public GuidedDistillerNodeFactory() {
        super(NODE);
    }

    private static void configure(ConfigureInput in, ConfigureOutput out) throws InvalidSettingsException {
        GuidedDistillerNodeParameters parameters = in.getParameters();
        PortGroups ports = PortGroups.ofCurrentNode();
        LanguageModelPortObjectSpec student = in.getInPortSpec(ports.required(STUDENT));
        student.requireLocal(STUDENT);
        ProblemTable.check(in.getInTableSpec(ports.required(PROBLEMS)), parameters.problems);
        RuleTable.check(in.getInTableSpec(ports.required(RULES)));
        Optional<Integer> replay = ports.optional(REPLAY);
        if (replay.isPresent()) {
            ExampleTable.check(REPLAY, in.getInTableSpec(replay.get()), new ExampleColumns());
        }
        Optional<Integer> routes = ports.optional(ROUTES);
        if (routes.isPresent()) {
            VerifiedRouteTable.check(in.getInTableSpec(routes.get()));
        }
        out.setOutSpecs(
                student.trainedAs(parameters.name),
                TrainingTables.RATIONALES.spec(),
                TrainingTables.LOG.spec(),
                TrainingTables.LEARNED_RULES.spec());
    }

    private static void execute(ExecuteInput in, ExecuteOutput out) throws CanceledExecutionException, KNIMEException {
        GuidedDistillerNodeParameters parameters = in.getParameters();
        PortGroups ports = PortGroups.ofCurrentNode();
        LanguageModelPortObject student = in.getInPortObject(ports.required(STUDENT));
        LanguageModelPortObject teacher = in.getInPortObject(ports.required(TEACHER));
        EngineJob.run(in.getExecutionContext(), progress -> {
            List<Problem> problems = parameters.answers.asked(
                    ProblemTable.read(in.getInTable(ports.required(PROBLEMS)), parameters.problems, progress));
            List<GuidedProblem> guided = VerifiedRouteTable.join(problems, in, ports.optional(ROUTES), progress);
            List<Rule> rules = RuleTable.read(in.getInTable(ports.required(RULES)), progress);
            Optional<Integer> replayPort = ports.optional(REPLAY);
            ExampleColumns columns = new ExampleColumns();
            List<SupervisedExample> replay = replayPort.isEmpty()
                    ? List.of()
                    : columns.askedAs(
                            student.promptFormat(),
                            ExampleTable.read(REPLAY, in.getInTable(replayPort.get()), columns, progress));
            boolean replays = !replay.isEmpty();
            UsualRates usual = student.usualRates(parameters.lora.isAdapter());
            CheckpointFolder checkpoint = CheckpointFolder.of(
                    "guided-distiller",
                    List.of(
                            student.digest(),
                            teacher.digest(),
                            parameters.settings(replays, usual, null),
                            parameters.answers.summary(),
                            guided,
                            rules,
                            replay));
            try (LanguageModel pupil = student.open(progress);
                    TextGenerator guide = teacher.openToAsk(progress)) {
                DistillationResult result = TrainingOutput.train(
                        () -> GuidedDistillation.run(
                                pupil,
                                guide,
                                guided,
                                rules,
                                replay,
                                parameters.answers.checker(problems),
                                parameters.settings(replays, usual, checkpoint.prepare(parameters.checkpoint.resume)),
                                progress),
                        in.getExecutionContext(),
                        out);
                Map<Boolean, List<Rationale>> learned =
                        result.accepted().stream().collect(Collectors.partitioningBy(Rationale::isOfTeacher));
                Lesson lesson = Lesson.of(
                        "Guided Distiller, teacher " + teacher.getSpec().name(),
                        Map.of(
                                "problems", guided,
                                "rules", rules,
                                "answers of the teacher that were learned from", learned.get(true),
                                "right routes that were learned from", learned.get(false),
                                "replay examples", replay));
                TrainingOutput output = TrainingOutput.of(
                        student,
                        parameters.name,
                        pupil,
                        result.training().warning(warnings(result, parameters.answers.mismatch(problems), guide)),
                        lesson,
                        in.getExecutionContext(),
                        out,
                        progress);
                out.setOutData(
                        output.model(),
                        TrainingTables.RATIONALES.write(result.accepted(), in.getExecutionContext()),
                        output.log(),
                        TrainingTables.LEARNED_RULES.write(result.learned(), in.getExecutionContext()));
            }
            checkpoint.delete();
        });
    }

    /** What is worth a word beside what the training itself warns of. */
    private static List<String> warnings(DistillationResult result, Optional<String> mismatch, TextGenerator teacher) {
        List<String> warnings = new ArrayList<>(OpenModels.warnings(teacher));
        mismatch.ifPresent(warnings::add);
        boolean many =
                result.dropped() * 2 > result.drawn() && !result.accepted().isEmpty();
        if (many) {
            warnings.add("Of " + result.drawn() + " rationales " + result.wrongAnswer() + " had a wrong answer, "
                    + result.wrongReason() + " a wrong calculation, " + result.withoutRule()
                    + " cited no rule and " + result.flawed()
                    + " were not a solution in the form that was asked for. A stronger teacher or clearer"
                    + " rules would give more. If the teacher is the model itself, train it longer before this node.");
        }
        return warnings;
    }
}

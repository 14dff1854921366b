package org.realm4knime.nodes.realmtrainer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.eaai.GuidedProblem;
import org.realm4knime.engine.eaai.InductionSchedule;
import org.realm4knime.engine.eaai.SchedulePoint;
import org.realm4knime.engine.grpo.RealmTrainer;
import org.realm4knime.engine.grpo.Samplers;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.Rule;
import org.realm4knime.engine.train.TrainingResult;
import org.realm4knime.engine.update.UsualRates;
import org.realm4knime.nodes.job.CheckpointFolder;
import org.realm4knime.nodes.job.EngineJob;
import org.realm4knime.nodes.job.Lesson;
import org.realm4knime.nodes.job.TrainingOutput;
import org.realm4knime.nodes.port.LanguageModelPortObject;
import org.realm4knime.nodes.port.LanguageModelPortObjectSpec;
import org.realm4knime.nodes.port.PortGroups;
import org.realm4knime.nodes.port.Ports;
import org.realm4knime.nodes.table.ProblemTable;
import org.realm4knime.nodes.table.RuleTable;
import org.realm4knime.nodes.table.ScheduleTable;
import org.realm4knime.nodes.table.TrainingTables;
import org.realm4knime.nodes.table.VerifiedRouteTable;
import org.realm4knime.nodes.view.ViewData;
import org.realm4knime.nodes.view.ViewPage;

/** The ReaLM Trainer: reinforcement learning with external routes that fade away. */
public final class RealmTrainerNodeFactory extends DefaultNodeFactory {

    private static final String MODEL = "Model";
    private static final String PROBLEMS = "Problems";
    private static final String ROUTES = "Verified routes";
    private static final String SCHEDULE = "Schedule";
    private static final String RULES = "Rules";
    private static final String HELD_OUT = "Held-out problems";
    private static final String TRAINED = "Trained model";
    private static final String LOG = "Training log";
    private static final String COMPLETIONS = "Completions";

    /** Where no schedule is connected: the exponential one, with its last quarter without guidance. */
    private static final InductionSchedule DEFAULT_SCHEDULE = InductionSchedule.exponential(1, 1, 0.25);

    private static final int SCHEDULE_SAMPLES = 101;

    private static final DefaultNode NODE = DefaultNode.create()
            .name("ReaLM Trainer")
            .icon("realm_trainer.png")
            .shortDescription("Trains a model by reinforcement learning, with outside help that fades away.")
            .fullDescription(
                    """
                    <p>The model tries each problem several times; tries with a better reward than the others become
                    likelier (group-relative policy optimization, GRPO). At first, prompts show verified routes of
                    other models, right and wrong ones unlabelled, which the model has to check and contrast. Step by
                    step fewer are shown, until the model reasons on its own: that is EAAI, enabling autonomy via
                    asymptotic induction. After each step with routes, successful solutions are also trained without
                    them (<i>internalisation</i>).</p>
                    <p>The training watches itself: every ten steps held-out problems are answered without help, and
                    the weights that did best come out. If it goes wrong, it goes back to them with a lower learning
                    rate, or stops, and says what it saw.</p>
                    <p>Besides being shown, right routes can be put among the model's own tries, and the step at which
                    a right and a wrong route part can be contrasted; both are off at first (<i>Routes as
                    examples</i>).</p>
                    <p>Servers can write the tries while this machine trains: vLLM, or <tt>realm serve</tt> (<i>Servers
                    that write completions</i>).</p>
                    <p>Without verified routes this is plain GRPO. Without a schedule, guidance fades exponentially
                    and ends after three quarters of the training. The view shows whether the model learns: the
                    rewards with and without routes should come together, at a high level.</p>
                    """)
            .sinceVersion(5, 8, 0)
            .dynamicPorts(p -> p.addInputPortGroup(
                            MODEL, Ports.model(MODEL, "The model to train, best after a cold start."))
                    .addInputPortGroup(PROBLEMS, Ports.table(PROBLEMS, "Problems with reference answers."))
                    .addInputPortGroup(
                            ROUTES, Ports.optionalTable(ROUTES, "The first output of the Route Verifier (MRPV)."))
                    .addInputPortGroup(
                            SCHEDULE,
                            Ports.optionalTable(
                                    SCHEDULE, "How guidance fades: progress and guidance, both from 0 to 1."))
                    .addInputPortGroup(
                            RULES,
                            Ports.optionalTable(
                                    RULES, "Domain rules that part of the prompts carry, fading with the guidance."))
                    .addInputPortGroup(
                            HELD_OUT,
                            Ports.optionalTable(
                                    HELD_OUT,
                                    "Problems to watch the training by, with the columns of the problems. Best are"
                                            + " such as no node before was trained on. Where none are connected, a"
                                            + " share of the problems is held out."))
                    .addOutputPortGroup(TRAINED, Ports.model(TRAINED, "The trained model."))
                    .addOutputPortGroup(
                            LOG,
                            Ports.table(
                                    LOG,
                                    "A row for each step: loss, rewards, guidance, shares of truncated and of useless"
                                            + " completions, KL, entropy, gradient norm, learning rate, speed."))
                    .addOutputPortGroup(
                            COMPLETIONS,
                            Ports.table(
                                    COMPLETIONS, "A sample of what the model wrote in training, with its rewards.")))
            .model(m -> m.parametersClass(RealmTrainerNodeParameters.class)
                    .configure(RealmTrainerNodeFactory::configure)
                    .execute(RealmTrainerNodeFactory::execute))
            .addView(v -> v.withoutParameters()
                    .description("Curves of the training log: rewards with and without routes, guidance, loss and more;"
                            + " and step by step what the model wrote and what it earned.")
                    .page(ViewPage.TRAINING::page)
                    .initialData(d -> d.data(input -> ViewData.of(input, "log", "completions"))))
            .nodeType(NodeType.Learner)
            .keywords("reinforcement learning", "RL", "GRPO", "EAAI", "reasoning", "LLM", "SLM", "LoRA", "ReaLM");

    /** For KNIME. */
    public RealmTrainerNodeFactory() {
        super(NODE);
    }

    private static void configure(ConfigureInput in, ConfigureOutput out) throws InvalidSettingsException {
        RealmTrainerNodeParameters parameters = in.getParameters();
        PortGroups ports = PortGroups.ofCurrentNode();
        LanguageModelPortObjectSpec model = in.getInPortSpec(ports.required(MODEL));
        model.requireLocal(MODEL);
        ProblemTable.check(in.getInTableSpec(ports.required(PROBLEMS)), parameters.problems);
        Optional<Integer> routes = ports.optional(ROUTES);
        if (routes.isPresent()) {
            VerifiedRouteTable.check(in.getInTableSpec(routes.get()));
        }
        Optional<Integer> schedule = ports.optional(SCHEDULE);
        if (schedule.isPresent()) {
            ScheduleTable.check(in.getInTableSpec(schedule.get()));
        }
        Optional<Integer> rules = ports.optional(RULES);
        if (rules.isPresent()) {
            RuleTable.check(in.getInTableSpec(rules.get()));
        }
        Optional<Integer> heldOut = ports.optional(HELD_OUT);
        if (heldOut.isPresent()) {
            ProblemTable.check(in.getInTableSpec(heldOut.get()), parameters.problems);
        }
        if (schedule.isPresent() && routes.isEmpty() && rules.isEmpty()) {
            out.setWarningMessage("The schedule has no effect: there are neither verified routes nor rules to show.");
        }
        out.setOutSpecs(model.trainedAs(parameters.name), TrainingTables.LOG.spec(), TrainingTables.COMPLETIONS.spec());
    }

    private static void execute(ExecuteInput in, ExecuteOutput out) throws CanceledExecutionException, KNIMEException {
        RealmTrainerNodeParameters parameters = in.getParameters();
        PortGroups ports = PortGroups.ofCurrentNode();
        LanguageModelPortObject model = in.getInPortObject(ports.required(MODEL));
        EngineJob.run(in.getExecutionContext(), progress -> {
            List<Problem> problems = parameters.answers.asked(
                    ProblemTable.read(in.getInTable(ports.required(PROBLEMS)), parameters.problems, progress));
            List<GuidedProblem> guided = VerifiedRouteTable.join(problems, in, ports.optional(ROUTES), progress);
            List<GuidedProblem> heldOut = heldOut(in, ports, parameters, progress);
            List<SchedulePoint> schedule = schedule(in, ports);
            List<Rule> rules = RuleTable.read(in, ports.optional(RULES), progress);
            AnswerChecker checker = parameters.answers.checker(problems);
            UsualRates usual = model.usualRates(parameters.lora.isAdapter());
            CheckpointFolder checkpoint = CheckpointFolder.of(
                    "realm-trainer",
                    List.of(
                            model.digest(),
                            parameters.settings(usual, null),
                            parameters.answers.summary(),
                            guided,
                            heldOut,
                            schedule,
                            rules));
            Samplers samplers = parameters.servers.samplers();
            try (LanguageModel policy = model.open(progress)) {
                TrainingResult result = TrainingOutput.train(
                        () -> RealmTrainer.train(
                                policy,
                                guided,
                                heldOut,
                                InductionSchedule.fromPoints(schedule),
                                checker,
                                rules,
                                parameters.settings(usual, checkpoint.prepare(parameters.checkpoint.resume)),
                                samplers,
                                progress),
                        in.getExecutionContext(),
                        out);
                Lesson lesson = Lesson.of(
                        "ReaLM Trainer", Map.of("problems", guided, "held-out problems", heldOut, "rules", rules));
                TrainingOutput output = TrainingOutput.of(
                        model,
                        parameters.name,
                        policy,
                        result.warning(
                                parameters.answers.mismatch(problems).stream().toList()),
                        lesson,
                        in.getExecutionContext(),
                        out,
                        progress);
                BufferedDataTable completions =
                        TrainingTables.COMPLETIONS.write(result.completions(), in.getExecutionContext());
                out.setOutData(output.model(), output.log(), completions);
                out.setInternalData(output.log(), completions);
            }
            checkpoint.delete();
        });
    }

    private static List<GuidedProblem> heldOut(
            ExecuteInput in, PortGroups ports, RealmTrainerNodeParameters parameters, Progress progress)
            throws InvalidSettingsException, CanceledJobException {
        Optional<Integer> port = ports.optional(HELD_OUT);
        return port.isEmpty()
                ? List.of()
                : VerifiedRouteTable.join(
                        ProblemTable.read(in.getInTable(port.get()), parameters.problems, progress),
                        in,
                        ports.optional(ROUTES),
                        progress);
    }

    private static List<SchedulePoint> schedule(ExecuteInput in, PortGroups ports) throws InvalidSettingsException {
        Optional<Integer> port = ports.optional(SCHEDULE);
        return port.isEmpty()
                ? DEFAULT_SCHEDULE.points(SCHEDULE_SAMPLES)
                : ScheduleTable.read(in.getInTable(port.get()));
    }
}

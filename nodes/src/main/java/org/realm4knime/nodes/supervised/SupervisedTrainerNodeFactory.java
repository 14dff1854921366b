package org.realm4knime.nodes.supervised;

import java.util.List;
import java.util.Map;
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
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.PromptFormat;
import org.realm4knime.engine.problem.Rule;
import org.realm4knime.engine.supervised.SupervisedExample;
import org.realm4knime.engine.supervised.SupervisedTrainer;
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
import org.realm4knime.nodes.table.ExampleTable;
import org.realm4knime.nodes.table.RuleTable;
import org.realm4knime.nodes.table.TrainingTables;
import org.realm4knime.nodes.view.ViewData;
import org.realm4knime.nodes.view.ViewPage;

/** The Supervised Trainer: trains a model on prompts and completions. */
public final class SupervisedTrainerNodeFactory extends DefaultNodeFactory {

    private static final String MODEL = "Model";
    private static final String EXAMPLES = "Examples";
    private static final String REPLAY = "Replay examples";
    private static final String RULES = "Rules";
    private static final String TRAINED = "Trained model";
    private static final String LOG = "Training log";

    private static final DefaultNode NODE = DefaultNode.create()
            .name("Supervised Trainer")
            .icon("supervised.png")
            .shortDescription("Trains a language model to write given completions.")
            .fullDescription(
                    """
                    <p>Shows a language model prompts with the completions that should follow, and changes its weights
                    so that it writes them itself (supervised fine-tuning). Only the completions are learned, not the
                    prompts.</p>
                    <p>Uses: the <i>cold start</i> on the verification examples of the Route Verifier (MRPV), before
                    reinforcement learning; training on right routes (rejection fine-tuning); and the first training
                    of a new model. The input model is not changed: the trained one is a copy.</p>
                    """)
            .sinceVersion(5, 8, 0)
            .dynamicPorts(p -> p.addInputPortGroup(MODEL, Ports.model(MODEL, "The model to train."))
                    .addInputPortGroup(
                            EXAMPLES,
                            Ports.table(
                                    EXAMPLES,
                                    "Training examples: prompt, completion and, optionally, weight; or questions with"
                                            + " rationales."))
                    .addInputPortGroup(
                            REPLAY,
                            Ports.optionalTable(
                                    REPLAY,
                                    "Examples of other skills, mixed in so that they are not forgotten. They have the"
                                            + " same columns as the examples."))
                    .addInputPortGroup(
                            RULES,
                            Ports.optionalTable(
                                    RULES,
                                    "Rules of the domain: a column text. If connected, the model learns to use rules"
                                            + " that it is shown: each question, of the examples and of the replay"
                                            + " examples, is learned twice, as it is and with all rules in the prompt."
                                            + " Useful for a new model whose rules will be distilled. Prompts that are"
                                            + " complete already stay as they are."))
                    .addOutputPortGroup(TRAINED, Ports.model(TRAINED, "The trained model."))
                    .addOutputPortGroup(
                            LOG, Ports.table(LOG, "A row for each step: loss, gradient norm, learning rate, speed.")))
            .model(m -> m.parametersClass(SupervisedTrainerNodeParameters.class)
                    .configure(SupervisedTrainerNodeFactory::configure)
                    .execute(SupervisedTrainerNodeFactory::execute))
            .addView(v -> v.withoutParameters()
                    .description("Curves of the training log.")
                    .page(ViewPage.TRAINING::page)
                    .initialData(d -> d.data(input -> ViewData.of(input, "log"))))
            .nodeType(NodeType.Learner)
            .keywords("fine-tuning", "SFT", "RFT", "cold start", "LLM", "SLM", "LoRA", "ReaLM");

    /** For KNIME. */
    public SupervisedTrainerNodeFactory() {
        super(NODE);
    }

    private static void configure(ConfigureInput in, ConfigureOutput out) throws InvalidSettingsException {
        SupervisedTrainerNodeParameters parameters = in.getParameters();
        PortGroups ports = PortGroups.ofCurrentNode();
        LanguageModelPortObjectSpec model = in.getInPortSpec(ports.required(MODEL));
        model.requireLocal(MODEL);
        ExampleTable.check("examples", in.getInTableSpec(ports.required(EXAMPLES)), parameters.examples);
        Optional<Integer> replay = ports.optional(REPLAY);
        if (replay.isPresent()) {
            ExampleTable.check("replay examples", in.getInTableSpec(replay.get()), parameters.examples);
        }
        Optional<Integer> rules = ports.optional(RULES);
        if (rules.isPresent()) {
            RuleTable.check(in.getInTableSpec(rules.get()));
            parameters.examples.checkRulesShown();
        }
        out.setOutSpecs(model.trainedAs(parameters.name), TrainingTables.LOG.spec());
    }

    private static void execute(ExecuteInput in, ExecuteOutput out) throws CanceledExecutionException, KNIMEException {
        SupervisedTrainerNodeParameters parameters = in.getParameters();
        PortGroups ports = PortGroups.ofCurrentNode();
        LanguageModelPortObject model = in.getInPortObject(ports.required(MODEL));
        EngineJob.run(in.getExecutionContext(), progress -> {
            PromptFormat format = model.promptFormat();
            List<Rule> rules = RuleTable.read(in, ports.optional(RULES), progress);
            List<SupervisedExample> examples = parameters.examples.askedAs(
                    format,
                    ExampleTable.read(
                            "examples", in.getInTable(ports.required(EXAMPLES)), parameters.examples, progress),
                    rules);
            Optional<Integer> replayPort = ports.optional(REPLAY);
            List<SupervisedExample> replay = replayPort.isEmpty()
                    ? List.of()
                    : parameters.examples.askedAs(
                            format,
                            ExampleTable.read(
                                    "replay examples", in.getInTable(replayPort.get()), parameters.examples, progress),
                            rules);
            boolean replays = !replay.isEmpty();
            UsualRates usual = model.usualRates(parameters.lora.isAdapter());
            CheckpointFolder checkpoint = CheckpointFolder.of(
                    "supervised-trainer",
                    List.of(model.digest(), parameters.settings(replays, usual, null), examples, replay));
            try (LanguageModel policy = model.open(progress)) {
                TrainingResult result = TrainingOutput.train(
                        () -> SupervisedTrainer.train(
                                policy,
                                examples,
                                replay,
                                parameters.settings(replays, usual, checkpoint.prepare(parameters.checkpoint.resume)),
                                progress),
                        in.getExecutionContext(),
                        out);
                Lesson lesson = Lesson.of(
                        "Supervised Trainer", Map.of("examples", examples, "replay examples", replay, "rules", rules));
                TrainingOutput output = TrainingOutput.of(
                        model, parameters.name, policy, result, lesson, in.getExecutionContext(), out, progress);
                out.setOutData(output.model(), output.log());
            }
            checkpoint.delete();
        });
    }
}

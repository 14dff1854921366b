package org.realm4knime.nodes.distiller;

import java.nio.file.Path;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.knime.node.parameters.widget.text.TextInputWidget;
import org.realm4knime.engine.distill.DistillationSettings;
import org.realm4knime.engine.supervised.ExampleKind;
import org.realm4knime.engine.supervised.SupervisedSettings;
import org.realm4knime.engine.train.RunSettings;
import org.realm4knime.engine.update.UsualRates;
import org.realm4knime.nodes.parameters.AnswerParameters;
import org.realm4knime.nodes.parameters.Bounds;
import org.realm4knime.nodes.parameters.CheckpointParameters;
import org.realm4knime.nodes.parameters.EngineValidation;
import org.realm4knime.nodes.parameters.GenerationParameters;
import org.realm4knime.nodes.parameters.LengthParameters;
import org.realm4knime.nodes.parameters.LoraParameters;
import org.realm4knime.nodes.parameters.OptimizerParameters;
import org.realm4knime.nodes.parameters.Sections;
import org.realm4knime.nodes.parameters.Solutions;
import org.realm4knime.nodes.table.ProblemColumns;

/** Settings of the Guided Distiller. */
final class GuidedDistillerNodeParameters implements NodeParameters {

    enum Taught {
        @Label(
                value = "As answers to the question alone",
                description = "Routes, where they are connected, only help the teacher.")
        ALONE(ExampleKind.ROUTE_ALONE),
        @Label(
                value = "Also after verdicts on routes",
                description =
                        "A second time with routes in the prompt, as verdicts on them and then the rationale (MRPV).")
        AFTER_VERDICTS(ExampleKind.VERDICTS_AND_SOLUTION),
        @Label(
                value = "Also as answers from routes",
                description = "A second time with routes in the prompt, without a word about them.")
        FROM_ROUTES(ExampleKind.SOLUTION_FROM_ROUTES);

        private final ExampleKind engine;

        Taught(ExampleKind engine) {
            this.engine = engine;
        }
    }

    private static final double TEACHER_TEMPERATURE = 0.7;

    @Layout(Sections.Input.class)
    ProblemColumns problems;

    @Layout(Sections.Input.class)
    AnswerParameters answers = new AnswerParameters();

    @Layout(Sections.Main.class)
    @Widget(
            title = "Name of the distilled model",
            description = "A short name for the distilled model in tables and charts.")
    String name = "distilled";

    @Layout(Sections.Main.class)
    @Widget(
            title = "Rationales per problem",
            description =
                    "How many rationales the teacher writes for each problem. Those with a wrong answer are dropped,"
                            + " equal ones kept once.",
            advanced = true)
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int rationalesPerProblem = 4;

    @Layout(Sections.Main.class)
    @Widget(
            title = "Require a cited rule",
            description =
                    "Drop rationales that use none of the rules although one applies. A rationale uses a rule if it"
                            + " names its id, or repeats its numbers together with one of its words.",
            advanced = true)
    boolean requireRuleCitation;

    @Layout(Sections.Main.class)
    @Widget(
            title = "Accepted rationales",
            description = "Which rationales with the right answer are kept.",
            advanced = true)
    @Migrate(loadDefaultIfAbsent = true)
    Solutions accepted = Solutions.SOUND;

    @Layout(Sections.Main.class)
    @Widget(
            title = "Hint for failed problems",
            description =
                    """
                    If a problem gave no rationale, the teacher tries it a second time with this text after the \
                    rules. {answer} stands for the reference answer: 'The right answer is {answer}.' Such rationales \
                    are marked as hinted. A teacher may then repeat the answer without a reason, so require a cited \
                    rule and accept only sound rationales. Leave it empty for no second try.""",
            advanced = true)
    @TextInputWidget(placeholder = "The right answer is {answer}.")
    @Migrate(loadDefaultIfAbsent = true)
    String hint = "";

    @Layout(Sections.Main.class)
    @Widget(
            title = "Ask with routes too",
            description =
                    """
                    If verified routes are connected, the teacher answers each problem as many times again with \
                    routes beside the rules.""",
            advanced = true)
    @Migrate(loadDefaultIfAbsent = true)
    boolean askWithRoutes = true;

    @Layout(Sections.Main.class)
    @Widget(
            title = "How rationales are learned",
            description = "Which prompts the student sees, where verified routes are connected.",
            advanced = true)
    @Migrate(loadDefaultIfAbsent = true)
    Taught taught = Taught.AFTER_VERDICTS;

    @Layout(Sections.Main.class)
    @Widget(
            title = "Most routes in a prompt",
            description = "How many verified routes a prompt shows, of those that its problem has.",
            advanced = true)
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Migrate(loadDefaultIfAbsent = true)
    int routesShown = 3;

    @Layout(Sections.Main.class)
    @Widget(
            title = "Learn right routes too",
            description =
                    """
                    If verified routes are connected, those that are right are learned beside the teacher's \
                    rationales, by the same checks. They also answer problems that the teacher misses. On is usual. \
                    Switch it off to learn only what the teacher wrote.""",
            advanced = true)
    @Migrate(loadDefaultIfAbsent = true)
    boolean learnRoutes; // off in workflows of before there was a choice

    @Layout(Sections.Main.class)
    @Widget(
            title = "Share of token distributions",
            description =
                    """
                    How much the student learns from the teacher's probabilities of all tokens at each place of a \
                    rationale, as against the rationale's tokens alone. The teacher reads the rules meanwhile. 0 is \
                    usual and faster; 1 learns from the probabilities only. Above 0 the teacher must have the \
                    student's tokenizer, or be the student itself.""",
            advanced = true)
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = Bounds.AtMostOne.class)
    @Migrate(loadDefaultIfAbsent = true)
    double distributionShare;

    @Layout(Sections.Main.class)
    @Migrate(loadDefaultIfAbsent = true)
    LengthParameters length = new LengthParameters();

    @Layout(Sections.Main.class)
    @Widget(
            title = "Steps",
            description =
                    "How often the student is changed. Steps x batch size / number of rationales is how often it sees"
                            + " each of them; two to four times is usual.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = LengthParameters.InSteps.class, type = Effect.EffectType.SHOW)
    int steps = SupervisedSettings.DEFAULT.run().steps();

    @Layout(Sections.Main.class)
    @Widget(title = "Batch size", description = "Rationales that the student learns from in one step.", advanced = true)
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int batchSize = SupervisedSettings.DEFAULT.batchSize();

    @Layout(Sections.Main.class)
    @Widget(
            title = "Learning rate",
            description = "How far one step changes the student. 0, the usual value, chooses it by the student's size:"
                    + " 0.0005 for up to 20 million weights, 0.00005 for up to a billion, 0.00002 for more, and"
                    + " ten times as much for LoRA, but at most 0.002. The training log shows the rate. If the loss"
                    + " rises or jumps, set a third of it.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = Bounds.AtMostLearningRate.class)
    double learningRate;

    @Layout(Sections.Main.class)
    @Widget(
            title = "Replay share",
            description =
                    "Share of each batch that is taken from the replay examples, if that input is connected. It keeps"
                            + " the student from forgetting other skills.",
            advanced = true)
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = Bounds.AtMostOne.class)
    double replayShare = SupervisedSettings.DEFAULT.replayShare();

    @Layout(Sections.Lora.class)
    @Migrate(loadDefaultIfAbsent = true)
    LoraParameters lora = new LoraParameters();

    @Layout(Sections.Teacher.class)
    GenerationParameters generation = new GenerationParameters(TEACHER_TEMPERATURE);

    @Layout(Sections.Expert.class)
    @Widget(
            title = "Rationales computed at once",
            description =
                    """
                    The largest number of rationales that are computed together. 0, the usual value, chooses it for \
                    you. Lower it if memory runs out: the result stays the same.""")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int microBatchSize;

    @Layout(Sections.Expert.class)
    OptimizerParameters optimizer = new OptimizerParameters();

    @Layout(Sections.Expert.class)
    CheckpointParameters checkpoint = new CheckpointParameters();

    GuidedDistillerNodeParameters() {
        problems = new ProblemColumns();
    }

    GuidedDistillerNodeParameters(NodeParametersInput input) {
        problems = new ProblemColumns(input);
        learnRoutes = true;
    }

    /**
     * Settings for the engine.
     *
     * @param replay whether replay examples are connected
     * @param usual learning rates that are usual for the student
     * @param checkpointFolder where checkpoints go, or null
     */
    DistillationSettings settings(boolean replay, UsualRates usual, Path checkpointFolder) {
        SupervisedSettings training = new SupervisedSettings(
                RunSettings.of(steps, generation.seed).withCheckpoints(checkpointFolder, checkpoint.everySteps),
                batchSize,
                microBatchSize,
                optimizer.settings(UsualRates.chosen(learningRate, usual.supervised())),
                lora.settings(),
                replay ? replayShare : 0,
                length.epochs());
        return new DistillationSettings(
                rationalesPerProblem,
                generation.sampling(),
                requireRuleCitation,
                accepted.engine(),
                hint,
                askWithRoutes,
                taught.engine,
                routesShown,
                learnRoutes,
                distributionShare,
                generation.batchSize,
                training);
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Bounds.atLeast("Learning rate", learningRate, 0);
        Bounds.atMost("Learning rate", learningRate, Bounds.MAX_LEARNING_RATE);
        answers.check();
        length.check();
        lora.check();
        Bounds.atLeast("Rationales per problem", rationalesPerProblem, 1);
        generation.check();
        EngineValidation.check(() -> settings(true, EngineValidation.ANY_RATES, null));
    }
}

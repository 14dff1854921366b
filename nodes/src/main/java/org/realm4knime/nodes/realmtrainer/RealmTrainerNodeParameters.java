package org.realm4knime.nodes.realmtrainer;

import java.nio.file.Path;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.message.TextMessage;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.realm4knime.engine.eaai.GuidanceDraw;
import org.realm4knime.engine.grpo.GrpoSettings;
import org.realm4knime.engine.grpo.GuidanceNeed;
import org.realm4knime.engine.grpo.GuidanceSettings;
import org.realm4knime.engine.grpo.InternalisationSettings;
import org.realm4knime.engine.grpo.RolloutSettings;
import org.realm4knime.engine.grpo.TeachingSettings;
import org.realm4knime.engine.train.RunSettings;
import org.realm4knime.engine.update.UsualRates;
import org.realm4knime.nodes.parameters.AnswerParameters;
import org.realm4knime.nodes.parameters.Bounds;
import org.realm4knime.nodes.parameters.CheckpointParameters;
import org.realm4knime.nodes.parameters.EngineValidation;
import org.realm4knime.nodes.parameters.LoraParameters;
import org.realm4knime.nodes.parameters.OptimizerParameters;
import org.realm4knime.nodes.parameters.Solutions;
import org.realm4knime.nodes.table.ProblemColumns;

/** Settings of the ReaLM Trainer. */
final class RealmTrainerNodeParameters implements NodeParameters {

    @Section(title = "Problems")
    interface ProblemSection {}

    @Section(title = "Training")
    @After(ProblemSection.class)
    interface TrainingSection {}

    @Section(title = "LoRA")
    @After(TrainingSection.class)
    interface LoraSection {}

    @Section(title = "Guidance")
    @Advanced
    @After(LoraSection.class)
    interface GuidanceSection {}

    @Section(title = "Routes as examples")
    @Advanced
    @After(GuidanceSection.class)
    interface TeachingSection {}

    @Section(title = "Rewards")
    @Advanced
    @After(TeachingSection.class)
    interface RewardSection {}

    @Section(title = "Watching the training")
    @Advanced
    @After(RewardSection.class)
    interface WatchSection {}

    @Section(title = "Reinforcement learning")
    @Advanced
    @After(WatchSection.class)
    interface PolicySection {}

    @Section(title = "Optimizer and checkpoints")
    @Advanced
    @After(PolicySection.class)
    interface OptimizerSection {}

    @Section(title = "Servers that write completions")
    @Advanced
    @After(OptimizerSection.class)
    interface ServersSection {}

    enum Draw {
        @Label(
                value = "Each route by itself",
                description = "Each route is shown with the probability of the guidance.")
        EACH(GuidanceDraw.EACH),
        @Label(
                value = "All or none",
                description = "All routes are shown with the probability of the guidance, else none.")
        ALL_OR_NONE(GuidanceDraw.ALL_OR_NONE),
        @Label(value = "Evenly", description = "All prompts show about the same number of routes.")
        EVEN(GuidanceDraw.EVEN);

        private final GuidanceDraw engine;

        Draw(GuidanceDraw engine) {
            this.engine = engine;
        }
    }

    enum Need {
        @Label(value = "All alike", description = "All problems are guided at the rate of the schedule.")
        ALL_ALIKE(GuidanceNeed.ALL_ALIKE),
        @Label(
                value = "Those not solved alone",
                description =
                        """
                        The more of a problem's last tries without help were right, the less it is guided. A problem \
                        that the model solves alone is shown nothing.""")
        UNSOLVED(GuidanceNeed.UNSOLVED);

        private final GuidanceNeed engine;

        Need(GuidanceNeed engine) {
            this.engine = engine;
        }
    }

    @Layout(ProblemSection.class)
    ProblemColumns problems;

    @Layout(ProblemSection.class)
    AnswerParameters answers = new AnswerParameters();

    @Layout(TrainingSection.class)
    @Widget(
            title = "Name of the trained model",
            description = "A short name for the trained model in tables and charts.")
    String name = "trained";

    @Layout(TrainingSection.class)
    @Widget(title = "Steps", description = "How often the model is changed.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @ValueReference(RealmOutlook.StepsReference.class)
    int steps = GrpoSettings.DEFAULT.run().steps();

    @Layout(TrainingSection.class)
    @Widget(
            title = "Problems per step",
            description =
                    "How many problems the model tries in one step. 8 is usual; with tries per problem it gives the"
                            + " number of completions of a step, which other programs call the batch size.",
            advanced = true)
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @ValueReference(RealmOutlook.PromptsReference.class)
    int promptsPerStep = RolloutSettings.DEFAULT.promptsPerStep();

    @Layout(TrainingSection.class)
    @Widget(
            title = "Tries per problem",
            description =
                    "How many completions the model writes for each problem of a step. It learns from what sets the"
                            + " better ones of this group apart from the worse. 8 is usual. Other programs call it"
                            + " num_generations or group size.",
            advanced = true)
    @NumberInputWidget(minValidation = Bounds.AtLeastTwo.class)
    @ValueReference(RealmOutlook.GroupReference.class)
    int groupSize = RolloutSettings.DEFAULT.groupSize();

    @Layout(TrainingSection.class)
    @Widget(
            title = "Maximum new tokens",
            description =
                    "Longest completion; a token is about three quarters of a word. If the training log shows many"
                            + " truncated completions, raise it.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @ValueReference(RealmOutlook.LengthReference.class)
    int maxNewTokens = RolloutSettings.DEFAULT.maxNewTokens();

    @Layout(TrainingSection.class)
    @TextMessage(RealmOutlook.class)
    Void outlook;

    @Layout(TrainingSection.class)
    @Widget(
            title = "Temperature",
            description =
                    "How freely the model tries things out. Too low, and all tries are the same; too high, and they are"
                            + " nonsense.",
            advanced = true)
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    double temperature = RolloutSettings.DEFAULT.temperature();

    @Layout(TrainingSection.class)
    @Widget(
            title = "Learning rate",
            description =
                    "How far one step changes the model. 0, the usual value, chooses it by the model's size: 0.0002 for"
                            + " up to 20 million weights, 0.00001 for up to a billion, 0.000002 for more, and ten times"
                            + " as much for LoRA. The training log shows the rate. If the reward breaks down, set a"
                            + " third of it.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = Bounds.AtMostLearningRate.class)
    double learningRate;

    @Layout(TrainingSection.class)
    @Widget(title = "Seed", description = "The same seed, settings and input give the same model.", advanced = true)
    long seed = GrpoSettings.DEFAULT.run().seed();

    @Layout(GuidanceSection.class)
    @Widget(
            title = "Most routes in a prompt",
            description = "How many external routes a prompt shows at full guidance, of those that its problem has.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Migrate(loadDefaultIfAbsent = true)
    int routesPerPrompt = GuidanceSettings.DEFAULT.routesPerPrompt();

    @Layout(GuidanceSection.class)
    @Widget(
            title = "How guidance is drawn",
            description =
                    "How many of these routes a prompt shows as guidance fades. All or none is usual: a prompt then"
                            + " looks like those that the model has learned from and will be asked. The other ways"
                            + " show prompts with fewer routes, which a model that has never seen any answers badly.")
    @Migrate(loadDefaultIfAbsent = true)
    Draw guidanceDraw = Draw.ALL_OR_NONE;

    @Layout(GuidanceSection.class)
    @Widget(
            title = "Guided problems",
            description = "Which problems are guided. The schedule is the most that any of them is.")
    @Migrate(loadDefaultIfAbsent = true)
    Need guidanceNeed = Need.ALL_ALIKE;

    @Layout(GuidanceSection.class)
    @Widget(
            title = "Internalisation",
            description = "How what routes and rules taught is carried over to the problem without them.")
    @Migrate(loadDefaultIfAbsent = true)
    Carried internalisation = Carried.SOLUTIONS;

    @Layout(GuidanceSection.class)
    @Widget(
            title = "Internalisation weight",
            description =
                    "After a step with external routes, successful solutions are also trained on the problem without"
                            + " them, so that what the routes taught stays when they are gone. 0 switches it off;"
                            + " without it little carries over.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    double internalisationWeight = InternalisationSettings.DEFAULT.weight();

    @Layout(GuidanceSection.class)
    @Widget(
            title = "Internalisation learning rate",
            description =
                    "How far internalisation changes the model in a step. 0, the usual value, goes by the learning"
                            + " rate: half of it for up to 20 million weights, twice as much above.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = Bounds.AtMostLearningRate.class)
    double internalisationLearningRate;

    @Layout(GuidanceSection.class)
    @Widget(
            title = "Weight of right routes",
            description =
                    "Beside its own tries the model learns right routes of the problems of a step, after verdicts on"
                            + " all their routes and alone. This holds the form of its answers in place. Where most"
                            + " tries lack the form, a step teaches nothing else. 0.3 is usual. Raise it if the form"
                            + " breaks down. 0 switches it off.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Migrate(loadDefaultIfAbsent = true)
    double anchorWeight = TeachingSettings.DEFAULT.anchorWeight();

    @Layout(GuidanceSection.class)
    @Widget(
            title = "Taught solutions",
            description =
                    "Which right solutions are taught directly: by internalisation, and external routes as examples."
                            + " Sound ones are usual.")
    @Migrate(loadDefaultIfAbsent = true)
    Solutions taught = Solutions.SOUND;

    @Layout(GuidanceSection.class)
    @Widget(
            title = "Share of prompts with rules",
            description = "If rules are connected: the share of prompts that carry the rules of their problem at full"
                    + " guidance. It fades together with the guidance.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = Bounds.AtMostOne.class)
    double rulesShare = GuidanceSettings.DEFAULT.rulesShare();

    @Layout(GuidanceSection.class)
    @Widget(
            title = "Largest share of guided prompts",
            description =
                    "Most of a step's prompts that may show routes, whatever the guidance. Below 1 some problems are"
                            + " always tried without routes, so that the model learns to do without them from the"
                            + " beginning.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = Bounds.AtMostOne.class)
    @Migrate(loadDefaultIfAbsent = true)
    double guidedShare = GuidanceSettings.DEFAULT.guidedShare();

    @Layout(TeachingSection.class)
    @Migrate(loadDefaultIfAbsent = true)
    TeachingParameters teaching = new TeachingParameters();

    @Layout(RewardSection.class)
    RewardParameters rewards = new RewardParameters();

    @Layout(WatchSection.class)
    @Migrate(loadDefaultIfAbsent = true)
    WatchParameters watch = new WatchParameters();

    @Layout(LoraSection.class)
    @Migrate(loadDefaultIfAbsent = true)
    LoraParameters lora = new LoraParameters();

    @Layout(PolicySection.class)
    PolicyParameters policy = new PolicyParameters();

    @Layout(OptimizerSection.class)
    OptimizerParameters optimizer = new OptimizerParameters();

    @Layout(OptimizerSection.class)
    CheckpointParameters checkpoint = new CheckpointParameters();

    @Layout(ServersSection.class)
    @Migrate(loadDefaultIfAbsent = true)
    ServersParameters servers = new ServersParameters();

    RealmTrainerNodeParameters() {
        problems = new ProblemColumns();
    }

    RealmTrainerNodeParameters(NodeParametersInput input) {
        problems = new ProblemColumns(input);
    }

    /**
     * Settings for the engine.
     *
     * @param usual learning rates that are usual for the model
     * @param checkpointFolder where checkpoints go, or null
     */
    GrpoSettings settings(UsualRates usual, Path checkpointFolder) {
        double rate = UsualRates.chosen(learningRate, usual.policy());
        return new GrpoSettings(
                RunSettings.of(steps, seed).withCheckpoints(checkpointFolder, checkpoint.everySteps),
                rollout(),
                rewards.settings(),
                policy.loss(),
                policy.update(),
                guidance(),
                teaching(rate * usual.internalisation() / usual.policy()),
                optimizer.settings(rate),
                lora.settings(),
                watch.settings());
    }

    private RolloutSettings rollout() {
        return RolloutSettings.DEFAULT
                .withGroups(promptsPerStep, groupSize)
                .withMaxNewTokens(maxNewTokens)
                .withTemperature(temperature)
                .withResampling(policy.resampleZeroVariance);
    }

    private GuidanceSettings guidance() {
        return GuidanceSettings.DEFAULT
                .withRoutesPerPrompt(routesPerPrompt)
                .withRulesShare(rulesShare)
                .withGuidedShare(guidedShare)
                .withDraw(guidanceDraw.engine)
                .withNeed(guidanceNeed.engine);
    }

    private TeachingSettings teaching(double usualRate) {
        InternalisationSettings carried = new InternalisationSettings(
                internalisation.engine(),
                internalisationWeight,
                UsualRates.chosen(internalisationLearningRate, usualRate));
        return new TeachingSettings(taught.engine(), carried, anchorWeight, teaching.settings());
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Bounds.atLeast("Learning rate", learningRate, 0);
        Bounds.atMost("Learning rate", learningRate, Bounds.MAX_LEARNING_RATE);
        Bounds.atMost("Internalisation learning rate", internalisationLearningRate, Bounds.MAX_LEARNING_RATE);
        answers.check();
        lora.check();
        servers.check();
        EngineValidation.check(() -> settings(EngineValidation.ANY_RATES, null));
    }
}

package org.realm4knime.engine.train;

import java.nio.file.Path;
import org.realm4knime.engine.eaai.GuidanceDraw;
import org.realm4knime.engine.model.LoraSettings;
import org.realm4knime.engine.mrpv.Positives;

/**
 * Sets up {@link GrpoSettings} by name. What is not set has a default that suits a small model: eight prompts of eight
 * completions a step, advantages without division by the group's deviation, a loss over all tokens, a small reward for
 * right verdicts on routes, and internalisation. The meaning and range of each value are those of {@link GrpoSettings}.
 */
public final class GrpoSettingsBuilder {

    private int steps = 100;
    private int promptsPerStep = 8;
    private int groupSize = 8;
    private int maxNewTokens = 512;
    private double temperature = 1;
    private AdvantageKind advantage = AdvantageKind.LENGTH_WEIGHTED;
    private LossKind loss = LossKind.TOKEN;
    private double clipLow = 0.2;
    private double clipHigh = 0.28;
    private double klCoefficient;
    private double maxStepKl = 1e-3;
    private double outcomeWeight = 1;
    private double processWeight = 0.1;
    private double formatWeight;
    private Positives rewarded = Positives.RIGHT_ANSWER;
    private Positives taught = Positives.RIGHT_ANSWER;
    private boolean maskTruncated = false;
    private boolean resampleZeroVariance = false;
    private int miniBatches = 1;
    private int epochs = 1;
    private double internalisationWeight = 1;
    private InternalisationKind internalisation = InternalisationKind.SOLUTIONS;
    private double internalisationLearningRate = 2e-5;
    private double anchorWeight = 0.3;
    private OptimizerSettings optimizer = OptimizerSettings.of(1e-5);
    private LoraSettings lora;
    private int microBatchSize;
    private double fadeRules;
    private int routesPerPrompt = 3;
    private double guidedShare = 1;
    private GuidanceDraw guidanceDraw = GuidanceDraw.ALL_OR_NONE;
    private GuidanceNeed guidanceNeed = GuidanceNeed.ALL_ALIKE;
    private RouteTeaching teaching = RouteTeaching.NONE;
    private WatchSettings watch = WatchSettings.DEFAULT;
    private long seed = 1;
    private Path checkpointFolder;
    private int checkpointEvery;

    GrpoSettingsBuilder() {}

    GrpoSettingsBuilder(GrpoSettings settings) {
        steps = settings.steps();
        promptsPerStep = settings.promptsPerStep();
        groupSize = settings.groupSize();
        maxNewTokens = settings.maxNewTokens();
        temperature = settings.temperature();
        advantage = settings.advantage();
        loss = settings.loss();
        clipLow = settings.clipLow();
        clipHigh = settings.clipHigh();
        klCoefficient = settings.klCoefficient();
        maxStepKl = settings.maxStepKl();
        outcomeWeight = settings.outcomeWeight();
        processWeight = settings.processWeight();
        formatWeight = settings.formatWeight();
        rewarded = settings.rewarded();
        taught = settings.taught();
        maskTruncated = settings.maskTruncated();
        resampleZeroVariance = settings.resampleZeroVariance();
        miniBatches = settings.miniBatches();
        epochs = settings.epochs();
        internalisationWeight = settings.internalisationWeight();
        internalisation = settings.internalisation();
        internalisationLearningRate = settings.internalisationLearningRate();
        anchorWeight = settings.anchorWeight();
        optimizer = settings.optimizer();
        lora = settings.lora();
        microBatchSize = settings.microBatchSize();
        fadeRules = settings.fadeRules();
        routesPerPrompt = settings.routesPerPrompt();
        guidedShare = settings.guidedShare();
        guidanceDraw = settings.guidanceDraw();
        guidanceNeed = settings.guidanceNeed();
        teaching = settings.teaching();
        watch = settings.watch();
        seed = settings.seed();
        checkpointFolder = settings.checkpointFolder();
        checkpointEvery = settings.checkpointEvery();
    }

    /** Sets optimizer steps, at least 1. */
    public GrpoSettingsBuilder steps(int value) {
        steps = value;
        return this;
    }

    /** Sets groups a step, at least 1. */
    public GrpoSettingsBuilder promptsPerStep(int value) {
        promptsPerStep = value;
        return this;
    }

    /** Sets completions of a prompt, at least 2. */
    public GrpoSettingsBuilder groupSize(int value) {
        groupSize = value;
        return this;
    }

    /** Sets longest completion, in tokens. */
    public GrpoSettingsBuilder maxNewTokens(int value) {
        maxNewTokens = value;
        return this;
    }

    /** Sets sampling temperature, above 0. */
    public GrpoSettingsBuilder temperature(double value) {
        temperature = value;
        return this;
    }

    /** Sets how rewards become advantages. */
    public GrpoSettingsBuilder advantage(AdvantageKind value) {
        advantage = value;
        return this;
    }

    /** Sets what the policy loss is divided by. */
    public GrpoSettingsBuilder loss(LossKind value) {
        loss = value;
        return this;
    }

    /** Sets lower clipping bound, in [0, 1]. */
    public GrpoSettingsBuilder clipLow(double value) {
        clipLow = value;
        return this;
    }

    /** Sets upper clipping bound, at least 0. */
    public GrpoSettingsBuilder clipHigh(double value) {
        clipHigh = value;
        return this;
    }

    /** Sets weight of the divergence from the start, at least 0. */
    public GrpoSettingsBuilder klCoefficient(double value) {
        klCoefficient = value;
        return this;
    }

    /** Sets the largest divergence of a step, in nats a token; 0 sets no bound. */
    public GrpoSettingsBuilder maxStepKl(double value) {
        maxStepKl = value;
        return this;
    }

    /** Sets reward of a right answer. */
    public GrpoSettingsBuilder outcomeWeight(double value) {
        outcomeWeight = value;
        return this;
    }

    /** Sets reward of judging all shown routes rightly. */
    public GrpoSettingsBuilder processWeight(double value) {
        processWeight = value;
        return this;
    }

    /** Sets reward of an ended completion with an answer. */
    public GrpoSettingsBuilder formatWeight(double value) {
        formatWeight = value;
        return this;
    }

    /** Sets which right answers earn the outcome reward. */
    public GrpoSettingsBuilder rewarded(Positives value) {
        rewarded = value;
        return this;
    }

    /** Sets which right solutions are taught directly. */
    public GrpoSettingsBuilder taught(Positives value) {
        taught = value;
        return this;
    }

    /** Sets whether cut-off completions are left out of the loss. */
    public GrpoSettingsBuilder maskTruncated(boolean value) {
        maskTruncated = value;
        return this;
    }

    /** Sets whether groups without signal are replaced. */
    public GrpoSettingsBuilder resampleZeroVariance(boolean value) {
        resampleZeroVariance = value;
        return this;
    }

    /** Sets parts that the groups of a step are split into, each an update of its own. */
    public GrpoSettingsBuilder miniBatches(int value) {
        miniBatches = value;
        return this;
    }

    /** Sets how often a step's groups are trained on. */
    public GrpoSettingsBuilder epochs(int value) {
        epochs = value;
        return this;
    }

    /** Sets weight of the internalisation loss; 0 is off. */
    public GrpoSettingsBuilder internalisationWeight(double value) {
        internalisationWeight = value;
        return this;
    }

    /** Sets how what guidance taught is carried over. */
    public GrpoSettingsBuilder internalisation(InternalisationKind value) {
        internalisation = value;
        return this;
    }

    /** Sets learning rate of what is internalised. */
    public GrpoSettingsBuilder internalisationLearningRate(double value) {
        internalisationLearningRate = value;
        return this;
    }

    /** Sets the weight of right routes that hold the form in place; 0 is off. */
    public GrpoSettingsBuilder anchorWeight(double value) {
        anchorWeight = value;
        return this;
    }

    /** Sets optimizer and learning rate. */
    public GrpoSettingsBuilder optimizer(OptimizerSettings value) {
        optimizer = value;
        return this;
    }

    /** Sets the adapter to train in place of the weights; null trains all weights. */
    public GrpoSettingsBuilder lora(LoraSettings value) {
        lora = value;
        return this;
    }

    /** Sets most completions computed at once; 0 lets the trainer decide. */
    public GrpoSettingsBuilder microBatchSize(int value) {
        microBatchSize = value;
        return this;
    }

    /** Sets share of prompts with rules while guidance is 1. */
    public GrpoSettingsBuilder fadeRules(double value) {
        fadeRules = value;
        return this;
    }

    /** Sets most external routes that a prompt shows, at least 1. */
    public GrpoSettingsBuilder routesPerPrompt(int value) {
        routesPerPrompt = value;
        return this;
    }

    /** Sets largest share of a step's prompts that may show routes. */
    public GrpoSettingsBuilder guidedShare(double value) {
        guidedShare = value;
        return this;
    }

    /** Sets which problems are guided. */
    public GrpoSettingsBuilder guidanceNeed(GuidanceNeed value) {
        guidanceNeed = value;
        return this;
    }

    /** Sets how external routes teach beyond being shown. */
    public GrpoSettingsBuilder teaching(RouteTeaching value) {
        teaching = value;
        return this;
    }

    /** Sets how the number of routes shown is drawn from the guidance rate. */
    public GrpoSettingsBuilder guidanceDraw(GuidanceDraw value) {
        guidanceDraw = value;
        return this;
    }

    /** Sets how the training watches itself. */
    public GrpoSettingsBuilder watch(WatchSettings value) {
        watch = value;
        return this;
    }

    /** Sets the same seed gives the same result. */
    public GrpoSettingsBuilder seed(long value) {
        seed = value;
        return this;
    }

    /** Sets folder for checkpoints, or null for none. */
    public GrpoSettingsBuilder checkpointFolder(Path value) {
        checkpointFolder = value;
        return this;
    }

    /** Sets steps between checkpoints; 0 writes one only at cancellation. */
    public GrpoSettingsBuilder checkpointEvery(int value) {
        checkpointEvery = value;
        return this;
    }

    /**
     * The settings.
     *
     * @return the settings, checked
     * @throws org.realm4knime.engine.EngineException if a value is out of range
     */
    public GrpoSettings build() {
        return new GrpoSettings(
                steps,
                promptsPerStep,
                groupSize,
                maxNewTokens,
                temperature,
                advantage,
                loss,
                clipLow,
                clipHigh,
                klCoefficient,
                maxStepKl,
                outcomeWeight,
                processWeight,
                formatWeight,
                rewarded,
                taught,
                maskTruncated,
                resampleZeroVariance,
                miniBatches,
                epochs,
                internalisationWeight,
                internalisation,
                internalisationLearningRate,
                anchorWeight,
                optimizer,
                lora,
                microBatchSize,
                fadeRules,
                routesPerPrompt,
                guidedShare,
                guidanceDraw,
                guidanceNeed,
                teaching,
                watch,
                seed,
                checkpointFolder,
                checkpointEvery);
    }
}

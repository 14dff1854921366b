package org.realm4knime.engine.train;

import java.nio.file.Path;
import java.util.Objects;
import org.realm4knime.engine.eaai.GuidanceDraw;
import org.realm4knime.engine.model.LoraSettings;
import org.realm4knime.engine.mrpv.Positives;

/**
 * Settings of {@link RealmTrainer}.
 *
 * @param steps optimizer steps, at least 1
 * @param promptsPerStep groups a step, at least 1
 * @param groupSize completions of a prompt, at least 2
 * @param maxNewTokens longest completion, in tokens
 * @param temperature sampling temperature of the rollouts, above 0
 * @param advantage how rewards become advantages
 * @param loss what the policy loss is divided by
 * @param clipLow the probability ratio is clipped below 1 - clipLow, in [0, 1]
 * @param clipHigh the probability ratio is clipped above 1 + clipHigh, at least 0
 * @param klCoefficient weight of the k3 divergence from the model at the start; 0 saves the reference model's pass
 * @param maxStepKl largest divergence of the policy before an update from that after it, in nats a token: an update that moves
 *     it further is made smaller; 0 sets no bound
 * @param outcomeWeight reward of a right answer
 * @param processWeight reward of judging all shown routes rightly; a share of right verdicts gives that share of it
 * @param formatWeight reward of a completion that ended and holds an answer
 * @param rewarded which right answers earn the outcome reward: all, or only those of sound reasoning
 * @param taught which right solutions are taught directly: by internalisation, and external routes where these are trained
 *     on
 * @param maskTruncated whether completions cut off at maxNewTokens are left out of the loss
 * @param resampleZeroVariance whether groups whose completions all got the same reward are replaced by further prompts,
 *     up to as many again as promptsPerStep
 * @param miniBatches parts that the groups of a step are split into, each an update of its own, at least 1
 * @param epochs how often a step's groups are trained on, at least 1. With one mini-batch and one epoch the policy is the
 *     one that sampled, every probability ratio is 1 and nothing is clipped
 * @param internalisationWeight weight of the loss on the prompt without help in a guided step; 0 is off
 * @param internalisation how what guidance taught is carried over
 * @param internalisationLearningRate learning rate of what is internalised: its loss is part of the step's, times this /
 *     the optimizer's learning rate
 * @param anchorWeight weight of the cross-entropy of right routes of the step's problems, after verdicts on all their routes and
 *     alone, which holds the form of answers in place; 0 is off
 * @param optimizer optimizer and learning rate
 * @param lora settings of the adapter to train in place of the weights; null to train all weights. The divergence is then
 *     measured from the weights without the adapter
 * @param microBatchSize most completions that are computed at once, which bounds memory and changes nothing else; 0
 *     lets the trainer decide
 * @param fadeRules share of prompts that carry the domain's rules while guidance is 1; it fades with the guidance. 0
 *     never shows rules
 * @param routesPerPrompt most external routes that a prompt shows, at least 1
 * @param guidedShare largest share of a step's prompts that may show routes, in [0, 1]; the rest never does, so that the
 *     model is also trained without routes from the beginning
 * @param guidanceDraw how the number shown is drawn from the guidance rate
 * @param guidanceNeed which problems are guided
 * @param teaching how external routes teach beyond being shown
 * @param watch how the training watches itself
 * @param seed the same seed gives the same result
 * @param checkpointFolder folder for checkpoints, or null for none
 * @param checkpointEvery steps from one checkpoint to the next; 0 writes one only when the training is canceled
 */
public record GrpoSettings(
        int steps,
        int promptsPerStep,
        int groupSize,
        int maxNewTokens,
        double temperature,
        AdvantageKind advantage,
        LossKind loss,
        double clipLow,
        double clipHigh,
        double klCoefficient,
        double maxStepKl,
        double outcomeWeight,
        double processWeight,
        double formatWeight,
        Positives rewarded,
        Positives taught,
        boolean maskTruncated,
        boolean resampleZeroVariance,
        int miniBatches,
        int epochs,
        double internalisationWeight,
        InternalisationKind internalisation,
        double internalisationLearningRate,
        double anchorWeight,
        OptimizerSettings optimizer,
        LoraSettings lora,
        int microBatchSize,
        double fadeRules,
        int routesPerPrompt,
        double guidedShare,
        GuidanceDraw guidanceDraw,
        GuidanceNeed guidanceNeed,
        RouteTeaching teaching,
        WatchSettings watch,
        long seed,
        Path checkpointFolder,
        int checkpointEvery) {

    /** Checks the values. */
    public GrpoSettings {
        Settings.requireAtLeast(1, steps, "Steps");
        Settings.requireAtLeast(1, promptsPerStep, "Prompts a step");
        Settings.requireAtLeast(2, groupSize, "Group size");
        Settings.requireAtLeast(1, maxNewTokens, "Maximum new tokens");
        Settings.require(
                temperature > 0 && Double.isFinite(temperature), "Temperature", temperature, "a number above 0");
        Objects.requireNonNull(advantage, "advantage");
        Objects.requireNonNull(loss, "loss");
        Settings.requireShare(clipLow, "Lower clipping bound");
        Settings.requireNotNegative(clipHigh, "Upper clipping bound");
        Settings.requireNotNegative(klCoefficient, "KL coefficient");
        Settings.requireNotNegative(maxStepKl, "Largest divergence of a step");
        Settings.requireNotNegative(outcomeWeight, "Weight of the outcome reward");
        Settings.requireNotNegative(processWeight, "Weight of the process reward");
        Settings.requireNotNegative(formatWeight, "Weight of the format reward");
        Settings.requireAtLeast(1, miniBatches, "Mini-batches");
        Settings.requireAtLeast(1, epochs, "Epochs of a step");
        Settings.requireShare(guidedShare, "Largest share of guided prompts");
        Objects.requireNonNull(teaching, "teaching");
        Objects.requireNonNull(watch, "watch");
        Objects.requireNonNull(rewarded, "rewarded");
        Objects.requireNonNull(taught, "taught");
        Settings.requireNotNegative(internalisationWeight, "Internalisation weight");
        Settings.requireNotNegative(internalisationLearningRate, "Internalisation learning rate");
        Settings.requireNotNegative(anchorWeight, "Weight of right routes");
        Objects.requireNonNull(internalisation, "internalisation");
        Objects.requireNonNull(optimizer, "optimizer");
        Settings.requireAtLeast(0, microBatchSize, "Micro-batch size");
        Settings.requireShare(fadeRules, "Share of prompts with rules");
        Settings.requireAtLeast(1, routesPerPrompt, "Routes a prompt shows");
        Objects.requireNonNull(guidanceDraw, "guidanceDraw");
        Objects.requireNonNull(guidanceNeed, "guidanceNeed");
        Settings.requireAtLeast(0, checkpointEvery, "Steps between checkpoints");
        Settings.require(
                outcomeWeight + processWeight + formatWeight > 0,
                "The sum of the reward weights",
                0,
                "at least one of outcome, process and format a weight above 0");
    }

    /**
     * Settings by name, with defaults for the rest.
     *
     * @return a builder
     */
    public static GrpoSettingsBuilder builder() {
        return new GrpoSettingsBuilder();
    }

    /**
     * These settings, to change some.
     *
     * @return a builder that holds these values
     */
    public GrpoSettingsBuilder toBuilder() {
        return new GrpoSettingsBuilder(this);
    }
}

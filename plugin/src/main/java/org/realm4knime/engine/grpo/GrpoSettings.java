package org.realm4knime.engine.grpo;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.realm4knime.engine.model.LoraSettings;
import org.realm4knime.engine.train.RunSettings;
import org.realm4knime.engine.train.WatchSettings;
import org.realm4knime.engine.update.OptimizerSettings;

/**
 * Settings of {@link RealmTrainer}.
 *
 * @param run steps, seed and checkpoints
 * @param rollout what the policy writes in a step
 * @param reward what a completion earns
 * @param loss the policy loss
 * @param update how the completions of a step change the weights
 * @param guidance what help prompts show
 * @param teaching what a step teaches beside the policy's own tries
 * @param optimizer optimizer and learning rate
 * @param lora settings of the adapter to train in place of the weights; null to train all weights
 * @param watch how the training watches itself
 */
public record GrpoSettings(
        RunSettings run,
        RolloutSettings rollout,
        RewardSettings reward,
        LossSettings loss,
        UpdateSettings update,
        GuidanceSettings guidance,
        TeachingSettings teaching,
        OptimizerSettings optimizer,
        @Nullable LoraSettings lora,
        WatchSettings watch) {

    /** What suits a small ready-made model, for 100 steps. */
    public static final GrpoSettings DEFAULT = new GrpoSettings(
            RunSettings.of(100, 1),
            RolloutSettings.DEFAULT,
            RewardSettings.DEFAULT,
            LossSettings.DEFAULT,
            UpdateSettings.DEFAULT,
            GuidanceSettings.DEFAULT,
            TeachingSettings.DEFAULT,
            OptimizerSettings.of(1e-5),
            null,
            WatchSettings.DEFAULT);

    /** Checks that nothing is missing. */
    public GrpoSettings {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(rollout, "rollout");
        Objects.requireNonNull(reward, "reward");
        Objects.requireNonNull(loss, "loss");
        Objects.requireNonNull(update, "update");
        Objects.requireNonNull(guidance, "guidance");
        Objects.requireNonNull(teaching, "teaching");
        Objects.requireNonNull(optimizer, "optimizer");
        Objects.requireNonNull(watch, "watch");
    }

    /** In another run. */
    public GrpoSettings withRun(RunSettings other) {
        return new GrpoSettings(other, rollout, reward, loss, update, guidance, teaching, optimizer, lora, watch);
    }

    /** With other completions. */
    public GrpoSettings withRollout(RolloutSettings other) {
        return new GrpoSettings(run, other, reward, loss, update, guidance, teaching, optimizer, lora, watch);
    }

    /** With other rewards. */
    public GrpoSettings withReward(RewardSettings other) {
        return new GrpoSettings(run, rollout, other, loss, update, guidance, teaching, optimizer, lora, watch);
    }

    /** With another policy loss. */
    public GrpoSettings withLoss(LossSettings other) {
        return new GrpoSettings(run, rollout, reward, other, update, guidance, teaching, optimizer, lora, watch);
    }

    /** With other updates. */
    public GrpoSettings withUpdate(UpdateSettings other) {
        return new GrpoSettings(run, rollout, reward, loss, other, guidance, teaching, optimizer, lora, watch);
    }

    /** With other help. */
    public GrpoSettings withGuidance(GuidanceSettings other) {
        return new GrpoSettings(run, rollout, reward, loss, update, other, teaching, optimizer, lora, watch);
    }

    /** With other teaching. */
    public GrpoSettings withTeaching(TeachingSettings other) {
        return new GrpoSettings(run, rollout, reward, loss, update, guidance, other, optimizer, lora, watch);
    }

    /** With another optimizer. */
    public GrpoSettings withOptimizer(OptimizerSettings other) {
        return new GrpoSettings(run, rollout, reward, loss, update, guidance, teaching, other, lora, watch);
    }

    /** With an adapter; null for none. */
    public GrpoSettings withLora(@Nullable LoraSettings adapter) {
        return new GrpoSettings(run, rollout, reward, loss, update, guidance, teaching, optimizer, adapter, watch);
    }

    /** Watched otherwise. */
    public GrpoSettings withWatch(WatchSettings other) {
        return new GrpoSettings(run, rollout, reward, loss, update, guidance, teaching, optimizer, lora, other);
    }
}

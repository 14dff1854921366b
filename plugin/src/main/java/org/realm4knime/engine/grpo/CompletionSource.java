package org.realm4knime.engine.grpo;

import java.util.List;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.update.TrainingWorker;

/** Who writes what the policy is to learn from. */
interface CompletionSource extends AutoCloseable {

    /**
     * Writes completions with the weights as they are.
     *
     * @param prompts tokens of each prompt, at least one
     * @param each completions of each prompt, at least 1
     * @param sampling how to draw
     * @param step number of the step
     * @param progress told how far it is, and asked whether to stop
     * @return for each prompt, in order, its completions
     * @throws CanceledJobException if canceled
     */
    List<List<Rollout.Sampled>> write(
            List<int[]> prompts, int each, SamplingSettings sampling, int step, Progress progress)
            throws CanceledJobException;

    /**
     * Lets completions be written while the policy is trained, by its weights as they are now. {@link #write} for that
     * step and these prompts gives them. Does nothing where they cannot be written meanwhile.
     *
     * @param step number of the step that they are for
     * @return whether they are being written
     * @throws CanceledJobException if canceled
     */
    default boolean begin(List<int[]> prompts, int each, SamplingSettings sampling, int step, Progress progress)
            throws CanceledJobException {
        return false;
    }

    /** Drops what {@link #begin} began, as the policy's weights are others now than those that training led to. */
    default void forget() {
        // nothing was begun
    }

    @Override
    default void close() {
        forget();
    }

    /** The worker of the training itself. */
    static CompletionSource of(TrainingWorker worker, int endToken) {
        return (prompts, each, sampling, step, progress) ->
                ServedCompletions.sampled(prompts, worker.write(prompts, each, sampling, progress), endToken);
    }
}

package org.realm4knime.engine.update;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.generate.SamplingSettings;

/**
 * Who does the work of a training: writes completions, adds up gradients of sequences, takes a step. It knows no
 * algorithm. Everything that goes in and comes out is a record of numbers and texts, so that the work can be done by
 * threads of this process, as {@link LocalWorker} does it, or elsewhere. For use by one thread at a time.
 */
public interface TrainingWorker extends WeightStore, AutoCloseable {

    /**
     * Writes completions with the weights as they are.
     *
     * @param prompts tokens of each prompt, at least one
     * @param each completions of each prompt, at least 1
     * @param sampling how to draw
     * @param progress told how far it is, and asked whether to stop
     * @return for each prompt, in order, its completions
     * @throws CanceledJobException if canceled
     */
    List<List<Completion>> write(List<int[]> prompts, int each, SamplingSettings sampling, Progress progress)
            throws CanceledJobException;

    /**
     * Adds the gradients of sequences to those that the next step will take.
     *
     * @param parts sequences by their loss, of different names; at least one sequence in all
     * @param progress told after each micro-batch, and asked between them whether to stop
     * @return for each part that is not empty its figures, by its name
     * @throws CanceledJobException if canceled; the gradients since the last step are dropped then
     * @throws DivergedException if a loss is no finite number
     */
    Map<String, PartFigures> addGradients(List<UpdatePart> parts, Progress progress) throws CanceledJobException;

    /**
     * Takes a step with the gradients that were added up since the last one, and begins to add up anew.
     *
     * @param learningRate step size
     * @param bound how far the step may move the policy: it is made smaller if it has moved it further
     * @param progress asked while the step is measured whether to stop
     * @throws CanceledJobException if canceled while the step is measured; it has been taken then
     * @throws DivergedException if the gradient is no finite number; the weights are unchanged then
     */
    StepTaken takeStep(double learningRate, StepBound bound, Progress progress) throws CanceledJobException;

    /**
     * How likely the weights as they are find completions, under the dropout that the gradients of the part will have.
     *
     * @param part sequences; their terms do not matter
     * @param progress asked between micro-batches whether to stop
     * @return log-probability of each sequence's completion, in nats
     * @throws CanceledJobException if canceled
     */
    double[] logProbs(UpdatePart part, Progress progress) throws CanceledJobException;

    /**
     * How likely the weights as they are find each token of completions, without dropout.
     *
     * @param sequences prompts and completions; their terms do not matter
     * @param temperature what logits are divided by, above 0
     * @param progress asked between micro-batches whether to stop
     * @return for each sequence, in order, the log-probabilities of its completion's tokens, in nats
     * @throws CanceledJobException if canceled
     */
    List<float[]> tokenLogProbs(List<TrainingSequence> sequences, double temperature, Progress progress)
            throws CanceledJobException;

    /** What the user should know of how the work is done. */
    Optional<String> warning();

    /** Makes the model's weights those of the training, and frees what the training needed. */
    @Override
    void close();
}

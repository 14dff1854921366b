package org.realm4knime.engine.update;

import ai.djl.ndarray.NDArray;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.torch.TensorScope;

/** What the weights of a training, as they are, say of completions; changes nothing. */
final class PolicyReading {

    /** The list {@code p} of the program for a micro-batch. */
    interface Arguments {

        List<NDArray> of(TensorScope call, int share, int batch);
    }

    private final Trainables trainables;
    private final MicroBatchCalls calls;
    private final Function<List<TrainingSequence>, List<List<MicroBatch>>> split;

    PolicyReading(
            Trainables trainables,
            MicroBatchCalls calls,
            Function<List<TrainingSequence>, List<List<MicroBatch>>> split) {
        this.trainables = trainables;
        this.calls = calls;
        this.split = split;
    }

    /**
     * How far the policy is from the one that sampled: the mean k3 of KL(before || after), in nats per token.
     *
     * @param sampled completions with their log-probabilities when they were sampled
     * @param temperature temperature of these log-probabilities
     * @param progress asked between micro-batches whether to stop
     * @throws CanceledJobException if canceled
     */
    double divergence(List<TrainingSequence> sampled, double temperature, Progress progress)
            throws CanceledJobException {
        trainables.publish(progress); // what samples has no dropout, and neither has what it is compared with
        double[] sum = new double[1];
        read(
                sampled,
                (call, batch, share, number) -> calls.publishedLogProbs(call, batch, temperature),
                (batch, after) -> sum[0] += k3(batch.oldLogProbs(), after),
                progress);
        return sum[0] / sampled.stream().mapToInt(s -> s.completion().length).sum();
    }

    /**
     * The same from what the policy says of the completions now.
     *
     * @param after log-probabilities of each completion's tokens, see {@link #tokenLogProbs}
     */
    static double divergence(List<TrainingSequence> sampled, List<float[]> after) {
        double sum = 0;
        long tokens = 0;
        for (int i = 0; i < sampled.size(); i++) {
            sum += k3(sampled.get(i).terms().oldLogProbs(), after.get(i));
            tokens += after.get(i).length;
        }
        return sum / tokens;
    }

    private static double k3(float[] before, float[] after) {
        double sum = 0;
        for (int i = 0; i < after.length; i++) {
            double ratio = after[i] - before[i];
            sum += Math.exp(ratio) - 1 - ratio;
        }
        return sum;
    }

    /**
     * Log-probability of each sequence's completion, in nats.
     *
     * @param sequences prompts and completions
     * @param arguments what the program takes for a micro-batch, with its draw of the dropout
     * @param progress asked between micro-batches whether to stop
     * @return the sums over the completions' tokens, by identity
     * @throws CanceledJobException if canceled
     */
    Map<TrainingSequence, Double> logProbs(List<TrainingSequence> sequences, Arguments arguments, Progress progress)
            throws CanceledJobException {
        Map<TrainingSequence, Double> sums = new IdentityHashMap<>();
        read(
                sequences,
                (call, batch, share, number) -> calls.tokenLogProbs(call, arguments.of(call, share, number), batch),
                (batch, logProbs) -> sums.putAll(batch.sums(logProbs)),
                progress);
        return sums;
    }

    /**
     * Log-probability of each token of completions, without dropout.
     *
     * @param sequences prompts and completions
     * @param temperature what logits are divided by
     * @param progress asked between micro-batches whether to stop
     * @return for each sequence, in order, those of its completion's tokens, in nats
     * @throws CanceledJobException if canceled
     */
    List<float[]> tokenLogProbs(List<TrainingSequence> sequences, double temperature, Progress progress)
            throws CanceledJobException {
        trainables.publish(progress);
        Map<TrainingSequence, float[]> found = new IdentityHashMap<>();
        read(
                sequences,
                (call, batch, share, number) -> calls.publishedLogProbs(call, batch, temperature),
                (batch, logProbs) -> found.putAll(batch.split(logProbs)),
                progress);
        return sequences.stream()
                .map(sequence -> Objects.requireNonNull(found.get(sequence)))
                .toList();
    }

    /** Log-probabilities of a micro-batch's trained tokens. */
    private interface Reading {

        NDArray of(TensorScope call, MicroBatch batch, int share, int number);
    }

    private void read(
            List<TrainingSequence> sequences, Reading reading, BiConsumer<MicroBatch, float[]> found, Progress progress)
            throws CanceledJobException {
        List<List<MicroBatch>> batches = split.apply(sequences);
        for (int share = 0; share < batches.size(); share++) {
            for (int i = 0; i < batches.get(share).size(); i++) {
                progress.checkCanceled();
                MicroBatch batch = batches.get(share).get(i);
                try (TensorScope call = new TensorScope()) {
                    found.accept(batch, reading.of(call, batch, share, i).toFloatArray());
                }
            }
        }
    }
}

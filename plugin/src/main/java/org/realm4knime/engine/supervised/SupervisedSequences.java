package org.realm4knime.engine.supervised;

import java.util.ArrayList;
import java.util.List;
import org.realm4knime.engine.train.ShuffledEpochs;
import org.realm4knime.engine.update.CrossEntropy;
import org.realm4knime.engine.update.RandomStreams.Purpose;
import org.realm4knime.engine.update.TrainingSequence;
import org.realm4knime.engine.update.UpdatePart;

/**
 * Supervised training and distillation. With w the weight of an example and p the model's distribution, the loss of a
 * batch is
 *
 * <pre>sum over tokens w (-log p(token)) / sum over tokens w,</pre>
 *
 * over the tokens of completions alone. Where a teacher has read a prompt of its own before the completion, the share s
 * of a token's loss is the cross-entropy with the teacher's distribution q (Hinton et al., 2015; where the teacher has
 * read more than the student it is context distillation, Snell et al., 2022):
 *
 * <pre>(1 - s) (-log p(token)) + s (- sum of q log p).</pre>
 *
 * <p>Departures: temperature 1 for both distributions, no factor of its square; a share of each batch is replayed.
 */
final class SupervisedSequences {

    private static final String NAME = "examples";

    private final List<EncodedExample> examples;
    private final List<EncodedExample> replay;
    private final double teacherShare;
    private final ShuffledEpochs order;
    private final ShuffledEpochs replayOrder;
    private final int fresh;
    private final int replayed;

    /**
     * Prepares the batches of a training.
     *
     * @param examples what to learn, at least one
     * @param replay earlier examples; may be empty
     * @param teacherShare share of the teacher's distribution where an example has a prompt for it
     * @param settings batch, share of replayed examples and seed
     */
    SupervisedSequences(
            List<EncodedExample> examples,
            List<EncodedExample> replay,
            double teacherShare,
            SupervisedSettings settings) {
        this.examples = examples;
        this.replay = replay;
        this.teacherShare = teacherShare;
        long seed = settings.run().seed();
        order = new ShuffledEpochs(examples.size(), seed, Purpose.ORDER);
        replayOrder = new ShuffledEpochs(Math.max(1, replay.size()), seed, Purpose.REPLAY_ORDER);
        replayed = replay.isEmpty() ? 0 : settings.replayedPerStep();
        fresh = settings.batchSize() - replayed;
    }

    /** The batch of a step, from 1. */
    UpdatePart of(int step) {
        List<EncodedExample> drawn = new ArrayList<>();
        for (int i = 0; i < fresh; i++) {
            drawn.add(examples.get(order.at((step - 1L) * fresh + i)));
        }
        for (int i = 0; i < replayed; i++) {
            drawn.add(replay.get(replayOrder.at((step - 1L) * replayed + i)));
        }
        double total = drawn.stream()
                .mapToDouble(example -> example.weight() * example.completion().length)
                .sum();
        List<TrainingSequence> sequences =
                drawn.stream().map(example -> sequence(example, total)).toList();
        return new UpdatePart(NAME, sequences, new CrossEntropy(), 0);
    }

    private TrainingSequence sequence(EncodedExample example, double total) {
        TrainingSequence alone =
                TrainingSequence.taught(example.prompt(), example.completion(), example.weight() / total);
        return example.teacherPrompt() == null ? alone : alone.withTeacher(example.teacherPrompt(), teacherShare);
    }
}

package org.realm4knime.engine.grpo;

import java.util.List;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.update.CrossEntropy;
import org.realm4knime.engine.update.TrainingSequence;
import org.realm4knime.engine.update.UpdatePart;

/** Makes what a step internalises: lessons on the prompts without help, from groups whose prompts showed some. */
interface Internalisation {

    /** The part of an update that internalises. */
    String NAME = "internalised";

    /** Tells its dropout from that of other parts. */
    int STREAM = 2;

    /**
     * The lessons of a step.
     *
     * @param groups all groups of the step
     * @param step number of the step
     * @param progress asked whether to stop
     * @return empty if no prompt showed help, or nothing is fit to be taught
     * @throws CanceledJobException if canceled
     */
    Lessons of(List<RolloutGroup> groups, int step, Progress progress) throws CanceledJobException;

    /** Nothing is internalised. */
    static Internalisation none(GrpoSettings settings) {
        return (groups, step, progress) -> Lessons.of(List.of(), 0, settings);
    }

    /**
     * Lessons of a step.
     *
     * @param part completions to the prompts without help
     * @param tokenWeights sum of the weights of their tokens: their loss / this is in nats per token
     */
    record Lessons(UpdatePart part, double tokenWeights) {

        /**
         * Lessons whose loss is the mean over their tokens, times the internalisation weight, times its learning rate /
         * the step's.
         *
         * @param sequences completions of any weight
         * @param share what the loss is multiplied with besides
         */
        static Lessons of(List<TrainingSequence> sequences, double share, GrpoSettings settings) {
            InternalisationSettings internalisation = settings.teaching().internalisation();
            double tokens =
                    sequences.stream().mapToInt(s -> s.completion().length).sum();
            double rate = internalisation.learningRate() / settings.optimizer().learningRate();
            double weight = internalisation.weight() * rate * share / tokens;
            return new Lessons(
                    new UpdatePart(
                            NAME,
                            sequences.stream().map(s -> s.withWeight(weight)).toList(),
                            new CrossEntropy(),
                            STREAM),
                    sequences.stream()
                            .mapToDouble(s -> weight * s.completion().length)
                            .sum());
        }
    }

    /** Groups whose prompts showed routes or rules. */
    static List<RolloutGroup> helped(List<RolloutGroup> groups) {
        return groups.stream().filter(group -> group.prompt().helped()).toList();
    }
}

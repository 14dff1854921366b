package org.realm4knime.engine.update;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.spread.Task;
import org.realm4knime.engine.spread.Workplace;

/**
 * What machines do for a training: a share of a {@link TrainingWorker}'s work, with the weights of a moment.
 *
 * @param <R> what it gives
 */
sealed interface Errand<R extends Serializable> extends Task<R> {

    /** Where it stands. */
    Moment moment();

    /** Does it. */
    R run(LocalWorker worker, Workplace at) throws CanceledJobException;

    @Override
    default R run(Workplace at) throws CanceledJobException {
        return run(moment().worker(at), at);
    }

    /**
     * A training between two steps.
     *
     * @param training the training
     * @param weights what the trained values are shared under
     * @param steps steps that were taken
     */
    record Moment(SentTraining training, String weights, int steps) implements Serializable {

        LocalWorker worker(Workplace at) {
            return training.at(at).with(weights, steps, at);
        }
    }

    /** Completions of some of the prompts; see {@link TrainingWorker#write}. The first has that index among all. */
    record Write(Moment moment, ArrayList<int[]> prompts, int first, int each, SamplingSettings sampling)
            implements Errand<Write.Texts> {

        /** @param ofPrompts for each prompt, in order, its completions */
        record Texts(List<List<Completion>> ofPrompts) implements Serializable {}

        @Override
        public Texts run(LocalWorker worker, Workplace at) throws CanceledJobException {
            return new Texts(worker.write(prompts, first, each, sampling, at.progress()));
        }
    }

    /** The gradients of some of the sequences; see {@link TrainingWorker#addGradients}. */
    record Gradients(Moment moment, ArrayList<UpdatePart> parts) implements Errand<Gradients.Sum> {

        /**
         * @param figures of each part that is not empty, by its name
         * @param values the gradients, see {@link FloatBytes}
         */
        record Sum(LinkedHashMap<String, PartFigures> figures, List<byte[]> values) implements Serializable {}

        @Override
        public Sum run(LocalWorker worker, Workplace at) throws CanceledJobException {
            Map<String, PartFigures> figures = worker.addGradients(parts, at.progress());
            return new Sum(new LinkedHashMap<>(figures), worker.takeGradients());
        }
    }

    /** How likely the tokens of some of the sequences are; see {@link TrainingWorker#tokenLogProbs}. */
    record Read(Moment moment, ArrayList<TrainingSequence> sequences, double temperature)
            implements Errand<Read.LogProbs> {

        /** @param ofSequences for each sequence, in order, those of its completion's tokens, in nats */
        record LogProbs(List<float[]> ofSequences) implements Serializable {}

        @Override
        public LogProbs run(LocalWorker worker, Workplace at) throws CanceledJobException {
            return new LogProbs(worker.tokenLogProbs(sequences, temperature, at.progress()));
        }
    }
}

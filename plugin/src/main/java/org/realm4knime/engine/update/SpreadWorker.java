package org.realm4knime.engine.update;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.generate.Writers;
import org.realm4knime.engine.spread.Machines;
import org.realm4knime.engine.spread.Spread;
import org.realm4knime.engine.update.Errand.Gradients;
import org.realm4knime.engine.update.Errand.Moment;
import org.realm4knime.engine.update.Errand.Read;
import org.realm4knime.engine.update.Errand.Write;

/**
 * Synchronous data-parallel training: machines write completions and compute gradients of their shares, this process
 * adds them up in the order of the shares and takes the step. Machines are sent the trained values, of the adapter or
 * of all weights, once after each step; whoever takes over for a lost one gets the same.
 *
 * <p>How work is shared out depends on the number of machines there were at the start, and not on which of them are
 * lost, so that the result does not either. Another number of machines sums in another order: the difference is one of
 * rounding. Dropout draws by the micro-batch, so gradients of an adapter with dropout stay in this process.
 */
final class SpreadWorker implements TrainingWorker {

    private final LocalWorker local;
    private final Machines machines;
    private final SentTraining training;
    private final int batchSize;
    private final boolean dropout;
    /** What the trained values are shared under; null if they have changed since. */
    private @Nullable String weights;

    private long version;

    /**
     * @param local takes the steps; closed with this
     * @param training was shared with the machines
     * @param batchSize rows that are written together
     */
    SpreadWorker(LocalWorker local, Machines machines, SentTraining training, int batchSize) {
        this.local = local;
        this.machines = machines;
        this.training = training;
        this.batchSize = batchSize;
        dropout =
                training.settings().lora() != null && training.settings().lora().dropout() > 0;
    }

    @Override
    public Optional<String> warning() {
        return local.warning();
    }

    private Moment moment() {
        if (weights == null) {
            version++;
            weights = training.id() + "-" + version;
            machines.share(weights, local.trained());
        }
        return new Moment(training, weights, local.steps());
    }

    /** The trained values are others from now on. */
    private void changed() {
        if (weights != null) {
            machines.forget(weights);
            weights = null;
        }
    }

    private List<String> shared(Moment moment) {
        List<String> names = new ArrayList<>(training.shared());
        names.add(moment.weights());
        return names;
    }

    @Override
    public List<List<Completion>> write(List<int[]> prompts, int each, SamplingSettings sampling, Progress progress)
            throws CanceledJobException {
        Moment moment = moment();
        int[] cuts = Writers.cuts(machines, prompts.size(), each, batchSize);
        List<Write> errands = IntStream.range(0, cuts.length - 1)
                .mapToObj(i -> new Write(
                        moment, new ArrayList<>(prompts.subList(cuts[i], cuts[i + 1])), cuts[i], each, sampling))
                .toList();
        List<List<Completion>> all = new ArrayList<>(prompts.size());
        Spread.run(machines, errands, shared(moment), progress).forEach(texts -> all.addAll(texts.ofPrompts()));
        return all;
    }

    @Override
    public Map<String, PartFigures> addGradients(List<UpdatePart> parts, Progress progress)
            throws CanceledJobException {
        if (dropout) {
            local.publish(progress);
            return local.addGradients(parts, progress);
        }
        Moment moment = moment();
        List<Gradients> errands = shares(parts).stream()
                .map(share -> new Gradients(moment, new ArrayList<>(share)))
                .toList();
        Map<String, PartFigures> figures = new LinkedHashMap<>();
        try {
            for (Gradients.Sum sum : Spread.run(machines, errands, shared(moment), progress)) {
                local.addGradients(sum.values());
                sum.figures().forEach((name, ofPart) -> figures.merge(name, ofPart, PartFigures::plus));
            }
            return figures;
        } catch (CanceledJobException | RuntimeException | Error e) {
            local.dropGradients();
            throw e;
        }
    }

    /** Each part's sequences in shares of about equal work, so that completions of a prompt stay together. */
    private List<List<UpdatePart>> shares(List<UpdatePart> parts) {
        Batcher batcher = new Batcher(0, Integer.MAX_VALUE, machines.places(), 0);
        List<List<UpdatePart>> shares = new ArrayList<>();
        for (UpdatePart part : parts) {
            if (!part.isEmpty()) {
                List<List<MicroBatch>> ofPart = batcher.split(part.sequences());
                for (int i = 0; i < ofPart.size(); i++) {
                    if (i == shares.size()) {
                        shares.add(new ArrayList<>());
                    }
                    List<TrainingSequence> sequences = ofPart.get(i).stream()
                            .flatMap(batch -> batch.sequences().stream())
                            .toList();
                    shares.get(i).add(new UpdatePart(part.name(), sequences, part.loss(), part.stream()));
                }
            }
        }
        return shares;
    }

    @Override
    public StepTaken takeStep(double learningRate, StepBound bound, Progress progress) throws CanceledJobException {
        changed();
        return local.takeStep(
                learningRate,
                bound,
                (sampled, asked) -> {
                    changed(); // each time it is measured, the step is another one
                    return PolicyReading.divergence(
                            sampled.sampled(), tokenLogProbs(sampled.sampled(), sampled.temperature(), asked));
                },
                progress);
    }

    @Override
    public double[] logProbs(UpdatePart part, Progress progress) throws CanceledJobException {
        return local.logProbs(part, progress);
    }

    @Override
    public List<float[]> tokenLogProbs(List<TrainingSequence> sequences, double temperature, Progress progress)
            throws CanceledJobException {
        Moment moment = moment();
        int[] cuts = Spread.cuts(sequences.size(), machines.places());
        List<Read> errands = IntStream.range(0, cuts.length - 1)
                .mapToObj(i -> new Read(moment, new ArrayList<>(sequences.subList(cuts[i], cuts[i + 1])), temperature))
                .toList();
        return Spread.run(machines, errands, shared(moment), progress).stream()
                .flatMap(found -> found.ofSequences().stream())
                .toList();
    }

    @Override
    public int steps() {
        return local.steps();
    }

    @Override
    public void remember() {
        local.remember();
    }

    @Override
    public void recall() {
        changed();
        local.recall();
    }

    @Override
    public void save(Path checkpoint) throws IOException {
        local.save(checkpoint);
    }

    @Override
    public void load(Path checkpoint, int stepsTaken, Progress progress) throws IOException, CanceledJobException {
        changed();
        local.load(checkpoint, stepsTaken, progress);
    }

    @Override
    public void close() {
        try {
            changed();
            training.shared().forEach(machines::forget);
        } finally {
            local.close();
        }
    }
}

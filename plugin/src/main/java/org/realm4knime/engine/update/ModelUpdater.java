package org.realm4knime.engine.update;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.DecoderProgram;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.LoraSettings;
import org.realm4knime.engine.torch.TensorScope;
import org.realm4knime.engine.torch.Torch;
import org.realm4knime.engine.torch.TorchWorkers;

/**
 * Changes the weights of a model, or an adapter beside them. Gradients are summed over the micro-batches of an update,
 * one call each, and applied by one further call. It owns the optimizer's moments; the weights are the model's and
 * change in place.
 */
final class ModelUpdater implements AutoCloseable {

    /** Source files of the training program. */
    static final String[] SOURCES = {"rows.py", "attention.py", "layer.py", "loss.py", "train.py"};

    private final Trainables trainables;
    private final OptimizerSettings settings;
    private final Batcher batcher;
    private final TorchWorkers workers;
    private final DecoderProgram program;
    private final TensorScope scope = new TensorScope();
    private final AdamState state;
    private final GradientMemory memory;
    private final MicroBatchCalls calls;
    private final PolicyReading reading;
    /** Gradients since the last step, and their owner. */
    private List<NDArray> pending = List.of();

    private TensorScope ofPending = new TensorScope();

    ModelUpdater(LanguageModel model, OptimizerSettings settings, int microBatchSize) {
        this(trainables(model, null, 0), settings, microBatchSize, false);
    }

    /** What an updater may change; see {@link Trainables#of}. The updater closes it. */
    static Trainables trainables(LanguageModel model, @Nullable LoraSettings lora, long seed) {
        return Trainables.of(model, lora, seed, SOURCES);
    }

    /**
     * Prepares a training.
     *
     * @param trainables what is changed; closed with this
     * @param settings constants of the optimizer
     * @param microBatchSize most sequences of a micro-batch; 0 for as many as fit
     * @param saveMemory whether to compute the layers' activations twice instead of keeping them
     */
    ModelUpdater(Trainables trainables, OptimizerSettings settings, int microBatchSize, boolean saveMemory) {
        this.trainables = trainables;
        this.settings = settings;
        batcher = batcher(trainables, microBatchSize);
        program = trainables.program();
        state = new AdamState(scope, trainables.trained());
        memory = new GradientMemory(trainables.trained());
        calls = new MicroBatchCalls(trainables, saveMemory);
        reading = new PolicyReading(trainables, calls, this::split);
        workers = new TorchWorkers(batcher.workers());
    }

    static Batcher batcher(Trainables trainables, int microBatchSize) {
        int threads = Torch.device().isGpu() ? 0 : Torch.threads();
        LanguageModel model = trainables.model();
        return Batcher.forModel(
                model.config(),
                trainables.size(),
                microBatchSize,
                model.tokenizer().padId(),
                threads);
    }

    LanguageModel model() {
        return trainables.model();
    }

    /** What is changed. */
    Trainables trainables() {
        return trainables;
    }

    AdamState state() {
        return state;
    }

    /** Reads what the weights, as they are, say of completions. */
    PolicyReading reading() {
        return reading;
    }

    /** See {@link TrainingWorker#addGradients}. */
    Map<String, PartFigures> addGradients(List<UpdatePart> parts, Readers readers, Progress progress)
            throws CanceledJobException {
        List<Batches> batches = parts.stream()
                .filter(part -> !part.isEmpty())
                .map(part -> new Batches(part, split(part.sequences())))
                .toList();
        int busy =
                batches.stream().mapToInt(part -> part.ofWorkers().size()).max().orElseThrow();
        boolean first = pending.isEmpty();
        // what is pending may lie in the memory that is kept for the first
        List<List<NDArray>> kept = first ? memory.ofWorkers(busy) : List.of();
        List<TorchWorkers.Job<Share>> jobs = new ArrayList<>();
        for (int share = 0; share < busy; share++) {
            int number = share;
            jobs.add(asked -> sum(number, batches, first ? kept.get(number) : null, readers, asked));
        }
        try {
            List<Share> shares = workers.run(jobs, progress);
            return Torch.withThreads(Torch.threadsFor(trainables.size()), () -> add(shares));
        } catch (CanceledJobException | RuntimeException | Error e) {
            dropGradients();
            throw e;
        }
    }

    /**
     * One step of AdamW with the pending gradients.
     *
     * @return global norm of the gradients before clipping
     * @throws DivergedException if the norm is no finite number; the weights are unchanged then
     */
    double takeStep(double learningRate) throws CanceledJobException {
        try {
            return Torch.withThreads(Torch.threadsFor(trainables.size()), () -> apply(learningRate));
        } finally {
            dropGradients();
        }
    }

    /** Takes back that share of the last step which a learning rate would have made. */
    void takeBack(double learningRate) {
        try (TensorScope call = new TensorScope()) {
            program.call(
                    call,
                    "take_back",
                    trainables.trained(),
                    state.means(),
                    state.squares(),
                    state.steps(),
                    learningRate,
                    settings.beta1(),
                    settings.beta2(),
                    settings.epsilon());
        }
    }

    /** See {@link TrainingWorker#logProbs}. */
    double[] logProbs(UpdatePart part, Progress progress) throws CanceledJobException {
        Map<TrainingSequence, Double> sums = reading.logProbs(
                part.sequences(), (call, share, batch) -> arguments(call, part, share, batch), progress);
        return part.sequences().stream().mapToDouble(sums::get).toArray();
    }

    /** See {@link StepLimit.Measure}. */
    double divergence(StepBound bound, Progress progress) throws CanceledJobException {
        return reading.divergence(bound.sampled(), bound.temperature(), progress);
    }

    /** The gradients since the last step, which are dropped here. */
    List<byte[]> takeGradients() {
        try {
            return FloatBytes.of(pending);
        } finally {
            dropGradients();
        }
    }

    /** Adds gradients that another updater of the same training computed. */
    void addGradients(List<byte[]> others) throws CanceledJobException {
        try (TensorScope call = new TensorScope()) {
            List<NDArray> added = new ArrayList<>();
            for (int i = 0; i < others.size(); i++) {
                long[] shape = trainables.trained().get(i).getShape().getShape();
                added.add(call.floats(FloatBytes.values(others.get(i)), shape));
            }
            if (pending.isEmpty()) {
                pending = ofPending.keep(added);
            } else {
                Torch.withThreads(
                        Torch.threadsFor(trainables.size()), () -> program.call(call, "add_gradients", pending, added));
            }
        }
    }

    /** Gives the memory of the gradients back, which is kept for the next update. */
    void releaseGradients() {
        memory.release();
    }

    /** Forgets the gradients since the last step. */
    void dropGradients() {
        ofPending.close();
        ofPending = new TensorScope();
        pending = List.of();
    }

    private List<List<MicroBatch>> split(List<TrainingSequence> sequences) {
        List<List<MicroBatch>> batches = batcher.split(sequences);
        batches.forEach(share -> share.forEach(batch -> calls.reach(batch.length())));
        return batches;
    }

    /** A part and its micro-batches for each worker. */
    private record Batches(UpdatePart part, List<List<MicroBatch>> ofWorkers) {

        List<MicroBatch> of(int worker) {
            return worker < ofWorkers.size() ? ofWorkers.get(worker) : List.of();
        }
    }

    /** What a worker has summed up. */
    private record Share(Map<String, PartFigures> figures, List<NDArray> gradients) {}

    private Map<String, PartFigures> add(List<Share> shares) {
        Map<String, PartFigures> figures = new LinkedHashMap<>();
        for (Share share : shares) {
            if (pending.isEmpty()) {
                pending = share.gradients();
            } else {
                program.call(ofPending, "add_gradients", pending, share.gradients());
            }
            share.figures().forEach((name, ofPart) -> figures.merge(name, ofPart, PartFigures::plus));
        }
        return figures;
    }

    /** @param kept memory for the first gradients; null for none */
    private Share sum(int share, List<Batches> parts, @Nullable List<NDArray> kept, Readers readers, Progress progress)
            throws CanceledJobException {
        Map<String, PartFigures> figures = new LinkedHashMap<>();
        List<NDArray> gradients = List.of();
        int all = parts.stream().mapToInt(part -> part.of(share).size()).sum();
        int done = 0;
        for (Batches part : parts) {
            List<MicroBatch> batches = part.of(share);
            for (int i = 0; i < batches.size(); i++) {
                progress.checkCanceled();
                try (TensorScope call = new TensorScope()) {
                    List<NDArray> into = gradients.isEmpty() && kept != null
                            ? kept
                            : GradientMemory.none(call, trainables.trained());
                    List<NDArray> parameters = arguments(call, part.part(), share, i);
                    List<NDArray> result =
                            backward(call, part.part(), parameters, into, batches.get(i), readers, progress);
                    PartFigures ofBatch = PartFigures.of(result.get(0).toFloatArray(), batches.get(i));
                    figures.merge(part.part().name(), ofBatch, PartFigures::plus);
                    List<NDArray> fresh = result.subList(1, result.size());
                    if (gradients.isEmpty()) {
                        gradients = ofPending.keep(fresh);
                    } else {
                        program.call(call, "add_gradients", gradients, fresh);
                    }
                }
                done++;
                progress.report(done / (double) all, "part %d of %d of an update".formatted(done, all));
            }
        }
        return new Share(figures, gradients);
    }

    private List<NDArray> backward(
            TensorScope call,
            UpdatePart part,
            List<NDArray> parameters,
            List<NDArray> into,
            MicroBatch batch,
            Readers readers,
            Progress progress)
            throws CanceledJobException {
        return part.loss() instanceof PolicyLoss loss
                ? calls.policy(call, parameters, into, batch, loss, readers.reference())
                : calls.supervised(call, parameters, into, batch, readers.teacher(), progress);
    }

    /**
     * The main part, of stream 0, draws its dropout by the micro-batch alone: seeds keep what they have always given.
     */
    private List<NDArray> arguments(TensorScope call, UpdatePart part, int share, int batch) {
        return part.stream() == 0
                ? trainables.arguments(call, state.updates(), share, batch)
                : trainables.arguments(call, state.updates(), share, batch, part.stream());
    }

    private double apply(double learningRate) {
        try (TensorScope call = new TensorScope()) {
            double norm = program.call(
                            call,
                            "apply_gradients",
                            trainables.trained(),
                            pending,
                            state.means(),
                            state.squares(),
                            state.steps(),
                            learningRate,
                            settings.beta1(),
                            settings.beta2(),
                            settings.weightDecay(),
                            settings.epsilon(),
                            settings.maxGradNorm())
                    .get(0)
                    .toFloatArray()[0];
            if (!Double.isFinite(norm)) {
                throw new DivergedException("gradient");
            }
            state.countUpdate();
            return norm;
        }
    }

    @Override
    public void close() {
        workers.close();
        ofPending.close();
        calls.close();
        memory.close();
        trainables.close();
        scope.close();
    }
}

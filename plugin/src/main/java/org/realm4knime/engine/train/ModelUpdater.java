package org.realm4knime.engine.train;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.DecoderProgram;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.LoraSettings;
import org.realm4knime.engine.torch.HostMemory;
import org.realm4knime.engine.torch.TensorScope;
import org.realm4knime.engine.torch.Torch;
import org.realm4knime.engine.torch.TorchWorkers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the weights of a model, or an adapter beside them. Gradients are summed over the micro-batches of a step, one call
 * each, and applied by one further call. It owns the optimizer's moments; the weights are the model's and change in place.
 */
final class ModelUpdater implements AutoCloseable {

    /** Source files of the training program. */
    static final String[] SOURCES = {"rows.py", "attention.py", "layer.py", "loss.py", "train.py"};

    /** Kind of the part of an update that contrasts steps. */
    private static final int CONTRAST = 1;

    /** Kind of the part of an update that holds the form in place. */
    private static final int ANCHORS = 3;

    /** Kind of the part of an update that internalises. */
    private static final int LESSONS = 2;

    private static final Logger LOG = LoggerFactory.getLogger(ModelUpdater.class);

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

    ModelUpdater(LanguageModel model, OptimizerSettings settings, int microBatchSize) {
        this(trainables(model, null, 0), settings, microBatchSize, false);
    }

    /** What an updater may change; see {@link Trainables#of}. The updater closes it. */
    static Trainables trainables(LanguageModel model, LoraSettings lora, long seed) {
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
        try {
            state = new AdamState(scope, trainables.trained());
        } catch (RuntimeException | Error e) {
            scope.close();
            throw e;
        }
        memory = new GradientMemory(trainables.trained());
        calls = new MicroBatchCalls(trainables, saveMemory);
        reading = new PolicyReading(trainables, calls, this::split);
        workers = new TorchWorkers(batcher.workers());
    }

    /**
     * Prepares a training that fits into the memory there is, and tells the user what it takes.
     *
     * @param trainables what is changed; closed with the updater, or here if there is none
     * @param settings constants of the optimizer
     * @param microBatchSize most sequences of a micro-batch; 0 for as many as fit
     * @param work what decides the memory
     * @param history gets a warning if activations are computed twice
     * @param progress shows the estimate
     * @throws EngineException if there is too little memory
     */
    static ModelUpdater withinMemory(
            Trainables trainables,
            OptimizerSettings settings,
            int microBatchSize,
            MemoryEstimate.Work work,
            TrainingHistory history,
            Progress progress) {
        try {
            MemoryEstimate estimate = MemoryEstimate.fitting(
                    trainables.model().config(),
                    work,
                    batcher(trainables, microBatchSize),
                    Torch.device().isGpu() ? OptionalLong.empty() : HostMemory.available());
            String needed = "This training takes " + estimate.describe();
            LOG.info(needed);
            progress.report(0, needed);
            if (estimate.checkpointed()) {
                history.warn(
                        "Memory is short: each layer's activations were computed twice instead of kept, which takes a third"
                                + " more time.");
            }
            return new ModelUpdater(trainables, settings, microBatchSize, estimate.checkpointed());
        } catch (RuntimeException | Error e) {
            trainables.close();
            throw e;
        }
    }

    private static Batcher batcher(Trainables trainables, int microBatchSize) {
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

    /**
     * One supervised step: weighted cross-entropy.
     *
     * @param sequences what to learn; their scales add up to 1 over all tokens
     * @param learningRate step size
     * @param progress asked between micro-batches whether to stop
     * @return the step's figures
     * @throws CanceledJobException if canceled; the weights are unchanged then
     */
    StepFigures supervised(List<TrainingSequence> sequences, double learningRate, Progress progress)
            throws CanceledJobException {
        return distilled(sequences, null, learningRate, progress);
    }

    /** One supervised step that also learns a teacher's distributions of the sequences that have a prompt for it. */
    StepFigures distilled(
            List<TrainingSequence> sequences, TeacherStates teacher, double learningRate, Progress progress)
            throws CanceledJobException {
        UpdatePart part = new UpdatePart(
                split(sequences),
                0,
                (call, p, into, batch, asked) -> calls.supervised(call, p, into, batch, teacher, asked));
        return update(List.of(part), learningRate, progress);
    }

    /**
     * One policy step: the clipped policy loss, with the divergence from a reference model where its weight is above 0. What
     * is internalised and contrasted is part of the same step: the optimizer's moments then weigh all of it by one scale.
     *
     * @param sequences completions with advantages; may be empty if there are lessons or steps to contrast
     * @param loss constants of the loss
     * @param reference weights of the reference model, see {@link Trainables#reference()}; null for a loss without
     *     divergence
     * @param lessons what is internalised, and what holds the form in place
     * @param contrast steps to contrast; null for none
     * @param learningRate step size
     * @param progress asked between micro-batches whether to stop
     * @return the step's figures
     * @throws CanceledJobException if canceled; the weights are unchanged then
     */
    StepFigures policy(
            List<TrainingSequence> sequences,
            PolicyLoss loss,
            List<NDArray> reference,
            Lessons lessons,
            StepContrast contrast,
            double learningRate,
            Progress progress)
            throws CanceledJobException {
        List<UpdatePart> parts = new ArrayList<>();
        if (!sequences.isEmpty()) {
            parts.add(new UpdatePart(
                    split(sequences),
                    0,
                    (call, p, into, batch, asked) -> calls.policy(call, p, into, batch, loss, reference)));
        }
        if (!lessons.sequences().isEmpty()) {
            parts.add(new UpdatePart(
                    split(lessons.sequences()),
                    LESSONS,
                    (call, p, into, batch, asked) -> calls.supervised(call, p, into, batch, lessons.teacher(), asked)));
        }
        if (!lessons.anchors().isEmpty()) {
            parts.add(new UpdatePart(
                    split(lessons.anchors()),
                    ANCHORS,
                    (call, p, into, batch, asked) -> calls.supervised(call, p, into, batch, null, asked)));
        }
        boolean contrasts = contrast != null && !contrast.pairs().isEmpty();
        StepContrast.Slopes slopes =
                contrasts ? contrast.slopes(reading.logProbs(contrast.sequences(), this::contrasted, progress)) : null;
        if (contrasts) {
            parts.add(new UpdatePart(
                    split(slopes.sequences()),
                    CONTRAST,
                    (call, p, into, batch, asked) -> calls.supervised(call, p, into, batch, null, asked)));
        }
        StepFigures figures = update(parts, learningRate, progress);
        figures = contrasts ? figures.withContrast(slopes.figures(), contrast.weight()) : figures;
        return reference == null ? figures.withoutDivergence() : figures;
    }

    /** Reads what the weights, as they are, say of completions. */
    PolicyReading reading() {
        return reading;
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

    /** Gives the memory of the gradients back, which is kept for the next update. */
    void releaseGradients() {
        memory.release();
    }

    private List<List<MicroBatch>> split(List<TrainingSequence> sequences) {
        List<List<MicroBatch>> batches = batcher.split(sequences);
        batches.forEach(share -> share.forEach(batch -> calls.reach(batch.length())));
        return batches;
    }

    /** What a worker has summed up. */
    private record Share(StepFigures figures, StepFigures lessons, List<NDArray> gradients) {}

    private StepFigures update(List<UpdatePart> parts, double learningRate, Progress progress)
            throws CanceledJobException {
        int busy = parts.stream().mapToInt(part -> part.batches().size()).max().orElseThrow();
        try (TensorScope step = new TensorScope()) {
            List<List<NDArray>> kept = memory.ofWorkers(busy);
            List<TorchWorkers.Job<Share>> jobs = new ArrayList<>();
            for (int share = 0; share < busy; share++) {
                int number = share;
                jobs.add(asked -> sum(number, parts, kept.get(number), step, asked));
            }
            List<Share> shares = workers.run(jobs, progress);
            return Torch.withThreads(Torch.threadsFor(trainables.size()), () -> finish(step, shares, learningRate));
        }
    }

    private StepFigures finish(TensorScope step, List<Share> shares, double learningRate) {
        List<NDArray> gradients = shares.get(0).gradients();
        StepFigures figures = shares.get(0).figures();
        StepFigures lessons = shares.get(0).lessons();
        for (Share other : shares.subList(1, shares.size())) {
            program.call(step, "add_gradients", gradients, other.gradients());
            figures = figures.plus(other.figures());
            lessons = lessons.plus(other.lessons());
        }
        return figures.withLessons(lessons).withGradientNorm(apply(gradients, learningRate));
    }

    private Share sum(int share, List<UpdatePart> parts, List<NDArray> kept, TensorScope step, Progress progress)
            throws CanceledJobException {
        StepFigures sum = StepFigures.NONE;
        StepFigures lessons = StepFigures.NONE;
        List<NDArray> gradients = List.of();
        for (UpdatePart part : parts) {
            List<MicroBatch> batches = part.of(share);
            for (int i = 0; i < batches.size(); i++) {
                MicroBatch batch = batches.get(i);
                progress.checkCanceled();
                try (TensorScope call = new TensorScope()) {
                    List<NDArray> parameters = arguments(call, part.kind(), share, i);
                    List<NDArray> into = gradients.isEmpty() ? kept : GradientMemory.none(call, trainables.trained());
                    List<NDArray> result = part.backward().run(call, parameters, into, batch, progress);
                    StepFigures figures = StepFigures.of(result.get(0).toFloatArray(), batch);
                    sum = part.kind() == 0 ? sum.plus(figures) : sum;
                    lessons = part.kind() == LESSONS ? lessons.plus(figures) : lessons;
                    List<NDArray> fresh = result.subList(1, result.size());
                    if (gradients.isEmpty()) {
                        gradients = step.keep(fresh);
                    } else {
                        program.call(call, "add_gradients", gradients, fresh);
                    }
                }
            }
        }
        return new Share(sum, lessons, gradients);
    }

    private List<NDArray> contrasted(TensorScope call, int share, int batch) {
        return arguments(call, CONTRAST, share, batch);
    }

    private List<NDArray> arguments(TensorScope call, int kind, int share, int batch) {
        return kind == 0
                ? trainables.arguments(call, state.updates(), share, batch)
                : trainables.arguments(call, state.updates(), share, batch, kind);
    }

    private double apply(List<NDArray> gradients, double learningRate) {
        try (TensorScope call = new TensorScope()) {
            double norm = program.call(
                            call,
                            "apply_gradients",
                            trainables.trained(),
                            gradients,
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
        calls.close();
        memory.close();
        trainables.close();
        scope.close();
    }
}

package org.realm4knime.engine.update;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.generate.Generator;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.torch.HostMemory;
import org.realm4knime.engine.torch.TensorScope;
import org.realm4knime.engine.torch.Torch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Threads of this process that work on a model in place. */
public final class LocalWorker implements TrainingWorker {

    private static final Logger LOG = LoggerFactory.getLogger(LocalWorker.class);
    private static final String MOMENTS = "moments.bin";
    private static final String KEPT = "best.bin";

    private final ModelUpdater updater;
    private final Readers readers;
    private final Generator generator;
    private final boolean savesMemory;
    private final TensorScope scope = new TensorScope();
    /** Copies of the trained tensors; empty while none was kept. */
    private List<NDArray> kept = List.of();

    private LocalWorker(ModelUpdater updater, @Nullable TeacherStates teacher, Workload work, boolean savesMemory) {
        this.updater = updater;
        this.savesMemory = savesMemory;
        generator = new Generator(updater.model(), work.rows());
        readers = new Readers(teacher, work.reference() ? updater.trainables().reference() : null);
    }

    /**
     * Prepares a training that fits into the memory there is, and tells the user what it takes.
     *
     * @param model changes in place; must stay open
     * @param settings how to train
     * @param work what decides the memory
     * @param teacher whose distributions are learned
     * @param progress shows the estimate
     * @throws org.realm4knime.engine.EngineException if there is too little memory
     */
    public static LocalWorker open(
            LanguageModel model, WorkerSettings settings, Workload work, Teacher teacher, Progress progress) {
        TeacherStates states = TeacherStates.of(teacher, model);
        Trainables trainables = null;
        try {
            trainables = ModelUpdater.trainables(model, settings.lora(), settings.seed());
            MemoryEstimate estimate = estimate(trainables, settings, work, states);
            String needed = "This training takes " + estimate.describe();
            LOG.info(needed);
            progress.report(0, needed);
            ModelUpdater updater = new ModelUpdater(
                    trainables, settings.optimizer(), settings.microBatchSize(), estimate.checkpointed());
            return new LocalWorker(updater, states, work, estimate.checkpointed());
        } catch (RuntimeException | Error e) {
            if (trainables != null) {
                trainables.close();
            }
            if (states != null) {
                states.close();
            }
            throw e;
        }
    }

    private static MemoryEstimate estimate(
            Trainables trainables, WorkerSettings settings, Workload work, @Nullable TeacherStates teacher) {
        int ofWeights = trainables.copiesForReference();
        int copies = (teacher == null ? 0 : teacher.copies())
                + (work.reference() ? ofWeights : 0)
                + (work.remembers() ? ofWeights : 0);
        MemoryEstimate.Work estimated = new MemoryEstimate.Work(
                trainables.size(),
                copies,
                work.shortest(),
                work.longest(),
                work.rows(),
                work.sharedPrompts(),
                work.writes(),
                teacher == null || teacher.live() ? null : teacher.reader());
        return MemoryEstimate.fitting(
                trainables.model().config(),
                estimated,
                ModelUpdater.batcher(trainables, settings.microBatchSize()),
                Torch.device().isGpu() ? OptionalLong.empty() : HostMemory.available());
    }

    @Override
    public Optional<String> warning() {
        return savesMemory
                ? Optional.of(
                        "Memory is short: each layer's activations were computed twice instead of kept, which takes"
                                + " a third more time.")
                : Optional.empty();
    }

    @Override
    public List<List<Completion>> write(List<int[]> prompts, int each, SamplingSettings sampling, Progress progress)
            throws CanceledJobException {
        return write(prompts, 0, each, sampling, progress);
    }

    /** See {@link #write(List, int, SamplingSettings, Progress)}; the first prompt has that index among all. */
    List<List<Completion>> write(List<int[]> prompts, int first, int each, SamplingSettings sampling, Progress progress)
            throws CanceledJobException {
        updater.releaseGradients(); // writing needs the memory
        publish(progress);
        return generator.complete(prompts, first, each, sampling, progress);
    }

    /** Makes the model's weights those of the training so far. */
    void publish(Progress progress) throws CanceledJobException {
        updater.trainables().publish(progress);
    }

    /** The values of what is trained, see {@link FloatBytes}. */
    List<byte[]> trained() {
        return FloatBytes.of(updater.trainables().trained());
    }

    /** Takes over values that a worker of the same training has trained, after so many steps. */
    void take(List<byte[]> trained, int steps) {
        FloatBytes.set(trained, updater.trainables().trained());
        updater.state().restore(steps);
        Progress.unwatched(progress -> {
            publish(progress);
            return this;
        });
    }

    /** The gradients since the last step, which are dropped here. */
    List<byte[]> takeGradients() {
        return updater.takeGradients();
    }

    /** Adds gradients that another worker computed. */
    void addGradients(List<byte[]> others) throws CanceledJobException {
        updater.addGradients(others);
    }

    /** Drops the gradients since the last step. */
    void dropGradients() {
        updater.dropGradients();
    }

    @Override
    public Map<String, PartFigures> addGradients(List<UpdatePart> parts, Progress progress)
            throws CanceledJobException {
        return updater.addGradients(parts, readers, progress);
    }

    @Override
    public StepTaken takeStep(double learningRate, StepBound bound, Progress progress) throws CanceledJobException {
        return takeStep(learningRate, bound, updater::divergence, progress);
    }

    /** See {@link #takeStep(double, StepBound, Progress)}; the divergence is measured so. */
    StepTaken takeStep(double learningRate, StepBound bound, StepLimit.Measure measure, Progress progress)
            throws CanceledJobException {
        double norm = updater.takeStep(learningRate);
        double divergence = bound.sampled().isEmpty()
                ? Double.NaN
                : StepLimit.apply(updater, bound, learningRate, measure, progress);
        return new StepTaken(norm, divergence);
    }

    @Override
    public double[] logProbs(UpdatePart part, Progress progress) throws CanceledJobException {
        return updater.logProbs(part, progress);
    }

    @Override
    public List<float[]> tokenLogProbs(List<TrainingSequence> sequences, double temperature, Progress progress)
            throws CanceledJobException {
        return updater.reading().tokenLogProbs(sequences, temperature, progress);
    }

    @Override
    public int steps() {
        return updater.state().updates();
    }

    @Override
    public void remember() {
        List<NDArray> trained = updater.trainables().trained();
        if (kept.isEmpty()) {
            kept = trained.stream().map(scope::copy).toList();
        } else {
            copy(trained, kept);
        }
    }

    @Override
    public void recall() {
        copy(kept, updater.trainables().trained());
        updater.state().clear();
    }

    private static void copy(List<NDArray> from, List<NDArray> to) {
        for (int i = 0; i < from.size(); i++) {
            to.get(i).set(new NDIndex(":"), from.get(i));
        }
    }

    @Override
    public void save(Path checkpoint) throws IOException {
        updater.trainables().write(checkpoint);
        FloatsFile.write(updater.state().all(), checkpoint.resolve(MOMENTS));
        if (!kept.isEmpty()) {
            FloatsFile.write(kept, checkpoint.resolve(KEPT));
        }
    }

    @Override
    public void load(Path checkpoint, int stepsTaken, Progress progress) throws IOException, CanceledJobException {
        updater.trainables().read(checkpoint, progress);
        FloatsFile.read(updater.state().all(), checkpoint.resolve(MOMENTS), progress);
        if (!kept.isEmpty()) {
            FloatsFile.read(kept, checkpoint.resolve(KEPT), progress);
        }
        updater.state().restore(stepsTaken);
    }

    @Override
    public void close() {
        if (readers.teacher() != null) {
            readers.teacher().close();
        }
        updater.close();
        scope.close();
    }
}

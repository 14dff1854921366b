package org.realm4knime.engine.train;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.DecoderProgram;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.torch.TensorScope;
import org.realm4knime.engine.torch.Torch;

/**
 * Changes the weights of a model. Gradients are summed over the micro-batches of a step, one call each, and applied by
 * one further call. It owns the gradients and the optimizer's moments; the weights are the model's and change in place.
 */
final class ModelUpdater implements AutoCloseable {

    private static final String SOURCE = "train.py";

    private final LanguageModel model;
    private final OptimizerSettings settings;
    private final Batcher batcher;
    private final DecoderProgram program;
    private final TensorScope scope = new TensorScope();
    private final List<NDArray> parameters;
    private final List<NDArray> gradients;
    private final AdamState state;
    private NDArray rope;
    private int ropeLength;

    ModelUpdater(LanguageModel model, OptimizerSettings settings, int microBatchSize) {
        this.model = model;
        this.settings = settings;
        batcher = Batcher.forModel(
                model.config(),
                microBatchSize,
                model.tokenizer().padId(),
                Torch.device().isGpu());
        program = DecoderProgram.shared(model.config(), SOURCE);
        parameters = model.tensors();
        gradients = parameters.stream().map(scope::zerosLike).toList();
        state = new AdamState(scope, parameters);
        parameters.forEach(parameter -> parameter.setRequiresGradient(true));
    }

    LanguageModel model() {
        return model;
    }

    /** Overwrites the model's weights with those of another of the same configuration. */
    void assign(LanguageModel other) {
        model.assign(other);
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
        StepFigures sum = StepFigures.NONE;
        clearGradients();
        for (MicroBatch batch : batcher.split(sequences)) {
            progress.checkCanceled();
            sum = sum.plus(addSupervised(batch));
        }
        return sum.withGradientNorm(apply(learningRate));
    }

    /**
     * One policy step: the clipped policy loss, with the divergence from a reference model where its weight is above 0.
     *
     * @param sequences completions with advantages
     * @param loss constants of the loss
     * @param reference weights of the reference model; null for a loss without divergence
     * @param learningRate step size
     * @param progress asked between micro-batches whether to stop
     * @return the step's figures
     * @throws CanceledJobException if canceled; the weights are unchanged then
     */
    StepFigures policy(
            List<TrainingSequence> sequences,
            PolicyLoss loss,
            LanguageModel reference,
            double learningRate,
            Progress progress)
            throws CanceledJobException {
        StepFigures sum = StepFigures.NONE;
        clearGradients();
        for (MicroBatch batch : batcher.split(sequences)) {
            progress.checkCanceled();
            sum = sum.plus(addPolicy(batch, loss, reference));
        }
        return sum.withGradientNorm(apply(learningRate));
    }

    private void clearGradients() {
        try (TensorScope call = new TensorScope()) {
            program.callWithoutGradients(call, "clear", gradients);
        }
    }

    private StepFigures addSupervised(MicroBatch batch) {
        try (TensorScope call = new TensorScope()) {
            float[] figures = program.call(
                            call,
                            "supervised",
                            parameters,
                            gradients,
                            call.longs(batch.ids(), batch.rows(), batch.length()),
                            call.longs(batch.positions(), batch.tokens()),
                            call.longs(batch.targets(), batch.tokens()),
                            call.floats(batch.scale(), batch.tokens()),
                            rope(batch.length()))
                    .get(0)
                    .toFloatArray();
            return new StepFigures(finite(figures[0]), figures[1], 0, 0, batch.tokens(), Double.NaN);
        }
    }

    private StepFigures addPolicy(MicroBatch batch, PolicyLoss loss, LanguageModel reference) {
        try (TensorScope call = new TensorScope()) {
            NDArray ids = call.longs(batch.ids(), batch.rows(), batch.length());
            NDArray positions = call.longs(batch.positions(), batch.tokens());
            NDArray targets = call.longs(batch.targets(), batch.tokens());
            NDArray table = rope(batch.length());
            NDArray referenceLogProbs = reference == null
                    ? call.zeros(batch.tokens())
                    : program.callWithoutGradients(
                                    call,
                                    "token_log_probs",
                                    reference.tensors(),
                                    ids,
                                    positions,
                                    targets,
                                    table,
                                    loss.temperature())
                            .get(0);
            float[] figures = program.call(
                            call,
                            "grpo",
                            parameters,
                            gradients,
                            ids,
                            positions,
                            targets,
                            call.floats(batch.scale(), batch.tokens()),
                            call.floats(batch.advantage(), batch.tokens()),
                            call.floats(batch.oldLogProbs(), batch.tokens()),
                            referenceLogProbs,
                            table,
                            loss.temperature(),
                            loss.clipLow(),
                            loss.clipHigh(),
                            reference == null ? 0.0 : loss.klCoefficient())
                    .get(0)
                    .toFloatArray();
            double kl = reference == null ? Double.NaN : figures[3];
            return new StepFigures(finite(figures[0]), figures[1], figures[2], kl, batch.tokens(), Double.NaN);
        }
    }

    private double apply(double learningRate) {
        try (TensorScope call = new TensorScope()) {
            double norm = program.callWithoutGradients(
                            call,
                            "apply_gradients",
                            parameters,
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

    private static double finite(float loss) {
        if (!Float.isFinite(loss)) {
            throw new DivergedException("loss");
        }
        return loss;
    }

    /** The table of rotations, made longer where a batch needs it: few runs need all positions that a model allows. */
    private NDArray rope(int length) {
        int longest = model.config().maxPositions();
        if (length > longest) {
            throw new EngineException(
                    "A training sequence has %d tokens, and the model %s reads at most %d. Shorten the prompts or the completions."
                            .formatted(length + 1, model.name(), longest));
        }
        if (length > ropeLength) {
            ropeLength = Math.min(longest, Math.max(256, Integer.highestOneBit(length) * 2));
            if (rope != null) {
                rope.close();
            }
            rope = program.rope(scope, ropeLength);
        }
        return rope;
    }

    @Override
    public void close() {
        parameters.forEach(parameter -> parameter.setRequiresGradient(false));
        scope.close();
    }
}

package org.realm4knime.engine.update;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.DecoderProgram;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.torch.TensorScope;

/** The training program's answers about one micro-batch: gradients of a loss, or log-probabilities. */
final class MicroBatchCalls implements AutoCloseable {

    private final LanguageModel model;
    private final DecoderProgram program;
    private final boolean saveMemory;
    private final TensorScope scope = new TensorScope();
    private @Nullable NDArray rope;
    private int ropeLength;

    /**
     * Prepares calls.
     *
     * @param trainables what gets gradients
     * @param saveMemory whether to compute the layers' activations twice instead of keeping them
     */
    MicroBatchCalls(Trainables trainables, boolean saveMemory) {
        model = trainables.model();
        program = trainables.program();
        this.saveMemory = saveMemory;
    }

    /**
     * Prepares for sequences of a length. The table of rotations is made longer where a batch needs it: few runs need
     * all positions that a model allows.
     *
     * @throws EngineException if the model does not read as many tokens
     */
    void reach(int length) {
        int longest = model.config().maxPositions();
        if (length > longest) {
            throw new EngineException(
                    ("A training sequence has %d tokens, and the model %s reads at most %d. Shorten the prompts or"
                                    + " the completions.")
                            .formatted(length + 1, model.name(), longest));
        }
        if (length > ropeLength) {
            ropeLength = Math.min(longest, Math.max(256, Integer.highestOneBit(length) * 2));
            if (rope != null) {
                rope.close();
            }
            rope = program.rope(scope, ropeLength);
        }
    }

    /**
     * Weighted cross-entropy, in part with a teacher's distributions.
     *
     * @param into memory for the gradients, see {@link GradientMemory}
     * @param teacher null for none
     * @return the figures of {@code head_loss}, then the gradients
     */
    List<NDArray> supervised(
            TensorScope call,
            List<NDArray> parameters,
            List<NDArray> into,
            MicroBatch batch,
            @Nullable TeacherStates teacher,
            Progress progress)
            throws CanceledJobException {
        MicroBatch.Tensors tensors = batch.tensors(call);
        Map<String, NDArray> terms = new LinkedHashMap<>();
        terms.put("cross_entropy", call.floats(batch.scale(), batch.tokens()));
        if (teacher != null) {
            terms.putAll(teacher.terms(call, batch, progress));
        }
        return gradients(call, parameters, into, tensors, terms, 1);
    }

    /**
     * The clipped policy loss.
     *
     * @param into memory for the gradients, see {@link GradientMemory}
     * @param reference weights of the reference model; null if there is none
     * @return the figures of {@code head_loss}, then the gradients
     */
    List<NDArray> policy(
            TensorScope call,
            List<NDArray> parameters,
            List<NDArray> into,
            MicroBatch batch,
            PolicyLoss loss,
            @Nullable List<NDArray> reference) {
        MicroBatch.Tensors tensors = batch.tensors(call);
        int tokens = batch.tokens();
        Map<String, NDArray> terms = new LinkedHashMap<>();
        terms.put("policy", call.floats(batch.scale(), tokens));
        terms.put("advantage", call.floats(batch.advantage(), tokens));
        terms.put("old_log_p", call.floats(batch.oldLogProbs(), tokens));
        terms.put("shaping", call.floats(batch.shaping(), tokens));
        terms.put("clip_low", call.scalar(loss.clipLow()));
        terms.put("clip_high", call.scalar(loss.clipHigh()));
        if (batch.diverges()) {
            if (reference == null) {
                throw new IllegalArgumentException("A divergence has a weight, but there is no reference model");
            }
            terms.put("divergence", call.floats(batch.divergence(), tokens));
            terms.put("reference_log_p", tokenLogProbs(weightsAlone(), call, reference, tensors, loss.temperature()));
        }
        return gradients(call, parameters, into, tensors, terms, loss.temperature());
    }

    private List<NDArray> gradients(
            TensorScope call,
            List<NDArray> parameters,
            List<NDArray> into,
            MicroBatch.Tensors batch,
            Map<String, NDArray> terms,
            double temperature) {
        return program.call(
                call,
                "gradients",
                parameters,
                batch.rows(),
                batch.positions(),
                batch.targets(),
                terms,
                temperature,
                rope,
                saveMemory,
                into);
    }

    /** Log-probability of each trained token, in nats. */
    NDArray tokenLogProbs(TensorScope call, List<NDArray> parameters, MicroBatch batch) {
        return tokenLogProbs(program, call, parameters, batch.tensors(call), 1);
    }

    /** Log-probability that the model, as it was published last, gives each trained token at a temperature, in nats. */
    NDArray publishedLogProbs(TensorScope call, MicroBatch batch, double temperature) {
        return tokenLogProbs(weightsAlone(), call, model.tensors(), batch.tensors(call), temperature);
    }

    /** The program of a model whose adapter, if it has one, is merged. */
    private DecoderProgram weightsAlone() {
        return DecoderProgram.shared(model.config(), ModelUpdater.SOURCES);
    }

    private NDArray tokenLogProbs(
            DecoderProgram reader,
            TensorScope call,
            List<NDArray> parameters,
            MicroBatch.Tensors batch,
            double temperature) {
        return reader.call(
                        call,
                        "token_log_probs",
                        parameters,
                        batch.rows(),
                        batch.positions(),
                        batch.targets(),
                        rope,
                        temperature)
                .get(0);
    }

    @Override
    public void close() {
        scope.close();
    }
}

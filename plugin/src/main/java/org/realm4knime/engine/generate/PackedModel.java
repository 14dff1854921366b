package org.realm4knime.engine.generate;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.List;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.model.DecoderProgram;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.torch.TensorScope;

/**
 * A model's weights as generation reads them, for many requests. They are freed when this is closed and no request
 * needs them any more.
 */
public final class PackedModel implements AutoCloseable {

    private final LanguageModel model;
    private final TensorScope scope = new TensorScope();
    private final KeyValueCache.Factory caches;
    private int users = 1;
    private boolean closed;

    private PackedModel(LanguageModel model, LanguageModel weights) {
        this.model = model;
        DecoderProgram program = DecoderProgram.shared(model.config(), "generate.py");
        List<NDArray> packed = KeyValueCache.Factory.pack(program, weights, scope);
        caches = new KeyValueCache.Factory(program, model, packed);
    }

    /**
     * Packs a model.
     *
     * @param model must stay open
     */
    public static PackedModel of(LanguageModel model) {
        return of(model, model);
    }

    /**
     * Packs a model with the weights of another one.
     *
     * @param model must stay open; it is not changed
     * @param weights of the same shapes; must stay open
     */
    public static PackedModel of(LanguageModel model, LanguageModel weights) {
        return new PackedModel(model, weights);
    }

    /**
     * Packs a model with the weights of another one and a LoRA adapter beside them.
     *
     * @param model must stay open; it is not changed
     * @param weights of the same shapes; not changed
     * @param adapter folder of the adapter in PEFT's format
     * @throws EngineException if the adapter cannot be read, or does not fit the model
     */
    public static PackedModel of(LanguageModel model, LanguageModel weights, Path adapter) {
        try (LanguageModel adapted = weights.copy(adapter)) {
            return new PackedModel(model, adapted);
        }
    }

    /** The model, whose own weights need not be those that are packed. */
    public LanguageModel model() {
        return model;
    }

    KeyValueCache.Factory caches() {
        return caches;
    }

    /** Keeps the weights until {@link #release}. */
    synchronized void take() {
        if (closed) {
            throw new EngineException("The model is no longer loaded.");
        }
        users++;
    }

    synchronized void release() {
        users--;
        if (users == 0) {
            scope.close();
        }
    }

    /** Takes no further requests. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            release();
        }
    }
}

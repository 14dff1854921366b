package org.realm4knime.engine.update;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.DecoderProgram;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.LoraSettings;
import org.realm4knime.engine.torch.TensorScope;

/**
 * What a training changes, and what its program reads: all weights of a model, or a low-rank adapter beside frozen
 * ones. Gradients and the optimizer's moments exist for the trained tensors only.
 */
sealed interface Trainables extends AutoCloseable permits TrainableWeights, TrainableAdapter {

    /**
     * What a training with these settings changes.
     *
     * @param model its weights, or its adapter, change in place
     * @param lora settings of the adapter; null to train all weights
     * @param seed of the adapter's start values and dropout
     * @param sources source files of the program
     */
    static Trainables of(LanguageModel model, @Nullable LoraSettings lora, long seed, String... sources) {
        return lora == null ? new TrainableWeights(model, sources) : new TrainableAdapter(model, lora, seed, sources);
    }

    /** The model. */
    LanguageModel model();

    /** Computes gradients, of {@link #trained()} alone. */
    DecoderProgram program();

    /**
     * The list {@code p} of the program.
     *
     * @param call owner of what is made for this call
     * @param draw numbers of the update and of the micro-batch in it, which decide what is dropped out
     */
    List<NDArray> arguments(TensorScope call, long... draw);

    /** The tensors that get gradients. */
    List<NDArray> trained();

    /** Number of values that are trained. */
    default long size() {
        return trained().stream().mapToLong(NDArray::size).sum();
    }

    /** Copies of the model's weights that {@link #reference()} makes. */
    int copiesForReference();

    /**
     * Weights of the model that a divergence is measured from, until this is closed: for all weights a copy of the
     * present ones, for an adapter the frozen ones, which cost nothing.
     */
    List<NDArray> reference();

    /** Makes the model's weights those of the training so far. */
    void publish(Progress progress) throws CanceledJobException;

    /** Writes what a checkpoint needs of the tensors, into a folder of its own within the given one. */
    void write(Path checkpoint);

    /**
     * Takes up what {@link #write} has written.
     *
     * @throws org.realm4knime.engine.EngineException if it is missing or damaged
     */
    void read(Path checkpoint, Progress progress) throws CanceledJobException;

    /** Publishes, and frees what the training alone needed. */
    @Override
    void close();
}

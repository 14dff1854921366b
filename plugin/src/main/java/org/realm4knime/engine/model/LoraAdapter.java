package org.realm4knime.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.torch.TensorScope;
import org.realm4knime.engine.torch.Torch;

/**
 * The low-rank matrices beside a model's projections, float32 in native memory until closed. A starts uniform in
 * +-1 / sqrt(inputs) and B at zero, as in PEFT, so that a new adapter changes nothing.
 */
public final class LoraAdapter implements AutoCloseable {

    private final DecoderConfig config;
    private final LoraSettings settings;
    private final String baseModel;
    private final LoraLayout layout;
    private final TensorScope scope;
    private final List<NDArray> tensors;

    private LoraAdapter(
            DecoderConfig config,
            LoraSettings settings,
            String baseModel,
            LoraLayout layout,
            TensorScope scope,
            List<NDArray> tensors) {
        this.config = config;
        this.settings = settings;
        this.baseModel = baseModel;
        this.layout = layout;
        this.scope = scope;
        this.tensors = List.copyOf(tensors);
    }

    /** A new adapter that changes nothing yet. */
    static LoraAdapter create(DecoderConfig config, LoraSettings settings, String baseModel, long seed) {
        LoraLayout layout = LoraLayout.of(config, settings);
        TensorScope scope = new TensorScope();
        List<NDArray> tensors = new RandomWeights(config, seed).create(layout.parameters(), scope);
        return new LoraAdapter(config, settings, baseModel, layout, scope, tensors);
    }

    /**
     * Reads a folder that PEFT or {@link #write} has written.
     *
     * @param config configuration of the model that it is for
     * @throws EngineException if a file is missing, does not fit the model, or asks for what is not supported
     */
    static LoraAdapter read(DecoderConfig config, Path directory, Progress progress) throws CanceledJobException {
        PeftConfig peft = PeftConfig.read(directory, config);
        LoraLayout layout = LoraLayout.of(config, peft.settings());
        TensorScope scope = new TensorScope();
        try (CheckpointReader reader = CheckpointReader.ofAdapter(directory)) {
            List<NDArray> tensors = reader.read(layout.parameters(), scope, progress);
            reader.requireNothingElse(layout.parameters());
            return new LoraAdapter(config, peft.settings(), peft.baseModel(), layout, scope, tensors);
        } catch (CanceledJobException | EngineException e) {
            scope.close();
            throw e;
        }
    }

    /** Writes adapter_config.json and adapter_model.safetensors (float32), which PEFT reads. */
    void write(Path directory, Progress progress) throws IOException, CanceledJobException {
        new PeftConfig(settings, baseModel).write(directory, config.architecture());
        new CheckpointWriter(WeightType.FLOAT32)
                .write(directory.resolve(PeftConfig.WEIGHTS_FILE), layout.parameters(), tensors, progress);
    }

    LoraAdapter copy() {
        TensorScope newScope = new TensorScope();
        return new LoraAdapter(
                config,
                settings,
                baseModel,
                layout,
                newScope,
                tensors.stream().map(newScope::copy).toList());
    }

    /**
     * Overwrites the matrices, in place, with those of a folder that {@link LanguageModel#writeAdapter} has written.
     *
     * @throws EngineException if a file is missing or does not fit this adapter
     */
    public void assign(Path directory, Progress progress) throws CanceledJobException {
        try (LoraAdapter other = read(config, directory, progress)) {
            if (!other.settings.continues(settings)) {
                throw new EngineException("%s: the adapter has other settings: %s instead of %s."
                        .formatted(directory, other.settings, settings));
            }
            Torch.run(() -> {
                for (int i = 0; i < tensors.size(); i++) {
                    tensors.get(i).set(new NDIndex(":"), other.tensors.get(i));
                }
                return null;
            });
        }
    }

    /** Rank, strength, dropout and targets. */
    public LoraSettings settings() {
        return settings;
    }

    /**
     * The model whose weights it was trained beside, as PEFT records it: name on the Hugging Face Hub or path; empty if
     * these weights are nowhere but here.
     */
    public String baseModel() {
        return baseModel;
    }

    /** Name and shape of every tensor, in the order of {@link #tensors()}. */
    public List<Parameter> parameters() {
        return layout.parameters();
    }

    /**
     * The matrices in the order in which the programs take them behind the weights; a trainer changes them in place.
     */
    public List<NDArray> tensors() {
        return tensors;
    }

    /** Places of the adapted weights among the model's parameters. */
    public List<Integer> adaptedWeights() {
        return layout.weights().stream().map(LoraLayout.AdaptedWeight::index).toList();
    }

    /**
     * Sets merged weights to base + scale * B A.
     *
     * @param base weights without the adapter, all parameters in the model's order
     * @param merged weights to overwrite, in the same order; may be the same tensors
     * @param progress asked before each matrix whether to stop; then some are merged and some are not
     */
    public void merge(List<NDArray> base, List<NDArray> merged, Progress progress) throws CanceledJobException {
        addTo(base, merged, settings.scale(), progress);
    }

    /** Sets base weights to merged - scale * B A; the reverse of {@link #merge}, up to rounding. */
    public void unmerge(List<NDArray> merged, List<NDArray> base) {
        Progress.unwatched(progress -> {
            addTo(merged, base, -settings.scale(), progress);
            return base;
        });
    }

    private void addTo(List<NDArray> from, List<NDArray> to, double factor, Progress progress)
            throws CanceledJobException {
        for (LoraLayout.AdaptedWeight weight : layout.weights()) {
            progress.checkCanceled();
            for (int k = 0; k < weight.blocks().size(); k++) {
                LoraLayout.Block block = weight.blocks().get(k);
                NDArray a = tensors.get(weight.a());
                NDArray b = tensors.get(weight.a() + 1 + k);
                NDIndex down = rows(k * settings.rank(), settings.rank());
                NDIndex rows = rows(block.firstRow(), block.rows());
                Torch.run(() -> {
                    try (NDArray part = a.get(down);
                            NDArray product = b.matMul(part);
                            NDArray change = product.mul(factor);
                            NDArray before = from.get(weight.index()).get(rows);
                            NDArray sum = before.add(change)) {
                        to.get(weight.index()).set(rows, sum);
                        return null;
                    }
                });
            }
        }
    }

    private static NDIndex rows(int first, int count) {
        return new NDIndex("%d:%d".formatted(first, first + count));
    }

    @Override
    public void close() {
        scope.close();
    }
}

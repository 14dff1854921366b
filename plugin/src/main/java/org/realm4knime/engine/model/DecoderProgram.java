package org.realm4knime.engine.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.realm4knime.engine.torch.TensorScope;
import org.realm4knime.engine.torch.Torch;
import org.realm4knime.engine.torch.TorchProgram;

/**
 * The decoder as a TorchScript program for one configuration: {@code weights.py}, {@code lora.py} and {@code
 * decoder.py} with further source files that build on them ({@code generate.py}; {@code rows.py}, {@code attention.py},
 * {@code layer.py}, {@code loss.py} and {@code train.py}).
 */
public final class DecoderProgram implements AutoCloseable {

    /** Logits that a training makes at once: 25 MB in f32, which the allocator still reuses from step to step. */
    private static final int MOST_LOGITS = 6_400_000;

    private static final int FEWEST_LOGIT_ROWS = 32;

    /** Shorter sequences are faster with weights that are kept. */
    private static final int FUSED_ATTENTION_FROM = 256;

    /** What all programs are made of. */
    private static final List<String> SHARED_SOURCES = List.of("weights.py", "lora.py", "decoder.py");

    private static final Map<Key, DecoderProgram> SHARED = new ConcurrentHashMap<>();

    private final DecoderConfig config;
    private final TorchProgram program;

    private record Key(DecoderConfig config, LoraSettings lora, Device device, List<String> moreSources) {}

    private DecoderProgram(DecoderConfig config, TorchProgram program) {
        this.config = config;
        this.program = program;
    }

    /**
     * Compiles the decoder.
     *
     * @param config the model's configuration
     * @param moreSources source files of the torch package to compile with those that all programs have
     * @return the program
     */
    public static DecoderProgram load(DecoderConfig config, String... moreSources) {
        return load(config, Map.of(), moreSources);
    }

    /**
     * Compiles the decoder with some constants of its source set to other values than those that follow from the
     * configuration.
     */
    public static DecoderProgram load(DecoderConfig config, Map<String, Object> otherConstants, String... moreSources) {
        List<String> sources = new ArrayList<>();
        sources.addAll(SHARED_SOURCES);
        sources.addAll(List.of(moreSources));
        Map<String, Object> constants = constants(config);
        constants.putAll(otherConstants);
        return new DecoderProgram(config, TorchProgram.load(constants, sources));
    }

    /**
     * A program that all callers in the process share, compiled at the first call. It has no state and stays loaded, so
     * it must not be closed.
     */
    public static DecoderProgram shared(DecoderConfig config, String... moreSources) {
        Key key = new Key(config, null, Torch.device(), List.of(moreSources));
        return SHARED.computeIfAbsent(key, k -> load(config, moreSources));
    }

    /**
     * A shared program with low-rank adapters beside the projections, as {@code lora.py} describes: its list of weights
     * goes on with the seed of the dropout, if there is dropout, and the adapter's tensors, which alone are trained.
     */
    public static DecoderProgram shared(DecoderConfig config, LoraSettings lora, String... moreSources) {
        Key key = new Key(config, lora, Torch.device(), List.of(moreSources));
        return SHARED.computeIfAbsent(key, k -> load(config, lora, moreSources));
    }

    /** Compiles the decoder with low-rank adapters beside the projections. */
    public static DecoderProgram load(DecoderConfig config, LoraSettings lora, String... moreSources) {
        return load(config, LoraLayout.constants(config, lora), moreSources);
    }

    /** Calls a method; see {@link TorchProgram#call}. */
    public List<NDArray> call(TensorScope scope, String method, Object... arguments) {
        return program.call(scope, method, arguments);
    }

    /** Trained tokens whose logits a training makes at once. */
    public static int logitRows(DecoderConfig config) {
        return Math.max(FEWEST_LOGIT_ROWS, MOST_LOGITS / config.vocabSize());
    }

    /**
     * Tokens of a sequence from which training computes attention without keeping its weights; on a graphics card,
     * whose kernels are others, none are enough.
     */
    public static int fusedAttentionFrom() {
        return Torch.device().isGpu() ? Integer.MAX_VALUE : FUSED_ATTENTION_FROM;
    }

    /** Place of the output projection [V, d] among a model's tensors: that of the embedding if they are tied. */
    public static int head(DecoderConfig config) {
        return config.tiedEmbeddings() ? 0 : 2 + WeightLayout.layerStride(config) * config.layers();
    }

    /**
     * The table of rotations that the program's methods take as {@code rope}: for each kind of layers
     * ({@link DecoderConfig#attentionKinds}) the pairs of a head, side by side.
     *
     * @param scope owner of the table
     * @param length number of positions
     * @return float32 [length, kinds * headDim / 2, 2]: cosine and sine of position times frequency, times the
     *     magnitude; 1 and 0 for pairs that are not rotated
     */
    public NDArray rope(TensorScope scope, int length) {
        List<LayerAttention> kinds = config.attentionKinds();
        int pairs = config.headDim() / 2;
        float[] table = new float[length * kinds.size() * pairs * 2];
        for (int kind = 0; kind < kinds.size(); kind++) {
            Rope rope = kinds.get(kind).rope();
            for (int pair = 0; pair < pairs; pair++) {
                double frequency = rope.rotates(pair) ? rope.frequency(pair) : 0;
                double magnitude = rope.rotates(pair) ? rope.magnitude() : 1;
                for (int position = 0; position < length; position++) {
                    int at = ((position * kinds.size() + kind) * pairs + pair) * 2;
                    table[at] = (float) (magnitude * Math.cos(position * frequency));
                    table[at + 1] = (float) (magnitude * Math.sin(position * frequency));
                }
            }
        }
        return scope.floats(table, length, (long) kinds.size() * pairs, 2);
    }

    /** The constants of {@code config.py}, those of adapters aside. */
    static Map<String, Object> constants(DecoderConfig config) {
        Map<String, Object> constants = new LinkedHashMap<>();
        constants.put("layers", config.layers());
        constants.put("heads", config.heads());
        constants.put("kv_heads", config.kvHeads());
        constants.put("head_dim", config.headDim());
        constants.put("hidden_size", config.hiddenSize());
        constants.put("intermediate_size", config.intermediateSize());
        constants.put("vocab_size", config.vocabSize());
        constants.put("eps", config.rmsNormEps());
        constants.put("scale", 1 / Math.sqrt(config.scoreDivisor()));
        constants.put("grouped", config.heads() != config.kvHeads());
        constants.put("embedding_scale", Math.sqrt(config.hiddenSize()));
        for (Difference difference : Difference.values()) {
            if (difference.isCompiled()) {
                constants.put(difference.constant(), config.has(difference));
            }
        }
        List<LayerAttention> kinds = config.attentionKinds();
        constants.put("kinds", kinds.size());
        constants.put(
                "kind_of_layer", config.attention().stream().map(kinds::indexOf).toList());
        constants.put("windows", kinds.stream().map(LayerAttention::window).toList());
        constants.put(
                "windowed",
                kinds.stream().anyMatch(kind -> kind.window() > 0 && kind.window() < config.maxPositions()));
        constants.put("tied", config.tiedEmbeddings());
        constants.put("layer_stride", WeightLayout.layerStride(config));
        constants.put("lora", false);
        constants.put("logit_rows", logitRows(config));
        constants.put("fused_from", fusedAttentionFrom());
        constants.put("half", Torch.device().isGpu());
        constants.put("onednn", Torch.hasOneDnn());
        return constants;
    }

    @Override
    public void close() {
        program.close();
    }
}

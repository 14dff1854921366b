package org.realm4knime.engine.model.gguf;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.model.DecoderConfig;
import org.realm4knime.engine.model.Difference;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.Parameter;
import org.realm4knime.engine.model.Parameter.Part;
import org.realm4knime.engine.model.Rope;
import org.realm4knime.engine.model.RopeScaling;
import org.realm4knime.engine.torch.Torch;

/**
 * A decoder as llama.cpp knows it: its shape as metadata, and its tensors under the names of GGUF.
 *
 * <p>llama.cpp rotates neighbouring rows of queries and keys of some architectures, as the programs here do, and row i
 * together with row i + h/2 of others, as Hugging Face does. So the rows are written in the program's order for the
 * first and in the checkpoint's for the others. Norms are written as they are multiplied with; Gemma's checkpoints have
 * them less 1.
 */
final class GgufDecoder {

    private static final String LAYERS = "model.layers.";
    private static final Map<String, String> NAMES = Map.of(
            "model.embed_tokens.weight", "token_embd.weight",
            "model.norm.weight", "output_norm.weight",
            "lm_head.weight", "output.weight");
    private static final Map<String, String> IN_LAYER = Map.ofEntries(
            Map.entry("input_layernorm", "attn_norm"),
            Map.entry("self_attn.q_proj", "attn_q"),
            Map.entry("self_attn.k_proj", "attn_k"),
            Map.entry("self_attn.v_proj", "attn_v"),
            Map.entry("self_attn.o_proj", "attn_output"),
            Map.entry("self_attn.q_norm", "attn_q_norm"),
            Map.entry("self_attn.k_norm", "attn_k_norm"),
            Map.entry("post_attention_layernorm", "ffn_norm"),
            Map.entry("mlp.gate_proj", "ffn_gate"),
            Map.entry("mlp.up_proj", "ffn_up"),
            Map.entry("mlp.down_proj", "ffn_down"));
    /** Where norms stand behind blocks too, {@code post_attention_layernorm} is one of these. */
    private static final Map<String, String> WITH_POST_NORMS = Map.of(
            "post_attention_layernorm", "post_attention_norm",
            "pre_feedforward_layernorm", "ffn_norm",
            "post_feedforward_layernorm", "post_ffw_norm");

    private final DecoderConfig config;
    private final GgufFamily family;

    /**
     * Looks at a decoder.
     *
     * @throws EngineException if it has what llama.cpp does not compute
     */
    GgufDecoder(DecoderConfig config) {
        this.config = config;
        family = GgufFamily.of(config);
    }

    /** Says what shape the decoder has. */
    void describe(GgufMetadata metadata) {
        String key = family.label() + ".";
        metadata.put("general.architecture", family.label())
                .put(key + "vocab_size", config.vocabSize())
                .put(key + "context_length", config.maxPositions())
                .put(key + "embedding_length", config.hiddenSize())
                .put(key + "block_count", config.layers())
                .put(key + "feed_forward_length", config.intermediateSize())
                .put(key + "attention.head_count", config.heads())
                .put(key + "attention.head_count_kv", config.kvHeads())
                .put(key + "attention.key_length", config.headDim())
                .put(key + "attention.value_length", config.headDim())
                .put(key + "attention.layer_norm_rms_epsilon", (float) config.rmsNormEps())
                .put(key + "rope.dimension_count", config.headDim())
                .put(key + "rope.freq_base", (float) rope().theta());
        if (scaling() instanceof RopeScaling.Linear linear) {
            metadata.put(key + "rope.scaling.type", "linear").put(key + "rope.scaling.factor", (float) linear.factor());
        }
        GgufFamily.local(config).ifPresent(local -> metadata.put(key + "attention.sliding_window", local.window())
                .put(key + "rope.freq_base_swa", (float) local.rope().theta()));
    }

    /**
     * The tensors of a model of this shape. Vectors and norms are float32; so is everything else whose rows do not fit
     * the type, in half precision.
     */
    List<GgufTensor> tensors(LanguageModel model, GgufType type) {
        List<GgufTensor> tensors = new ArrayList<>();
        if (isLlama3(scaling())) {
            tensors.add(ropeFactors());
        }
        List<Parameter> parameters = model.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            int row = 0;
            for (Part part : parameters.get(i).parts()) {
                tensors.add(tensor(part, model.tensors().get(i), row, type));
                row += part.rows();
            }
        }
        return tensors;
    }

    private GgufTensor tensor(Part part, NDArray tensor, int firstRow, GgufType type) {
        boolean reorder = part.rotated() != null && !family.rotatesNeighbours();
        if (part.vector()) {
            return new GgufTensor(
                    name(part.name()),
                    GgufType.F32,
                    1,
                    part.rows(),
                    true,
                    1,
                    (first, count) -> rows(part, tensor, firstRow, 0, part.rows(), reorder));
        }
        int block = part.block();
        GgufType fitting = type.fits(part.columns()) ? type : GgufType.F16;
        return new GgufTensor(
                name(part.name()),
                fitting,
                part.rows(),
                part.columns(),
                false,
                block,
                (first, count) -> rows(part, tensor, firstRow, first, count, reorder));
    }

    private static float[] rows(Part part, NDArray tensor, int partRow, int first, int count, boolean reorder) {
        int from = partRow + first;
        float[] rows = Torch.run(() -> {
            try (NDArray slice = tensor.get(new NDIndex("%d:%d".formatted(from, from + count)))) {
                return slice.toFloatArray();
            }
        });
        if (!reorder) {
            return rows;
        }
        float[] ordered = new float[rows.length];
        int columns = part.columns();
        for (int row = 0; row < count; row++) {
            System.arraycopy(
                    rows, row * columns, ordered, (part.checkpointRow(first + row) - first) * columns, columns);
        }
        return ordered;
    }

    /**
     * What llama.cpp divides the rotary frequencies by, one number for each pair of rows: the frequency over the scaled
     * one.
     */
    private GgufTensor ropeFactors() {
        float[] factors = new float[config.headDim() / 2];
        for (int i = 0; i < factors.length; i++) {
            double frequency = Math.pow(rope().theta(), -2.0 * i / config.headDim());
            factors[i] = (float) (frequency / rope().frequency(i));
        }
        return new GgufTensor(
                "rope_freqs.weight",
                GgufType.F32,
                1,
                factors.length,
                true,
                1,
                (first, count) -> Arrays.copyOf(factors, factors.length));
    }

    private static boolean isLlama3(RopeScaling scaling) {
        return scaling instanceof RopeScaling.Llama3;
    }

    private Rope rope() {
        return GgufFamily.rope(config);
    }

    private RopeScaling scaling() {
        return rope().scaling();
    }

    /** Name in GGUF of a tensor of a Hugging Face checkpoint. */
    private String name(String name) {
        if (!name.startsWith(LAYERS)) {
            return Objects.requireNonNull(NAMES.get(name), name);
        }
        int layerEnd = name.indexOf('.', LAYERS.length());
        int kindStart = name.lastIndexOf('.');
        String module = name.substring(layerEnd + 1, kindStart);
        String known = config.has(Difference.POST_NORMS) ? WITH_POST_NORMS.get(module) : null;
        return "blk." + name.substring(LAYERS.length(), layerEnd) + "."
                + (known == null ? Objects.requireNonNull(IN_LAYER.get(module), name) : known)
                + name.substring(kindStart);
    }
}

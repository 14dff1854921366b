package org.realm4knime.engine.model;

import java.util.ArrayList;
import java.util.List;
import org.realm4knime.engine.model.Parameter.Part;
import org.realm4knime.engine.model.Parameter.Role;
import org.realm4knime.engine.model.Parameter.Rotated;

/** The order of a model's tensors, the list {@code p} of {@code weights.py}, and their Hugging Face names. */
final class WeightLayout {

    private final DecoderConfig config;

    private WeightLayout(DecoderConfig config) {
        this.config = config;
    }

    /** Tensors of one layer. */
    static int layerStride(DecoderConfig config) {
        return 6
                + (config.has(Difference.QKV_BIAS) ? 1 : 0)
                + (config.has(Difference.POST_NORMS) ? 2 : 0)
                + (config.has(Difference.QK_NORM) ? 2 : 0);
    }

    /** All parameters in program order. */
    static List<Parameter> of(DecoderConfig config) {
        WeightLayout layout = new WeightLayout(config);
        List<Parameter> all = new ArrayList<>();
        int d = config.hiddenSize();
        all.add(Parameter.single(Role.EMBEDDING, Part.matrix("model.embed_tokens.weight", config.vocabSize(), d)));
        for (int l = 0; l < config.layers(); l++) {
            layout.addLayer(l, all);
        }
        all.add(layout.norm("model.norm.weight", d, null));
        if (!config.tiedEmbeddings()) {
            all.add(Parameter.single(Role.EMBEDDING, Part.matrix("lm_head.weight", config.vocabSize(), d)));
        }
        return List.copyOf(all);
    }

    private void addLayer(int number, List<Parameter> all) {
        String layer = "model.layers." + number + ".";
        String attention = layer + "self_attn.";
        int d = config.hiddenSize();
        boolean postNorms = config.has(Difference.POST_NORMS);
        String afterAttention = layer + "post_attention_layernorm.weight";
        all.add(norm(layer + "input_layernorm.weight", d, null));
        all.add(queryKeyValue(attention, "weight", number));
        all.add(Parameter.single(
                Role.OUTPUT_PROJECTION,
                Part.matrix(attention + "o_proj.weight", d, config.heads() * config.headDim())));
        all.add(norm(postNorms ? layer + "pre_feedforward_layernorm.weight" : afterAttention, d, null));
        all.add(gateUp(layer + "mlp."));
        all.add(Parameter.single(
                Role.OUTPUT_PROJECTION, Part.matrix(layer + "mlp.down_proj.weight", d, config.intermediateSize())));
        if (config.has(Difference.QKV_BIAS)) {
            all.add(queryKeyValue(attention, "bias", number));
        }
        if (postNorms) {
            all.add(norm(afterAttention, d, null));
            all.add(norm(layer + "post_feedforward_layernorm.weight", d, null));
        }
        if (config.has(Difference.QK_NORM)) {
            all.add(norm(attention + "q_norm.weight", config.headDim(), rotated(number, config.headDim())));
            all.add(norm(attention + "k_norm.weight", config.headDim(), rotated(number, config.headDim())));
        }
    }

    /** Weight or bias of the stacked projection. */
    private Parameter queryKeyValue(String attention, String kind, int layer) {
        int queries = config.heads() * config.headDim();
        int keys = config.kvHeads() * config.headDim();
        boolean bias = kind.equals("bias");
        String name = attention + "qkv_proj." + kind;
        Role role = bias ? Role.BIAS : Role.INPUT_PROJECTION;
        if (config.has(Difference.FUSED_PROJECTIONS)) {
            return Parameter.single(role, part(name, config.qkvRows(), bias).rotated(rotated(layer, queries + keys)));
        }
        return Parameter.stacked(
                name,
                role,
                part(attention + "q_proj." + kind, queries, bias).rotated(rotated(layer, queries)),
                part(attention + "k_proj." + kind, keys, bias).rotated(rotated(layer, keys)),
                part(attention + "v_proj." + kind, keys, bias));
    }

    private Part part(String name, int rows, boolean vector) {
        return vector ? Part.vector(name, rows) : Part.matrix(name, rows, config.hiddenSize());
    }

    private Parameter gateUp(String mlp) {
        int d = config.hiddenSize();
        int rows = config.intermediateSize();
        String name = mlp + "gate_up_proj.weight";
        if (config.has(Difference.FUSED_PROJECTIONS)) {
            return Parameter.single(Role.INPUT_PROJECTION, Part.matrix(name, 2 * rows, d));
        }
        return Parameter.stacked(
                name,
                Role.INPUT_PROJECTION,
                Part.matrix(mlp + "gate_proj.weight", rows, d),
                Part.matrix(mlp + "up_proj.weight", rows, d));
    }

    private Rotated rotated(int layer, int rows) {
        return new Rotated(
                config.headDim(), config.attention().get(layer).rope().dimensions(), rows);
    }

    private Parameter norm(String name, int size, Rotated rotated) {
        return Parameter.single(
                Role.NORM, Part.vector(name, size).rotated(rotated).lessOne(config.has(Difference.NORMS_LESS_ONE)));
    }
}

package org.realm4knime.engine.model;

import java.util.ArrayList;
import java.util.List;
import org.realm4knime.engine.model.Parameter.Part;
import org.realm4knime.engine.model.Parameter.Role;

/** The order of a model's tensors, the list {@code p} of {@code weights.py}, and their Hugging Face names. */
final class WeightLayout {

    private final DecoderConfig config;

    private WeightLayout(DecoderConfig config) {
        this.config = config;
    }

    /** Tensors of one layer. */
    static int layerStride(DecoderConfig config) {
        return 6 + (config.qkvBias() ? 1 : 0) + (config.qkNorm() ? 2 : 0);
    }

    /** All parameters in program order. */
    static List<Parameter> of(DecoderConfig config) {
        WeightLayout layout = new WeightLayout(config);
        List<Parameter> all = new ArrayList<>();
        int d = config.hiddenSize();
        all.add(Parameter.single(Role.EMBEDDING, matrix("model.embed_tokens.weight", config.vocabSize(), d)));
        for (int l = 0; l < config.layers(); l++) {
            layout.addLayer("model.layers." + l + ".", all);
        }
        all.add(norm("model.norm.weight", d, 0));
        if (!config.tiedEmbeddings()) {
            all.add(Parameter.single(Role.EMBEDDING, matrix("lm_head.weight", config.vocabSize(), d)));
        }
        return List.copyOf(all);
    }

    private void addLayer(String layer, List<Parameter> all) {
        int d = config.hiddenSize();
        int h = config.headDim();
        int queryRows = config.heads() * h;
        int keyRows = config.kvHeads() * h;
        String attention = layer + "self_attn.";
        all.add(norm(layer + "input_layernorm.weight", d, 0));
        all.add(Parameter.stacked(
                attention + "qkv_proj.weight",
                Role.INPUT_PROJECTION,
                new Part(attention + "q_proj.weight", queryRows, d, false, h),
                new Part(attention + "k_proj.weight", keyRows, d, false, h),
                matrix(attention + "v_proj.weight", keyRows, d)));
        all.add(Parameter.single(Role.OUTPUT_PROJECTION, matrix(attention + "o_proj.weight", d, queryRows)));
        all.add(norm(layer + "post_attention_layernorm.weight", d, 0));
        all.add(Parameter.stacked(
                layer + "mlp.gate_up_proj.weight",
                Role.INPUT_PROJECTION,
                matrix(layer + "mlp.gate_proj.weight", config.intermediateSize(), d),
                matrix(layer + "mlp.up_proj.weight", config.intermediateSize(), d)));
        all.add(Parameter.single(
                Role.OUTPUT_PROJECTION, matrix(layer + "mlp.down_proj.weight", d, config.intermediateSize())));
        if (config.qkvBias()) {
            all.add(Parameter.stacked(
                    attention + "qkv_proj.bias",
                    Role.BIAS,
                    new Part(attention + "q_proj.bias", queryRows, 1, true, h),
                    new Part(attention + "k_proj.bias", keyRows, 1, true, h),
                    new Part(attention + "v_proj.bias", keyRows, 1, true, 0)));
        }
        if (config.qkNorm()) {
            all.add(norm(attention + "q_norm.weight", h, h));
            all.add(norm(attention + "k_norm.weight", h, h));
        }
    }

    private static Part matrix(String name, int rows, int columns) {
        return new Part(name, rows, columns, false, 0);
    }

    private static Parameter norm(String name, int size, int rotaryHeadDim) {
        return Parameter.single(Role.NORM, new Part(name, size, 1, true, rotaryHeadDim));
    }
}

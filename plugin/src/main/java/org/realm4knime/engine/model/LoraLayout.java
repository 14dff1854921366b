package org.realm4knime.engine.model;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.model.Parameter.Part;
import org.realm4knime.engine.model.Parameter.Role;

/**
 * Order of an adapter's tensors, which the programs take behind the weights, and their names in PEFT.
 *
 * <p>Every adapted weight has one A, stacked over its adapted parts as they read the same input, and then one B for
 * each of these parts. The rows of B are ordered as those of the weight.
 */
final class LoraLayout {

    static final String PEFT_PREFIX = "base_model.model.";
    private static final String WEIGHT_SUFFIX = ".weight";

    private final Architecture architecture;
    private final int rank;
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<AdaptedWeight> weights = new ArrayList<>();

    /**
     * A weight with adapters.
     *
     * @param index its place among the model's parameters
     * @param a place of its A among the adapter's tensors; its Bs follow
     * @param blocks the parts that are adapted, in order
     */
    record AdaptedWeight(int index, int a, List<Block> blocks) {}

    /** Rows of a stacked weight that belong to an adapted part. */
    record Block(int firstRow, int rows) {}

    private LoraLayout(Architecture architecture, int rank) {
        this.architecture = architecture;
        this.rank = rank;
    }

    /**
     * The layout for a model.
     *
     * @throws EngineException if some, but not all, parts of a projection that is stored as one are to be adapted
     */
    static LoraLayout of(DecoderConfig config, LoraSettings settings) {
        requireWhole(config.architecture(), settings);
        LoraLayout layout = new LoraLayout(config.architecture(), settings.rank());
        List<Parameter> all = WeightLayout.of(config);
        for (int i = 0; i < all.size(); i++) {
            layout.add(i, all.get(i), settings);
        }
        return layout;
    }

    private static void requireWhole(Architecture architecture, LoraSettings settings) {
        for (LoraTarget target : settings.targets()) {
            String module = target.moduleName(architecture);
            Set<LoraTarget> parts = EnumSet.allOf(LoraTarget.class);
            parts.removeIf(part -> !part.moduleName(architecture).equals(module));
            if (!settings.targets().containsAll(parts)) {
                throw new EngineException(
                        ("The LoRA targets are %s, but models of the architecture %s have %s as one projection, %s."
                                        + " Choose all of these or none.")
                                .formatted(
                                        LoraSettings.names(settings.targets()),
                                        architecture.modelType(),
                                        LoraSettings.names(parts),
                                        module));
            }
        }
    }

    /** The adapter's tensors in order. */
    List<Parameter> parameters() {
        return parameters;
    }

    /** The adapted weights in the model's order. */
    List<AdaptedWeight> weights() {
        return weights;
    }

    /** Constants of adapters in {@code config.py}: which projections have one, and where their tensors are. */
    static Map<String, Object> constants(DecoderConfig config, LoraSettings settings) {
        LoraLayout layout = of(config, settings);
        Map<String, Object> constants = new LinkedHashMap<>();
        constants.put("lora_scale", settings.scale());
        constants.put("lora_kept", 1 - settings.dropout());
        constants.put("lora_dropout", settings.dropout() > 0);
        int weights = WeightLayout.of(config).size();
        constants.put("lora", true);
        constants.put("lora_first", weights + (settings.dropout() > 0 ? 1 : 0));
        constants.put("lora_stride", layout.parameters.size() / config.layers());
        for (LoraTarget target : LoraTarget.values()) {
            constants.put("lora_" + target.moduleName(), settings.targets().contains(target));
        }
        return constants;
    }

    private void add(int index, Parameter weight, LoraSettings settings) {
        List<Part> down = new ArrayList<>();
        List<Parameter> up = new ArrayList<>();
        List<Block> blocks = new ArrayList<>();
        int row = 0;
        for (Part part : weight.parts()) {
            if (settings.targets().stream().anyMatch(t -> t.isWeight(architecture, part.name()))) {
                String name = PEFT_PREFIX + part.name().substring(0, part.name().length() - WEIGHT_SUFFIX.length());
                down.add(Part.matrix(name + ".lora_A.weight", rank, part.columns()));
                Part b = Part.matrix(name + ".lora_B.weight", part.rows(), rank).rotated(part.rotated());
                up.add(Parameter.single(Role.ADAPTER_UP, b));
                blocks.add(new Block(row, part.rows()));
            }
            row += part.rows();
        }
        if (!blocks.isEmpty()) {
            weights.add(new AdaptedWeight(index, parameters.size(), blocks));
            parameters.add(Parameter.stacked(
                    PEFT_PREFIX + weight.name() + ".lora_A", Role.ADAPTER_DOWN, down.toArray(Part[]::new)));
            parameters.addAll(up);
        }
    }
}

package org.realm4knime.engine.model;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.realm4knime.engine.EngineException;

/**
 * What the tensors of a checkpoint are called without the names of what was wrapped around the model when it was saved:
 * {@code _orig_mod.} of torch.compile, {@code module.} of data-parallel training, those of FSDP, or of a trainer's own
 * class. Models that were saved without their output projection (LlamaModel, Qwen2Model) lack {@code model.} before
 * their names.
 */
final class TensorNames {

    private static final Pattern INNER_WRAPPER =
            Pattern.compile("(?<=^|\\.)(?:_orig_mod|_fsdp_wrapped_module|_checkpoint_wrapped_module)\\.");
    private static final String EMBEDDING = "embed_tokens.weight";
    private static final String MODEL = "model.";
    private static final String HEAD = "lm_head.weight";
    private static final Pattern ADAPTER =
            Pattern.compile("^.*?(?<=^|\\.)(layers\\.\\d+\\..*\\.lora_[AB])(?:\\.default)?\\.weight$");

    private TensorNames() {}

    /**
     * Names of a model's tensors.
     *
     * @param stored names in the files
     * @return those names by the ones that {@link WeightLayout} uses
     */
    static Map<String, String> ofModel(Collection<String> stored) {
        Map<String, String> inner = new LinkedHashMap<>();
        stored.forEach(name -> put(inner, INNER_WRAPPER.matcher(name).replaceAll(""), name));
        String embedding = inner.keySet().stream()
                .filter(name -> name.endsWith(EMBEDDING))
                .findFirst()
                .orElse(MODEL + EMBEDDING);
        String around = embedding.substring(0, embedding.length() - EMBEDDING.length());
        String wrapper = around.endsWith(MODEL) ? around.substring(0, around.length() - MODEL.length()) : around;
        Map<String, String> names = new LinkedHashMap<>();
        inner.forEach((name, original) -> put(names, plain(name, around, wrapper), original));
        return names;
    }

    private static String plain(String name, String around, String wrapper) {
        if (name.equals(wrapper + HEAD)) {
            return HEAD;
        }
        return name.startsWith(around) && !name.equals(HEAD) ? MODEL + name.substring(around.length()) : name;
    }

    /** Names of an adapter's tensors, as {@link LoraLayout} has them. */
    static Map<String, String> ofAdapter(Collection<String> stored) {
        Map<String, String> names = new LinkedHashMap<>();
        for (String name : stored) {
            Optional<String> inLayer = ADAPTER.matcher(
                            INNER_WRAPPER.matcher(name).replaceAll(""))
                    .results()
                    .findFirst()
                    .map(found -> LoraLayout.PEFT_PREFIX + MODEL + found.group(1) + ".weight");
            put(names, inLayer.orElse(name), name);
        }
        return names;
    }

    private static void put(Map<String, String> names, String name, String original) {
        String other = names.putIfAbsent(name, original);
        if (other != null) {
            throw new EngineException(
                    ("The tensors %s and %s are both the model's %s. Save the model again without what is wrapped"
                                    + " around it.")
                            .formatted(other, original, name));
        }
    }
}

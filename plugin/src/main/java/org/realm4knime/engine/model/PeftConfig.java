package org.realm4knime.engine.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.WholeFile;

/**
 * The adapter_config.json of PEFT, of which LoRA is supported without its variants: an adapter that needs one is
 * refused, as it would compute something else.
 *
 * @param settings the adapter's settings
 * @param baseModel name on the Hugging Face Hub or path of the model it belongs to; empty if there is none
 */
record PeftConfig(LoraSettings settings, String baseModel) {

    static final String CONFIG_FILE = "adapter_config.json";
    static final String WEIGHTS_FILE = "adapter_model.safetensors";

    /**
     * Members that change nothing of what the weights compute. Every other one, also of PEFT versions to come, is taken
     * for a variant that something else would be computed for, unless it is absent, null, false, 0 or empty.
     */
    private static final Set<String> PLAIN = Set.of(
            "peft_type",
            "task_type",
            "base_model_name_or_path",
            "revision",
            "auto_mapping",
            "inference_mode",
            "peft_version",
            "r",
            "lora_alpha",
            "lora_dropout",
            "use_rslora",
            "target_modules",
            "bias",
            "init_lora_weights",
            // used when the adapter is started, not afterwards
            "loftq_config",
            "eva_config",
            "corda_config",
            "lora_ga_config",
            "runtime_config",
            "low_cpu_mem_usage",
            // without effect unless another member switches their variant on
            "qalora_group_size",
            "megatron_core",
            "layers_pattern");

    /** Start values that leave the base weights as they are; others, such as PiSSA, change them. */
    private static final Set<String> PLAIN_STARTS = Set.of("gaussian", "eva", "orthogonal");

    private static final String MERGE =
            "Merge the adapter into its base model with PEFT (merge_and_unload) and read the merged model.";

    /**
     * Reads the file of an adapter's folder.
     *
     * @param config shape of the model that it is for
     * @throws EngineException if it is missing or damaged, or needs what is not supported
     */
    static PeftConfig read(Path directory, DecoderConfig config) {
        Path file = directory.resolve(CONFIG_FILE);
        if (!Files.isRegularFile(file)) {
            throw new EngineException(file + " is missing. Choose the folder of a LoRA adapter as PEFT writes it, with "
                    + CONFIG_FILE + " and " + WEIGHTS_FILE + ".");
        }
        JsonObject json = JsonFiles.readObject(file);
        try {
            refuseVariants(json, file);
            double dropout = json.has("lora_dropout") ? json.get("lora_dropout").getAsDouble() : 0;
            boolean stabilized = isOn(json.get("use_rslora"));
            LoraSettings settings = new LoraSettings(
                    required(json, "r", file).getAsInt(),
                    required(json, "lora_alpha", file).getAsDouble(),
                    dropout,
                    targets(required(json, "target_modules", file), config, file),
                    stabilized);
            JsonElement base = json.get("base_model_name_or_path");
            return new PeftConfig(settings, base == null || base.isJsonNull() ? "" : base.getAsString());
        } catch (IllegalStateException | UnsupportedOperationException | NumberFormatException e) {
            throw new EngineException(file + " is damaged: " + JsonFiles.reason(e) + ". Download it again.", e);
        }
    }

    /** Writes the file of an adapter to a model of an architecture. */
    void write(Path directory, Architecture architecture) throws IOException {
        Files.createDirectories(directory);
        WholeFile.write(directory.resolve(CONFIG_FILE), JsonFiles.format(toJson(architecture)));
    }

    private JsonObject toJson(Architecture architecture) {
        JsonObject json = new JsonObject();
        json.addProperty("peft_type", "LORA");
        json.addProperty("task_type", "CAUSAL_LM");
        json.add("base_model_name_or_path", baseModel.isEmpty() ? JsonNull.INSTANCE : new JsonPrimitive(baseModel));
        json.addProperty("inference_mode", true);
        json.addProperty("r", settings.rank());
        json.add("lora_alpha", number(settings.alpha()));
        json.addProperty("lora_dropout", settings.dropout());
        JsonArray targets = new JsonArray();
        moduleNames(settings.targets(), architecture).forEach(targets::add);
        json.add("target_modules", targets);
        json.addProperty("use_rslora", settings.rankStabilized());
        json.addProperty("use_dora", false);
        json.addProperty("bias", "none");
        json.addProperty("fan_in_fan_out", false);
        json.addProperty("init_lora_weights", true);
        json.add("modules_to_save", JsonNull.INSTANCE);
        json.add("rank_pattern", new JsonObject());
        json.add("alpha_pattern", new JsonObject());
        return json;
    }

    /** PEFT declares alpha a whole number, so it is written as one where it is one. */
    private static JsonElement number(double value) {
        return value == Math.rint(value) && value < 1e9 ? new JsonPrimitive((long) value) : new JsonPrimitive(value);
    }

    private static void refuseVariants(JsonObject json, Path file) {
        String type = required(json, "peft_type", file).getAsString();
        if (!type.equals("LORA")) {
            throw unsupported(file, "peft_type", type, "Only LORA is.");
        }
        JsonElement bias = json.get("bias");
        if (isOn(bias) && !bias.getAsString().equals("none")) {
            throw unsupported(file, "bias", bias.getAsString(), MERGE);
        }
        for (Map.Entry<String, JsonElement> member : json.entrySet()) {
            if (!PLAIN.contains(member.getKey()) && isOn(member.getValue())) {
                throw unsupported(file, member.getKey(), member.getValue().toString(), MERGE);
            }
        }
        JsonElement start = json.get("init_lora_weights");
        if (start != null
                && start.isJsonPrimitive()
                && start.getAsJsonPrimitive().isString()
                && !PLAIN_STARTS.contains(start.getAsString())) {
            throw unsupported(file, "init_lora_weights", start.getAsString(), MERGE);
        }
    }

    private static Set<LoraTarget> targets(JsonElement modules, DecoderConfig config, Path file) {
        try {
            return LoraModules.targets(modules, config);
        } catch (IllegalArgumentException e) {
            throw unsupported(
                    file,
                    "target_modules",
                    modules.toString(),
                    "As read, %s. Adapters are read for any of %s in all layers. %s"
                            .formatted(e.getMessage(), all(config.architecture()), MERGE));
        }
    }

    private static String all(Architecture architecture) {
        return String.join(", ", moduleNames(EnumSet.allOf(LoraTarget.class), architecture));
    }

    private static List<String> moduleNames(Set<LoraTarget> targets, Architecture architecture) {
        return targets.stream()
                .map(target -> target.moduleName(architecture))
                .distinct()
                .toList();
    }

    private static JsonElement required(JsonObject json, String key, Path file) {
        JsonElement value = json.get(key);
        if (value == null || value.isJsonNull()) {
            throw new EngineException(file + " has no " + key + ". It is not the configuration of a LoRA adapter.");
        }
        return value;
    }

    private static boolean isOn(JsonElement value) {
        if (value == null || value.isJsonNull()) {
            return false;
        }
        if (value.isJsonArray()) {
            return !value.getAsJsonArray().isEmpty();
        }
        if (value.isJsonObject()) {
            return value.getAsJsonObject().size() > 0;
        }
        JsonPrimitive primitive = value.getAsJsonPrimitive();
        if (primitive.isNumber()) {
            return primitive.getAsDouble() != 0;
        }
        return primitive.isBoolean()
                ? primitive.getAsBoolean()
                : !primitive.getAsString().isEmpty();
    }

    private static EngineException unsupported(Path file, String key, String value, String remedy) {
        return new EngineException("%s: %s %s is not supported. %s".formatted(file, key, value, remedy));
    }
}

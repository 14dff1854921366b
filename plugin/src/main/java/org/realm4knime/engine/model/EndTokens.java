package org.realm4knime.engine.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.OptionalInt;
import java.util.Set;
import org.realm4knime.engine.EngineException;

/** The tokens that end a completion, as a model's files name them. */
final class EndTokens {

    private static final String MODEL_FILE = "config.json";
    private static final String KEY = "eos_token_id";

    private EndTokens() {}

    /**
     * The tokenizer's own, then those of generation_config.json (chat models have several), or where that file is
     * missing those of config.json, as transformers does.
     *
     * @param directory folder of the model
     * @param generation content of generation_config.json; null if there is none
     * @param own the end token that the tokenizer names, if it names one
     * @return at least one token id, none twice
     * @throws EngineException if there is none, or one is no token id
     */
    static int[] read(Path directory, JsonObject generation, OptionalInt own) {
        Set<Integer> ids = new LinkedHashSet<>();
        own.ifPresent(ids::add);
        Path model = directory.resolve(MODEL_FILE);
        boolean ofModel = generation == null && Files.exists(model);
        Path file = ofModel ? model : directory.resolve(TextTokenizer.GENERATION_FILE);
        JsonObject json = ofModel ? JsonFiles.readObject(model) : generation;
        JsonElement more = json == null ? null : json.get(KEY);
        if (more != null && more.isJsonArray()) {
            more.getAsJsonArray().forEach(id -> ids.add(endId(file, id)));
        } else if (more != null && !more.isJsonNull()) {
            ids.add(endId(file, more));
        }
        if (ids.isEmpty()) {
            throw new EngineException("%s: no end token. %s must name an \"eos_token\", or %s an \"%s\"."
                    .formatted(directory, TextTokenizer.CONFIG_FILE, TextTokenizer.GENERATION_FILE, KEY));
        }
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int endId(Path file, JsonElement id) {
        try {
            return id.getAsInt();
        } catch (IllegalStateException | UnsupportedOperationException | NumberFormatException e) {
            throw new EngineException(
                    "%s: \"%s\" is neither a token id nor a list of them: %s. Download the file again."
                            .formatted(file, KEY, id),
                    e);
        }
    }
}

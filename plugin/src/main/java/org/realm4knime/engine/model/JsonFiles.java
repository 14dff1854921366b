package org.realm4knime.engine.model;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.realm4knime.engine.EngineException;

/** The JSON files of a model directory. */
final class JsonFiles {

    private static final Gson PRETTY = new GsonBuilder()
            .setPrettyPrinting()
            .serializeNulls()
            .disableHtmlEscaping()
            .create();

    private JsonFiles() {}

    /**
     * Reads a file that holds one JSON object.
     *
     * @throws EngineException if it is missing or is no JSON object
     */
    static JsonObject readObject(Path file) {
        try {
            return parseObject(Files.readString(file), file);
        } catch (NoSuchFileException e) {
            throw new EngineException(file + " is missing. Choose the folder that holds the model's files.", e);
        } catch (IOException e) {
            throw new EngineException(file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /** Parses the content of a file that holds one JSON object. */
    static JsonObject parseObject(String content, Path file) {
        try {
            JsonElement json = JsonParser.parseString(content);
            if (json.isJsonObject()) {
                return json.getAsJsonObject();
            }
            throw new EngineException(file + " is not a JSON object.");
        } catch (JsonParseException e) {
            throw new EngineException(file + " is not valid JSON: " + e.getMessage(), e);
        }
    }

    /** Formats JSON with indentation and a final line feed. */
    static byte[] format(JsonElement json) {
        return (PRETTY.toJson(json) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.IoReason;

/** The JSON files of a model directory. */
final class JsonFiles {

    private static final Gson PRETTY = new GsonBuilder()
            .setPrettyPrinting()
            .serializeNulls()
            .disableHtmlEscaping()
            .create();

    /** The longest tokenizers have a seventh of it. */
    private static final long MOST_BYTES = 256L << 20;

    private static final Pattern PLACE = Pattern.compile("at line (\\d+) column (\\d+)");
    private static final Pattern SHAPE = Pattern.compile("Expected (an? \\w+|[A-Z_]+) but was ([A-Z_]+)");

    private JsonFiles() {}

    /**
     * Reads a file that holds one JSON object.
     *
     * @throws EngineException if it is missing or is no JSON object
     */
    static JsonObject readObject(Path file) {
        try {
            requireSize(file);
            return parseObject(Files.readString(file), file);
        } catch (NoSuchFileException e) {
            throw new EngineException(file + " is missing. Choose the folder that holds the model's files.", e);
        } catch (IOException e) {
            throw new EngineException(file + " cannot be read: " + IoReason.of(e) + ".", e);
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
            throw new EngineException(
                    file + " is not valid JSON: " + reason(e) + ". Correct it, or download it again.", e);
        }
    }

    /**
     * Refuses a file that would fill the memory.
     *
     * @throws EngineException if it has more bytes than such a file ever has
     */
    static void requireSize(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new EngineException("%s has %d MB, and files of its kind have no more than %d MB. Download it again."
                    .formatted(file, Files.size(file) >> 20, MOST_BYTES >> 20));
        }
    }

    /** What is wrong with JSON, and where, of what the library says for programmers. */
    static String reason(Exception e) {
        String said = String.valueOf(e.getMessage());
        Matcher place = PLACE.matcher(said);
        String where = place.find() ? " at line " + place.group(1) + ", column " + place.group(2) : "";
        Matcher shape = SHAPE.matcher(said);
        if (shape.find()) {
            return "there is %s instead of %s%s".formatted(words(shape.group(2)), words(shape.group(1)), where);
        }
        return "it cannot be understood" + where;
    }

    private static String words(String token) {
        return switch (token) {
            case "BEGIN_OBJECT" -> "an object";
            case "BEGIN_ARRAY" -> "a list";
            case "a name", "NAME" -> "a name";
            case "a string", "STRING" -> "a text";
            case "a boolean", "BOOLEAN" -> "true or false";
            case "NULL" -> "null";
            case "an int", "a long", "a double", "NUMBER" -> "a number";
            default -> "an end";
        };
    }

    /** Formats JSON with indentation and a final line feed. */
    static byte[] format(JsonElement json) {
        return (PRETTY.toJson(json) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}

package org.realm4knime.engine.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.realm4knime.engine.EngineException;

/**
 * Refuses a tokenizer.json that would end the whole process: the native tokenizer library panics at it instead of
 * refusing it, and a panic does not stop at Java's border. What is looked for was found by mutating tokenizers and
 * opening them in processes of their own, see docs/decisions/foreign-tokenizers.md.
 */
final class TokenizerCheck {

    /** The library reads no deeper. */
    private static final int DEEPEST = 100;

    /** Far above what any tokenizer has; the library's time grows faster than the length. */
    private static final int LONGEST_ADDED = 1000;

    /** Normalizers that leave out spaces, marks or control characters. */
    private static final Set<String> LEAVE_OUT =
            Set.of("BertNormalizer", "Nmt", "Precompiled", "Strip", "StripAccents");

    private static final String MODEL = "model";
    private static final String CHARSMAP = "precompiled_charsmap";

    private final Path file;
    private final String content;
    /** All members but the vocabulary and its merges, which are large. */
    private final Map<String, JsonElement> members = new HashMap<>();

    private TokenizerCheck(Path file, String content) throws IOException {
        this.file = file;
        this.content = content;
        JsonReader json = new JsonReader(new StringReader(content));
        // the library panics at a decoder that is no JSON in its own, strict, sense
        json.setStrictness(Strictness.STRICT);
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            if (name.equals(MODEL) && json.peek() == JsonToken.BEGIN_OBJECT) {
                members.put(name, modelWithoutVocabulary(json));
            } else {
                members.put(name, JsonParser.parseReader(json));
            }
        }
    }

    private static JsonObject modelWithoutVocabulary(JsonReader json) throws IOException {
        JsonObject model = new JsonObject();
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            if (name.equals("vocab") || name.equals("merges")) {
                json.skipValue();
            } else {
                model.add(name, JsonParser.parseReader(json));
            }
        }
        json.endObject();
        return model;
    }

    /**
     * Checks a tokenizer that is JSON.
     *
     * @param file named in messages
     * @param content what is in it
     * @param vocabulary the same, read
     * @throws EngineException naming the field at which the library would panic, or that no text could be cut with
     * @throws IOException if it is not JSON of the expected kind
     */
    static void check(Path file, String content, TokenizerJson vocabulary) throws IOException {
        TokenizerCheck check = new TokenizerCheck(file, content);
        check.members.forEach((name, value) -> check.walk(value, name, 0));
        check.model(vocabulary);
        check.addedTokens();
    }

    private void walk(JsonElement value, String path, int depth) {
        if (depth > DEEPEST) {
            throw refused(path, "is nested more than " + DEEPEST + " deep");
        }
        if (value instanceof JsonObject object) {
            switch (text(object, "type")) {
                case "Precompiled" ->
                    CharacterMap.flaw(object.get(CHARSMAP), content).ifPresent(flaw -> {
                        throw refused(path + "." + CHARSMAP, flaw);
                    });
                case "TemplateProcessing" -> template(object, path);
                case "FixedLength" -> {
                    if (number(object, "length") == 0) {
                        throw refused(path + ".length", "is 0");
                    }
                }
                case "Strip" -> {
                    // of a decoder: the library counts back beyond the first sign of a shorter token
                    if (number(object, "stop") > 0) {
                        throw refused(path + ".stop", "is not 0");
                    }
                }
                default -> {
                    // nothing is known that it panics at
                }
            }
            object.entrySet().forEach(member -> walk(member.getValue(), path + "." + member.getKey(), depth + 1));
        } else if (value instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                walk(array.get(i), path + "[" + i + "]", depth + 1);
            }
        } else if (value instanceof JsonPrimitive primitive) {
            leaf(primitive, path);
        }
    }

    /** What Java reads and the library does not. */
    private void leaf(JsonPrimitive value, String path) {
        if (value.isNumber() && Double.isInfinite(value.getAsDouble())) {
            throw refused(path, "is a number out of range");
        }
        if (value.isString() && value.getAsString().codePoints().anyMatch(TokenizerCheck::half)) {
            throw refused(path, "holds half a character");
        }
    }

    private static boolean half(int letter) {
        return Character.getType(letter) == Character.SURROGATE;
    }

    /** What a template names must be there: the special tokens in its list, and no second text beside a single one. */
    private void template(JsonObject template, String path) {
        Set<String> known = template.get("special_tokens") instanceof JsonObject tokens ? tokens.keySet() : Set.of();
        for (String kind : new String[] {"single", "pair"}) {
            JsonArray pieces = template.get(kind) instanceof JsonArray array ? array : new JsonArray();
            for (JsonElement piece : pieces) {
                String special = piece(piece, "SpecialToken");
                if (special != null && !known.contains(special)) {
                    throw refused(
                            path + "." + kind,
                            "names the special token '" + special + "', which \"special_tokens\" does not have");
                }
                if (kind.equals("single") && "B".equals(piece(piece, "Sequence"))) {
                    throw refused(path + "." + kind, "names a second text, B, where there is one alone");
                }
            }
        }
    }

    private static String piece(JsonElement piece, String kind) {
        return piece instanceof JsonObject object && object.get(kind) instanceof JsonObject named
                ? text(named, "id")
                : null;
    }

    private void model(TokenizerJson vocabulary) throws IOException {
        if (!(members.get(MODEL) instanceof JsonObject model)) {
            return; // the library refuses it
        }
        String unknown = text(model, "unk_token");
        // byte pairs of bytes need none
        if (!text(model, "type").equals("BPE")
                && !unknown.isEmpty()
                && vocabulary.id(unknown).isEmpty()) {
            throw refused("model.unk_token", "is '" + unknown + "', which is no token of the vocabulary");
        }
        String prefix = text(model, "continuing_subword_prefix");
        if (!prefix.isEmpty()) {
            merges(prefix);
        }
    }

    /** The library takes the prefix off the second part of every merge without looking whether it is there. */
    private void merges(String prefix) throws IOException {
        JsonReader json = new JsonReader(new StringReader(content));
        // the library panics at a decoder that is no JSON in its own, strict, sense
        json.setStrictness(Strictness.STRICT);
        json.beginObject();
        while (json.hasNext()) {
            if (!json.nextName().equals(MODEL)) {
                json.skipValue();
                continue;
            }
            json.beginObject();
            while (json.hasNext()) {
                if (json.nextName().equals("merges") && json.peek() == JsonToken.BEGIN_ARRAY) {
                    merges(json, prefix);
                } else {
                    json.skipValue();
                }
            }
            json.endObject();
        }
    }

    private void merges(JsonReader json, String prefix) throws IOException {
        json.beginArray();
        for (int i = 0; json.hasNext(); i++) {
            JsonElement merge = JsonParser.parseReader(json);
            String second = "";
            if (merge instanceof JsonArray parts
                    && parts.size() > 1
                    && parts.get(1).isJsonPrimitive()) {
                second = parts.get(1).getAsString();
            } else if (merge.isJsonPrimitive()) {
                second = merge.getAsString().substring(merge.getAsString().indexOf(' ') + 1);
            }
            if (!second.startsWith(prefix)) {
                throw refused(
                        "model.merges[" + i + "]",
                        "has the second part '" + second + "', which does not begin with"
                                + " \"continuing_subword_prefix\", '" + prefix + "'");
            }
        }
        json.endArray();
    }

    /**
     * An added token of which the normalizer leaves nothing would be found between all letters; a very long one takes
     * minutes.
     */
    private void addedTokens() {
        if (!(members.get("added_tokens") instanceof JsonArray tokens)) {
            return;
        }
        JsonElement normalizer = members.get("normalizer");
        boolean empties = has(
                normalizer,
                step -> text(step, "type").equals("Replace")
                        && text(step, "content").isEmpty());
        boolean leavesOut = has(normalizer, step -> LEAVE_OUT.contains(text(step, "type")));
        for (int i = 0; i < tokens.size(); i++) {
            if (!(tokens.get(i) instanceof JsonObject token)) {
                continue;
            }
            String text = text(token, "content");
            if (text.length() > LONGEST_ADDED) {
                throw refused(
                        "added_tokens[" + i + "]",
                        "has %d letters, and with more than %d it takes minutes to open"
                                .formatted(text.length(), LONGEST_ADDED));
            }
            boolean normalized = text(token, "normalized").equals("true");
            boolean goes = empties || leavesOut && text.codePoints().noneMatch(TokenizerCheck::stays);
            if (normalized && !text.isEmpty() && goes) {
                throw refused(
                        "added_tokens[" + i + "]",
                        "is changed by the normalizer (\"normalized\"), which may leave nothing of it");
            }
        }
    }

    /** Letters, digits and signs are left by every normalizer that does not replace by patterns. */
    private static boolean stays(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** Whether a normalizer, or one within it, is of a kind. */
    private static boolean has(JsonElement normalizer, Predicate<JsonObject> kind) {
        if (normalizer instanceof JsonArray several) {
            return several.asList().stream().anyMatch(step -> has(step, kind));
        }
        return normalizer instanceof JsonObject step && (kind.test(step) || has(step.get("normalizers"), kind));
    }

    private static double number(JsonObject object, String name) {
        JsonElement value = object.get(name);
        return value instanceof JsonPrimitive primitive && primitive.isNumber() ? primitive.getAsDouble() : Double.NaN;
    }

    private static String text(JsonObject object, String name) {
        JsonElement value = object.get(name);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }

    private EngineException refused(String field, String flaw) {
        return new EngineException(
                "%s is not a tokenizer that can be used: \"%s\" %s. Download it again.".formatted(file, field, flaw));
    }
}

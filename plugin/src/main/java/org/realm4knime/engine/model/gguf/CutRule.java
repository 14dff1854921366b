package org.realm4knime.engine.model.gguf;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How llama.cpp cuts a text before byte pairs are merged, {@code tokenizer.ggml.pre}. It knows these rules by name and
 * takes none from the file. Its converter tells by the tokens of a test text which of the tokenizers it knows it has
 * before it; here the rule in tokenizer.json decides, which also finds the name for tokenizers that nobody else has.
 */
enum CutRule {
    GPT_2("gpt-2", false, Patterns.GPT_2),
    SMOLLM("smollm", false, "\\p{N}", Patterns.GPT_2),
    QWEN2("qwen2", false, Patterns.CL100K.formatted("")),
    LLAMA_3("llama-bpe", true, Patterns.CL100K.formatted("{1,3}")),
    SMAUG("smaug-bpe", false, Patterns.CL100K.formatted("{1,3}"));

    /** Regular expressions as tokenizer.json has them. */
    private static final class Patterns {
        static final String GPT_2 =
                "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
        static final String CL100K = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}%s|"
                + " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    }

    private final String label;
    private final boolean ignoresMerges;
    private final List<Pattern> patterns;

    CutRule(String label, boolean ignoresMerges, String... patterns) {
        this.label = label;
        this.ignoresMerges = ignoresMerges;
        this.patterns = Arrays.stream(patterns)
                .map(pattern -> Pattern.compile(pattern, Pattern.UNICODE_CHARACTER_CLASS))
                .toList();
    }

    /** Name in the file. */
    String label() {
        return label;
    }

    /** Whether a word that is a token becomes it without merging. */
    boolean ignoresMerges() {
        return ignoresMerges;
    }

    static Optional<CutRule> of(String label) {
        return Arrays.stream(values()).filter(rule -> rule.label.equals(label)).findFirst();
    }

    /**
     * The rule that a tokenizer.json has.
     *
     * @param preTokenizer its member {@code pre_tokenizer}
     * @param ignoresMerges its member {@code ignore_merges} of the model
     * @return the rule; empty if llama.cpp has none such
     */
    static Optional<CutRule> of(@Nullable JsonElement preTokenizer, boolean ignoresMerges) {
        if (preTokenizer == null || !preTokenizer.isJsonObject()) {
            return Optional.empty();
        }
        List<String> cuts = new ArrayList<>();
        return addCuts(preTokenizer.getAsJsonObject(), cuts)
                ? Arrays.stream(values())
                        .filter(rule -> rule.ignoresMerges == ignoresMerges && rule.hasPatterns(cuts))
                        .findFirst()
                : Optional.empty();
    }

    private boolean hasPatterns(List<String> cuts) {
        return patterns.stream().map(Pattern::pattern).toList().equals(cuts);
    }

    /** Adds the expressions by which a part of a pre-tokenizer cuts; false if it does something else. */
    private static boolean addCuts(JsonObject part, List<String> cuts) {
        return switch (part.get("type").getAsString()) {
            case "Sequence" -> {
                JsonArray parts = part.getAsJsonArray("pretokenizers");
                yield parts.asList().stream().allMatch(inner -> addCuts(inner.getAsJsonObject(), cuts));
            }
            case "Digits" -> {
                cuts.add("\\p{N}");
                yield isOn(part, "individual_digits");
            }
            case "Split" -> {
                JsonElement regex = part.getAsJsonObject("pattern").get("Regex");
                cuts.add(regex == null ? "" : regex.getAsString());
                yield part.get("behavior").getAsString().equals("Isolated") && !isOn(part, "invert");
            }
            case "ByteLevel" -> {
                if (!part.has("use_regex") || isOn(part, "use_regex")) {
                    cuts.add(Patterns.GPT_2);
                }
                yield !isOn(part, "add_prefix_space");
            }
            default -> false;
        };
    }

    private static boolean isOn(JsonObject part, String key) {
        return part.has(key) && part.get(key).getAsBoolean();
    }

    /** The pieces of a text, as llama.cpp cuts it: by one expression after the other; what lies between stays whole. */
    List<String> pieces(String text) {
        List<String> pieces = List.of(text);
        for (Pattern pattern : patterns) {
            pieces = pieces.stream().flatMap(piece -> cut(piece, pattern)).toList();
        }
        return pieces;
    }

    private static Stream<String> cut(String text, Pattern pattern) {
        List<String> pieces = new ArrayList<>();
        int end = 0;
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            pieces.add(text.substring(end, matcher.start()));
            pieces.add(matcher.group());
            end = matcher.end();
        }
        pieces.add(text.substring(end));
        return pieces.stream().filter(piece -> !piece.isEmpty());
    }
}

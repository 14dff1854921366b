package org.realm4knime.engine.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the choices that a single text lists. */
final class ChoiceText {

    /** Lists as Python prints them have single quotes. */
    private static final JsonMapper LENIENT = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * The choices.
     *
     * @param labels their labels; letters if they have none
     * @param texts their texts
     * @param labelled whether the text gives the labels
     */
    record Listed(List<String> labels, List<String> texts, boolean labelled) {}

    private ChoiceText() {}

    /** The list or object that a text is, in JSON or as Python prints it. */
    static Optional<JsonNode> parsed(String text) {
        try {
            JsonNode value = LENIENT.readTree(text);
            return Optional.of(value).filter(JsonNode::isContainerNode).filter(node -> !node.isEmpty());
        } catch (JsonProcessingException e) {
            return Optional.empty(); // a text of another form
        }
    }

    /** Choices with labels, "A) one B) two" or "1. one 2. two", or else one a line, or between bars or semicolons. */
    static Optional<Listed> listed(String text) {
        return Stream.of("A", "a", "1")
                .flatMap(first -> labelled(text, first.charAt(0)).stream())
                .findFirst()
                .or(() -> Stream.of("\\R", "\\s*\\|\\s*", "\\s*;\\s*")
                        .map(separator -> Stream.of(text.strip().split(separator))
                                .map(String::strip)
                                .filter(part -> !part.isEmpty())
                                .toList())
                        .filter(parts -> parts.size() > 1)
                        .findFirst()
                        .map(parts -> new Listed(MultipleChoice.letters(parts.size()), parts, false)));
    }

    /** The labels must follow one another, so that a bracket within a choice is not taken for one. */
    private static Optional<Listed> labelled(String text, char first) {
        List<String> labels = new ArrayList<>();
        List<Integer> starts = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        int from = 0;
        for (char label = first; ; label++) {
            Matcher mark = Pattern.compile(
                            "(?:^|(?<=[\\s,;|\\[]))\\(?" + Pattern.quote(String.valueOf(label)) + "\\s?[).:]\\s*(?!$)")
                    .matcher(text);
            if (!mark.find(from)
                    || labels.isEmpty() && !text.substring(0, mark.start()).isBlank()) {
                break;
            }
            labels.add(String.valueOf(label));
            starts.add(mark.start());
            ends.add(mark.end());
            from = mark.end();
        }
        if (labels.size() < 2) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            int end = i + 1 < starts.size() ? starts.get(i + 1) : text.length();
            texts.add(text.substring(ends.get(i), end)
                    .replaceFirst("[\\s,;|]+$", "")
                    .strip());
        }
        return Optional.of(new Listed(labels, texts, true));
    }
}

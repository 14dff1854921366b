package org.realm4knime.engine.problem;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The choices of a question, in any of the layouts of the usual benchmarks: a list of texts (MMLU), an object of two lists
 * {@code text} and {@code label} (ARC), a list of objects with {@code text} and {@code label} (CommonsenseQA), an object
 * from label to text (MedQA), or one column a choice.
 *
 * @param labels labels as the file has them, such as A or 1
 * @param texts the choices, as many as labels
 */
record MultipleChoice(List<String> labels, List<String> texts) {

    private static final List<String> FIELDS = List.of("choices", "options", "question.choices");
    private static final int MOST_COLUMNS = 10;

    /** Takes out labels that the texts repeat, as in AQuA's "A)21". */
    MultipleChoice {
        List<String> given = List.copyOf(labels);
        List<String> all = List.copyOf(texts);
        List<String> bare = IntStream.range(0, all.size())
                .mapToObj(i ->
                        all.get(i).replaceFirst("(?i)^\\s*\\(?" + Pattern.quote(given.get(i)) + "\\s*[).:]\\s*", ""))
                .toList();
        boolean repeated =
                IntStream.range(0, all.size()).noneMatch(i -> bare.get(i).equals(all.get(i)));
        labels = given;
        texts = repeated ? bare : all;
    }

    static Optional<MultipleChoice> of(FileRecord record) {
        return FIELDS.stream()
                .flatMap(name -> record.field(name).stream())
                .flatMap(MultipleChoice::of)
                .findFirst()
                .or(() -> columns(record));
    }

    private static Stream<MultipleChoice> of(JsonElement choices) {
        if (choices.isJsonArray()) {
            return Stream.of(ofArray(choices.getAsJsonArray()));
        }
        if (!choices.isJsonObject()) {
            return Stream.empty();
        }
        JsonObject object = choices.getAsJsonObject();
        if (object.has("text") && object.get("text").isJsonArray()) {
            List<String> texts = strings(object.getAsJsonArray("text"));
            List<String> labels = object.has("label") ? strings(object.getAsJsonArray("label")) : letters(texts.size());
            return Stream.of(new MultipleChoice(labels, texts));
        }
        List<String> texts =
                object.entrySet().stream().map(e -> e.getValue().getAsString()).toList();
        return Stream.of(new MultipleChoice(List.copyOf(object.keySet()), texts));
    }

    private static MultipleChoice ofArray(JsonArray array) {
        List<String> labels = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (JsonElement choice : array) {
            String letter = letters(array.size()).get(texts.size());
            if (choice.isJsonObject()) {
                JsonObject object = choice.getAsJsonObject();
                labels.add(object.has("label") ? object.get("label").getAsString() : letter);
                texts.add(object.has("text") ? object.get("text").getAsString() : object.toString());
            } else {
                labels.add(letter);
                texts.add(choice.getAsString());
            }
        }
        return new MultipleChoice(labels, texts);
    }

    private static Optional<MultipleChoice> columns(FileRecord record) {
        List<String> labels = letters(MOST_COLUMNS).stream()
                .takeWhile(letter -> record.text(List.of(letter)).isPresent())
                .toList();
        List<String> texts = labels.stream()
                .map(letter -> record.text(List.of(letter)).orElseThrow())
                .toList();
        return labels.size() < 2 ? Optional.empty() : Optional.of(new MultipleChoice(labels, texts));
    }

    /** The choices as they follow the question, a line each. */
    String listed() {
        return IntStream.range(0, texts.size())
                .mapToObj(i -> "\n" + letters(texts.size()).get(i) + ") " + texts.get(i))
                .collect(Collectors.joining());
    }

    /**
     * The letter of the right choice, whose answer is given as its label, its number from 0, or its text. A JSON number is
     * never taken for a text, as choices may be numbers themselves.
     */
    String letter(FileRecord record, String answer, boolean isNumber) {
        String label = DatasetReader.plainLabel(answer);
        List<String> plainLabels =
                labels.stream().map(DatasetReader::plainLabel).toList();
        List<String> plainTexts = texts.stream().map(MultipleChoice::plain).toList();
        int choice = plainLabels.indexOf(label);
        if (choice < 0 && !isNumber) {
            choice = plainTexts.indexOf(plain(answer));
        }
        if (choice < 0 && label.matches("\\d{1,2}")) {
            choice = Integer.parseInt(label);
        }
        if (choice < 0 || choice >= labels.size()) {
            throw record.error(
                    "the answer '%s' is none of the choices %s.".formatted(answer, String.join(", ", labels)));
        }
        return letters(labels.size()).get(choice);
    }

    private static String plain(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    private static List<String> letters(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> String.valueOf((char) ('A' + i)))
                .toList();
    }

    private static List<String> strings(JsonArray array) {
        return array.asList().stream().map(JsonElement::getAsString).toList();
    }
}

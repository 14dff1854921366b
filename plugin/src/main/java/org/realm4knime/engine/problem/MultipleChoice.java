package org.realm4knime.engine.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.realm4knime.engine.problem.file.FieldUse;
import org.realm4knime.engine.problem.file.FileRecord;
import org.realm4knime.engine.problem.file.FileRecord.Field;
import org.realm4knime.engine.problem.file.Values;

/**
 * The choices of a question, in any of the layouts of the usual benchmarks: a list of texts (MMLU), an object of two
 * lists {@code text} and {@code label} (ARC), a list of objects with {@code text} and {@code label} (CommonsenseQA), an
 * object from label to text (MedQA) or to its score (BIG-bench), a text that lists them (MathQA), or one column a
 * choice.
 *
 * @param labels labels as the file has them, such as A or 1; where it has none, letters
 * @param texts the choices, as many as labels
 * @param labelled whether an answer that is one of the labels means that label, rather than a place counted from 0 or 1
 * @param right place of the right choice, from 0, where the choices themselves say so; -1 otherwise
 */
record MultipleChoice(List<String> labels, List<String> texts, boolean labelled, int right) {

    private static final List<String> FIELDS = List.of(
            "choices",
            "options",
            "question.choices",
            "endings",
            "answer choices",
            "mc1 targets",
            "target scores",
            "multiple choice targets");
    private static final int MOST_COLUMNS = 10;

    /** How columns with a choice each are called; the answer's own column may be called as they are. */
    private static final List<String> COLUMNS =
            List.of("", "option", "choice", "ending", "answer", "sol", "op", "candidate");

    /** Fields beside which several answers are choices, as these say which is right. */
    private static final List<String> WHICH = List.of("label", "correct", "answer", "answerKey", "correct answer");

    /** A truth value among choices that are words. */
    private static final Map<String, String> TRUTH = Map.of("true", "yes", "false", "no", "yes", "true", "no", "false");

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

    private static MultipleChoice of(List<String> labels, List<String> texts, boolean labelled) {
        return new MultipleChoice(labels, texts, labelled, -1);
    }

    /**
     * The choices of a record.
     *
     * @param use notes which fields hold them
     * @throws org.realm4knime.engine.EngineException if a field is called as choices are, and none are found in its
     *     text
     */
    static Optional<MultipleChoice> of(FileRecord record, FieldUse use) {
        for (String name : FIELDS) {
            Optional<Field> field = record.named(name).filter(found -> !isEmpty(found.value()));
            if (field.isPresent()) {
                use.read(field.get());
                return Optional.of(of(record, name, field.get().value()));
            }
        }
        Optional<Field> answers = record.named("answers").filter(field -> isTexts(field.value()));
        if (answers.isPresent() && record.find(WHICH).isPresent()) {
            use.read(answers.get());
            return Optional.of(ofArray(answers.get().value()));
        }
        return COLUMNS.stream()
                .flatMap(prefix -> columns(record, prefix, use).stream())
                .findFirst();
    }

    private static boolean isTexts(JsonNode node) {
        return node.isArray() && node.size() > 1 && Values.elements(node).allMatch(JsonNode::isTextual);
    }

    private static boolean isEmpty(JsonNode node) {
        return node.isContainerNode() ? node.isEmpty() : Values.text(node).isBlank();
    }

    private static MultipleChoice of(FileRecord record, String field, JsonNode choices) {
        if (choices.isArray()) {
            return ofArray(choices);
        }
        if (choices.isObject()) {
            return ofObject(choices);
        }
        String text = choices.asText();
        return ChoiceText.parsed(text)
                .map(value -> of(record, field, value))
                .or(() -> ChoiceText.listed(text).map(list -> of(list.labels(), list.texts(), list.labelled())))
                .orElseThrow(
                        () -> record.error(("the field %s holds '%s', in which no choices are found. Understood are"
                                        + " a list, 'A) one B) two', and one choice a line. Write them so, or"
                                        + " rename the field.")
                                .formatted(field, text)));
    }

    private static MultipleChoice ofObject(JsonNode object) {
        List<String> names = List.of("text", "choices", "choice", "texts");
        Optional<JsonNode> list =
                names.stream().map(object::path).filter(JsonNode::isArray).findFirst();
        if (list.isPresent()) {
            List<String> texts = strings(list.get());
            if (object.path("label").isArray()) {
                return of(strings(object.path("label")), texts, true);
            }
            JsonNode scores = object.has("labels") ? object.path("labels") : object.path("scores");
            boolean zeroOrOne = scores.isArray() && scores.size() == texts.size();
            return new MultipleChoice(letters(texts.size()), texts, false, zeroOrOne ? best(scores) : -1);
        }
        if (Values.elements(object).allMatch(JsonNode::isNumber)) {
            List<String> texts =
                    object.properties().stream().map(Map.Entry::getKey).toList();
            return new MultipleChoice(letters(texts.size()), texts, false, best(object));
        }
        List<String> labels =
                object.properties().stream().map(Map.Entry::getKey).toList();
        return of(labels, strings(object), true);
    }

    private static int best(JsonNode scores) {
        List<JsonNode> all = Values.elements(scores).toList();
        return IntStream.range(0, all.size())
                .boxed()
                .max(Comparator.<Integer>comparingDouble(i -> all.get(i).asDouble())
                        .thenComparing(i -> -i))
                .orElse(-1);
    }

    private static MultipleChoice ofArray(JsonNode array) {
        List<String> labels = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        boolean labelled = false;
        for (JsonNode choice : array) {
            String letter = letters(array.size()).get(texts.size());
            JsonNode label = choice.has("label") ? choice.get("label") : choice.path("id");
            labelled |= !label.isMissingNode();
            labels.add(label.isMissingNode() ? letter : label.asText());
            texts.add(
                    choice.isObject() && choice.has("text") ? choice.get("text").asText() : string(choice));
        }
        return of(labels, texts, labelled);
    }

    private static Optional<MultipleChoice> columns(FileRecord record, String prefix, FieldUse use) {
        return Stream.of(letters(MOST_COLUMNS), numbers(0), numbers(1))
                .flatMap(labels -> columns(record, prefix, labels, use).stream())
                .findFirst();
    }

    private static Optional<MultipleChoice> columns(
            FileRecord record, String prefix, List<String> labels, FieldUse use) {
        List<Field> columns = labels.stream()
                .map(label -> record.find(List.of(prefix + label)))
                .takeWhile(Optional::isPresent)
                .map(Optional::get)
                .toList();
        boolean enough = columns.size() >= 2
                && !(prefix.isEmpty() && Character.isDigit(labels.get(0).charAt(0)));
        // answer1 and answer2 are choices only beside a field that says which
        boolean chosen = !prefix.equals("answer") || record.find(WHICH).isPresent();
        if (!enough || !chosen) {
            return Optional.empty();
        }
        columns.forEach(use::read);
        List<String> names = labels.subList(0, columns.size());
        return Optional.of(of(
                names,
                columns.stream().map(Field::text).toList(),
                Character.isLetter(names.get(0).charAt(0))));
    }

    /** The choices as they follow the question, a line each; nothing if the question lists them already. */
    String listed(String question) {
        boolean there = IntStream.range(0, texts.size()).allMatch(i -> Pattern.compile("(?m)(?:^|[\\s(])"
                        + Pattern.quote(labels.get(i)) + "\\s*[).:]\\s*" + Pattern.quote(texts.get(i)))
                .matcher(question)
                .find());
        return there && lettered()
                ? ""
                : IntStream.range(0, texts.size())
                        .mapToObj(i -> "\n" + letters(texts.size()).get(i) + ") " + texts.get(i))
                        .collect(Collectors.joining());
    }

    private boolean lettered() {
        return labels.equals(letters(labels.size()));
    }

    /**
     * The letter of the right choice, whose answer is given as its label, its text, its label and text, or its place.
     *
     * @param answer the answer in the file
     * @param places how places are counted in the file
     * @throws org.realm4knime.engine.EngineException if it is none of the choices
     */
    String letter(FileRecord record, Field answer, ChoicePlaces places) {
        String text = Values.elements(answer.value())
                .findFirst()
                .map(JsonNode::asText)
                .orElse(answer.value().asText());
        int choice = labelled ? place(labels, plainLabel(text), MultipleChoice::plainLabel) : -1;
        OptionalInt place = place(text);
        if (choice < 0 && place.isPresent() && places.counts()) {
            choice = place.getAsInt() - places.first();
        } else if (choice < 0) {
            choice = byText(text);
        }
        if (choice < 0 || choice >= texts.size()) {
            throw record.error(
                    "the answer '%s' is none of the choices %s. Give the label, the text or the place of a choice."
                            .formatted(text, String.join(", ", labels)));
        }
        return letters(texts.size()).get(choice);
    }

    private int byText(String text) {
        int choice = place(texts, plain(text), MultipleChoice::plain);
        if (choice < 0) {
            choice = place(letters(labels.size()), plainLabel(text), MultipleChoice::plainLabel);
        }
        if (choice < 0 && TRUTH.containsKey(plain(text))) {
            choice = place(texts, TRUTH.get(plain(text)), MultipleChoice::plain);
        }
        for (int i = 0; i < texts.size() && choice < 0; i++) {
            String labelAndText = "(?is)\\(?" + Pattern.quote(labels.get(i)) + "\\s*[).:]\\s*"
                    + Pattern.quote(texts.get(i).strip());
            choice = text.strip().matches(labelAndText) ? i : -1;
        }
        return choice;
    }

    /** Whether an answer is the text of a choice. */
    boolean hasText(String answer) {
        return place(texts, plain(answer), MultipleChoice::plain) >= 0;
    }

    /** Whether an answer is the label of a choice, and labels are no places. */
    boolean hasLabel(String answer) {
        return labelled && place(labels, plainLabel(answer), MultipleChoice::plainLabel) >= 0;
    }

    /** The letter of the choice that the choices themselves call right. */
    Optional<String> rightLetter() {
        return right < 0 ? Optional.empty() : Optional.of(letters(texts.size()).get(right));
    }

    /** The number that an answer is, such as 2, or that stands behind a column's name, such as option2. */
    static OptionalInt place(String answer) {
        String number = answer.strip().replaceFirst("(?i)^(?:option|choice|ending|answer|sol)[ _]?(?=\\d)", "");
        number = number.replaceFirst("\\.0+$", "");
        return number.matches("\\d{1,2}") ? OptionalInt.of(Integer.parseInt(number)) : OptionalInt.empty();
    }

    private static int place(List<String> all, String wanted, UnaryOperator<String> plain) {
        return all.stream().map(plain).toList().indexOf(wanted);
    }

    private static String plain(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    /** A letter or number in upper case, without brackets and dots around it. */
    private static String plainLabel(String label) {
        return label.strip().replaceAll("[().\\s]", "").toUpperCase(Locale.ROOT);
    }

    static List<String> letters(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> String.valueOf((char) ('A' + i)))
                .toList();
    }

    private static List<String> numbers(int first) {
        return IntStream.range(first, first + MOST_COLUMNS)
                .mapToObj(Integer::toString)
                .toList();
    }

    private static List<String> strings(JsonNode values) {
        return Values.elements(values).map(MultipleChoice::string).toList();
    }

    /** A choice may be the word None, so it is taken as it stands. */
    private static String string(JsonNode value) {
        return value.isNumber() ? Values.text(value) : value.isContainerNode() ? value.toString() : value.asText();
    }
}

package org.realm4knime.engine.problem;

import java.util.List;
import java.util.Optional;
import org.realm4knime.engine.problem.DatasetFormat.FieldNames;
import org.realm4knime.engine.problem.file.FieldUse;
import org.realm4knime.engine.problem.file.FileRecord;
import org.realm4knime.engine.problem.file.FileRecord.Field;
import org.realm4knime.engine.problem.file.ReadNotes;
import org.realm4knime.engine.problem.file.Values;

/** Finds the reference answer of a record, and the worked solution that leads to it. */
final class ReferenceAnswer {

    /** Names of the answer, the surest first. */
    static final List<String> ANSWERS = List.of(
            "final answer",
            "final_ans",
            "answer",
            "reference",
            "reference answer",
            "gold answer",
            "expected answer",
            "ground truth",
            "reward_model.ground_truth",
            "verification_info.ground_truth",
            "target",
            "ideal",
            "answerKey",
            "correct",
            "correct answer",
            "correct option",
            "best answer",
            "answer.value",
            "answer.number",
            "answer.spans",
            "answers_spans.spans",
            "answers.text",
            "final decision",
            "label",
            "answer idx",
            "answer index",
            "cop",
            "gold",
            "lSolutions",
            "output",
            "response",
            "completion",
            "answers");

    static final List<String> RATIONALES = List.of(
            "rationale",
            "solution",
            "reasoning",
            "explanation",
            "cot",
            "chain of thought",
            "cot content",
            "long answer",
            "exp",
            "thoughts",
            "worked solution");

    /** Fields of which no two should say different things. */
    private static final List<String> RIVALS = List.of(
            "final answer",
            "answer",
            "reference answer",
            "expected answer",
            "ground truth",
            "target",
            "answerKey",
            "correct answer",
            "label");

    /** Fields that hold one of several right texts. */
    private static final String ALTERNATIVES = "answers.text";

    /** Longer ones are hardly a final result. */
    private static final int LONG = 200;

    /** Longer ones are a solution with the answer in it, if it marks one. */
    private static final int SOLUTION = 60;

    /** A field called solution with no more than this holds the answer itself. */
    private static final int SHORT = 30;

    private final List<String> answers;
    private final List<String> rationales;
    private final FieldUse use;
    private final ReadNotes notes;

    /** An answer, empty if there is none, and a rationale or {@code null}. */
    record Found(String answer, String rationale) {}

    ReferenceAnswer(FieldNames names, FieldUse use, ReadNotes notes) {
        answers = given(names.answer(), ANSWERS);
        rationales = given(names.rationale(), RATIONALES);
        this.use = use;
        this.notes = notes;
    }

    static List<String> given(String name, List<String> usual) {
        return name == null || name.isBlank() ? usual : List.of(name);
    }

    /**
     * The field with the answer. A field called correct may only say whether something is, and a place -1 says nothing.
     */
    Optional<Field> field(FileRecord record) {
        return answers.stream()
                .flatMap(name -> use.find(record, List.of(name)).stream())
                .filter(field -> !(Values.sameName(field.top(), "correct")
                        && field.text().matches("(?i)true|false")))
                .filter(field ->
                        !(Values.sameName(field.top(), "label") && field.text().equals("-1")))
                .findFirst();
    }

    /** As the other, but the word None is an answer if it is one of the choices. */
    Optional<Field> field(FileRecord record, MultipleChoice choices) {
        return answers.stream()
                .flatMap(name -> record.named(name).stream())
                .filter(field -> field.value().isTextual()
                        && Values.isMissing(field.value().asText()))
                .filter(field -> choices.hasText(field.value().asText()))
                .findFirst()
                .or(() -> field(record));
    }

    Optional<String> rationale(FileRecord record) {
        return use.text(record, rationales);
    }

    Found of(FileRecord record) {
        Optional<Field> field = field(record);
        String rationale = rationale(record).orElse(null);
        field.ifPresent(found -> compareRivals(record, found));
        if (field.isEmpty()) {
            return rationale == null ? new Found("", null) : within(rationale);
        }
        String answer = text(record, field.get());
        if (rationale == null && Values.sameName(field.get().name(), "final answer")) {
            rationale = use.text(record, List.of("answer"))
                    .filter(other -> other.length() > answer.length())
                    .orElse(null);
        }
        Found found = apart(answer, rationale);
        if (found.answer().length() > LONG) {
            notes.count(
                    record,
                    "have an answer of more than " + LONG + " characters. A reference answer should be the final result"
                            + " only: put the way to it into a field rationale, or mark the result with ####.");
        }
        return found;
    }

    /** A solution from which the answer is to be taken. */
    private static Found within(String rationale) {
        Optional<String> marked = WorkedSolution.marked(rationale);
        if (marked.isPresent()) {
            return new Found(marked.get(), rationale);
        }
        return rationale.strip().length() <= SHORT && rationale.strip().lines().count() == 1
                ? new Found(rationale.strip(), null)
                : new Found("", rationale);
    }

    /** Takes the answer out of a text that may hold the way to it as well. */
    private static Found apart(String answer, String rationale) {
        Optional<String> hashed = WorkedSolution.hashed(answer);
        if (hashed.isPresent()) {
            String worked = WorkedSolution.beforeHashes(answer);
            return new Found(hashed.get(), rationale == null && !worked.isEmpty() ? worked : rationale);
        }
        Optional<String> marked = WorkedSolution.boxed(answer);
        if (marked.isEmpty() && (answer.strip().length() > SOLUTION || WorkedSolution.concludes(answer))) {
            marked = WorkedSolution.stated(answer);
        }
        if (marked.isEmpty()) {
            return new Found(answer, rationale);
        }
        boolean worked = answer.strip().length() > SOLUTION
                || answer.strip().lines().count() > 1
                || WorkedSolution.concludes(answer);
        return new Found(marked.get(), rationale == null && worked ? answer : rationale);
    }

    private String text(FileRecord record, Field field) {
        if (!field.value().isArray() || field.value().size() < 2) {
            return field.text();
        }
        List<String> values =
                Values.elements(field.value()).map(Values::text).distinct().toList();
        if (Values.sameName(field.name(), ALTERNATIVES)) {
            if (values.size() > 1) {
                notes.count(record, "have several texts in '" + field.name() + "'. The first was read as the answer.");
            }
            return values.get(0);
        }
        notes.count(
                record,
                "have a list of answers in '" + field.name()
                        + "'. It was read as one answer with several values, all of"
                        + " which must be given. If any one of them is right, keep one.");
        return field.text();
    }

    private void compareRivals(FileRecord record, Field answer) {
        for (String name : answers.equals(ANSWERS) ? RIVALS : List.<String>of()) {
            Optional<Field> rival = record.find(List.of(name));
            if (rival.isPresent()
                    && !rival.get().name().equals(answer.name())
                    && !rival.get()
                            .text()
                            .strip()
                            .equalsIgnoreCase(answer.text().strip())
                    && !rival.get().text().contains(answer.text())
                    && !answer.text().contains(rival.get().text())) {
                notes.count(
                        record,
                        ("have another value in '%s' than in '%s'. '%s' was read as the answer; if that is wrong,"
                                        + " rename it.")
                                .formatted(rival.get().name(), answer.name(), answer.name()));
            }
        }
    }
}

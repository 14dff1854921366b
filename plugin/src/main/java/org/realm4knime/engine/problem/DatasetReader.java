package org.realm4knime.engine.problem;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.problem.DatasetFormat.FieldNames;
import org.realm4knime.engine.problem.DatasetFormat.Layout;

/** Reads problems from a file. */
public final class DatasetReader {

    private static final String GSM8K_MARK = "####";

    private final List<String> ids;
    private final List<String> questions;
    private final List<String> answers;
    private final List<String> rationales;
    private final List<String> domains;

    private DatasetReader(FieldNames names) {
        ids = RecordReader.names(names.id(), "id", "problem id", "problem_id", "qid", "uuid");
        questions = RecordReader.names(
                names.question(), "question", "question.stem", "problem", "query", "input", "instruction", "prompt");
        answers = RecordReader.names(
                names.answer(),
                "answer",
                "reference",
                "final_answer",
                "target",
                "label",
                "output",
                "answerKey",
                "correct",
                "correct_answer");
        rationales = RecordReader.names(
                names.rationale(), "rationale", "solution", "reasoning", "explanation", "cot", "chain_of_thought");
        domains = RecordReader.names(names.domain(), "domain", "category", "subject", "topic");
    }

    /**
     * Reads all problems of a file.
     *
     * @param file the file, UTF-8
     * @param format how it holds problems
     * @return the problems in the order of the file; no two have the same id
     * @throws EngineException naming file, line and field, if it cannot be read
     */
    public static List<Problem> read(Path file, DatasetFormat format) {
        List<FileRecord> records =
                switch (format.layout()) {
                    case GUESS, MULTIPLE_CHOICE -> RecordReader.read(file);
                    case CSV -> RecordReader.readCsv(file);
                    case JSONL, GSM8K -> RecordReader.readJsonLines(file);
                };
        requireNamedFields(file, format.fields(), records);
        Layout layout = format.layout() == Layout.GUESS ? guess(records.get(0)) : format.layout();
        DatasetReader reader = new DatasetReader(format.fields());
        Map<String, Long> lines = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (FileRecord record : records) {
            String id = record.text(reader.ids).orElse(String.valueOf(problems.size() + 1));
            Long earlier = lines.putIfAbsent(id, record.line());
            if (earlier != null) {
                throw record.error("the id '%s' stands in line %d already. Give every problem an id of its own."
                        .formatted(id, earlier));
            }
            problems.add(reader.problem(id, record, layout));
        }
        return List.copyOf(problems);
    }

    /** A name that was given on purpose and occurs nowhere is a mistake, also for a field that may be missing. */
    private static void requireNamedFields(Path file, FieldNames names, List<FileRecord> records) {
        Stream.of(names.id(), names.question(), names.answer(), names.rationale(), names.domain())
                .filter(name -> name != null && !name.isBlank())
                .filter(name ->
                        records.stream().noneMatch(record -> record.field(name).isPresent()))
                .findFirst()
                .ifPresent(name -> {
                    throw new EngineException("%s: no record has the field '%s'. Its fields are %s."
                            .formatted(
                                    file,
                                    name,
                                    String.join(", ", records.get(0).json().keySet())));
                });
    }

    private static Layout guess(FileRecord first) {
        if (MultipleChoice.of(first).isPresent()) {
            return Layout.MULTIPLE_CHOICE;
        }
        boolean marked = first.text(List.of("answer"))
                .filter(answer -> answer.contains(GSM8K_MARK))
                .isPresent();
        return marked ? Layout.GSM8K : Layout.JSONL;
    }

    private Problem problem(String id, FileRecord record, Layout layout) {
        String question = record.requiredText("question", questions);
        String domain = record.text(domains).orElse(null);
        String rationale = record.text(rationales).orElse(null);
        return switch (layout) {
            case GSM8K -> {
                String worked = record.requiredText("answer", answers);
                int mark = worked.lastIndexOf(GSM8K_MARK);
                if (mark < 0) {
                    throw record.error("the answer has no " + GSM8K_MARK
                            + " before its final result. Choose another layout for this file.");
                }
                String result = worked.substring(mark + GSM8K_MARK.length()).strip();
                yield new Problem(
                        id, question, result, worked.substring(0, mark).strip(), domain);
            }
            case MULTIPLE_CHOICE -> {
                MultipleChoice choices = MultipleChoice.of(record)
                        .orElseThrow(() -> record.error("there are no choices. Expected a list in the field choices or"
                                + " options, or the columns A, B, C and so on."));
                String letter =
                        choices.letter(record, record.requiredText("answer", answers), record.holdsNumber(answers));
                yield new Problem(id, question + choices.listed(), letter, rationale, domain);
            }
            default -> new Problem(id, question, record.text(answers).orElse(""), rationale, domain);
        };
    }

    /** A letter or number in upper case, without brackets and dots around it. */
    static String plainLabel(String label) {
        return label.strip().replaceAll("[().\\s]", "").toUpperCase(Locale.ROOT);
    }
}

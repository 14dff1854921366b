package org.realm4knime.engine.problem;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.problem.DatasetFormat.FieldNames;
import org.realm4knime.engine.problem.file.FieldUse;
import org.realm4knime.engine.problem.file.FileRecord;
import org.realm4knime.engine.problem.file.ReadNotes;
import org.realm4knime.engine.problem.file.RecordReader;
import org.realm4knime.engine.problem.file.RecordReader.Form;

/** Reads problems from a file. */
public final class DatasetReader {

    private static final List<String> IDS = List.of(
            "id", "problem id", "question id", "qid", "uuid", "unique id", "_id", "query id", "prompt id", "custom id");

    private static final String WITHOUT_ANSWER =
            "have no answer. Their routes are judged by the majority, and benchmarks and rewards need an answer."
                    + " Answers are looked for in fields such as answer, final_answer, target, label and solution:"
                    + " rename the field if it is called otherwise, or fill the answers in.";

    private DatasetReader() {}

    /**
     * Reads all problems of a file.
     *
     * @param file the file, UTF-8 or UTF-16
     * @param format how it holds problems
     * @return the problems in the order of the file, no two with the same id, and what the user is to be told of them
     * @throws EngineException naming file, line and field, if it cannot be read
     */
    public static Loaded<Problem> read(Path file, DatasetFormat format) {
        return Progress.unwatched(progress -> read(file, format, progress));
    }

    /** The same, asking before each record whether to stop. */
    public static Loaded<Problem> read(Path file, DatasetFormat format, Progress progress) throws CanceledJobException {
        Form form =
                switch (format.layout()) {
                    case GUESS, MULTIPLE_CHOICE, GSM8K -> Form.GUESS;
                    case CSV -> Form.CSV;
                    case JSONL -> Form.JSON;
                };
        ReadNotes notes = new ReadNotes();
        List<FileRecord> records = RecordReader.read(file, form, notes, progress);
        requireNamedFields(file, format.fields(), records);
        FieldUse use = new FieldUse();
        List<Problem> problems = problems(format, records, use, notes, progress);
        if (problems.isEmpty()) {
            throw new EngineException(
                    file + " holds no problem that can be read. " + String.join(" ", notes.warnings(records.size())));
        }
        use.warn(notes);
        return new Loaded<>(problems, notes.warnings(records.size()));
    }

    private static List<Problem> problems(
            DatasetFormat format, List<FileRecord> records, FieldUse use, ReadNotes notes, Progress progress)
            throws CanceledJobException {
        List<String> ids = ReferenceAnswer.given(format.fields().id(), IDS);
        ProblemReading reading = new ProblemReading(format, records, use, notes, progress);
        Map<String, FileRecord> seen = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        int number = 0;
        for (FileRecord record : records) {
            progress.checkCanceled();
            number++;
            String id = use.text(record, ids).orElse(String.valueOf(number));
            FileRecord earlier = seen.putIfAbsent(id, record);
            if (earlier != null) {
                throw record.error(
                        ("the id '%s' stands in %s already. Give every problem an id of its own, or rename the"
                                        + " field with the ids: problems without one are numbered.")
                                .formatted(id, earlier.place()));
            }
            reading.problem(id, record).ifPresent(problem -> {
                problems.add(problem);
                if (!problem.hasAnswer()) {
                    notes.count(record, WITHOUT_ANSWER);
                }
            });
        }
        return problems;
    }

    /** A name that was given on purpose and occurs nowhere is a mistake, also for a field that may be missing. */
    private static void requireNamedFields(Path file, FieldNames names, List<FileRecord> records) {
        Stream.of(names.id(), names.question(), names.answer(), names.rationale(), names.domain())
                .filter(name -> name != null && !name.isBlank())
                .filter(name ->
                        records.stream().noneMatch(record -> record.field(name).isPresent()))
                .findFirst()
                .ifPresent(name -> {
                    List<String> fields = new ArrayList<>();
                    records.get(0).json().fieldNames().forEachRemaining(fields::add);
                    throw new EngineException("%s: no record has the field '%s'. Its fields are %s."
                            .formatted(file, name, String.join(", ", fields)));
                });
    }
}

package org.realm4knime.engine.supervised;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.problem.DatasetFormat;
import org.realm4knime.engine.problem.Loaded;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.ProblemReading;
import org.realm4knime.engine.problem.QuestionText;
import org.realm4knime.engine.problem.file.Conversation;
import org.realm4knime.engine.problem.file.FieldUse;
import org.realm4knime.engine.problem.file.FileRecord;
import org.realm4knime.engine.problem.file.ReadNotes;
import org.realm4knime.engine.problem.file.RecordReader;

/** Reads training examples from a file. */
public final class ExampleReader {

    private static final List<String> COMPLETIONS = List.of("completion", "response", "output", "chosen");
    private static final List<String> OTHER_COMPLETIONS = List.of("target", "reply", "text");
    private static final List<String> ALL_COMPLETIONS =
            List.of("completion", "response", "output", "chosen", "rationale", "solution", "answer", "target", "text");

    private static final String WITHOUT_COMPLETION = "were left out: they have no completion.";
    private static final String UNDESIRED =
            "were left out: their label is false, which says that the completion is not to be learned.";
    private static final String REJECTED =
            "The field 'rejected' is not read: supervised training learns the chosen completions only.";

    private final FieldUse use = new FieldUse();
    private final ReadNotes notes = new ReadNotes();
    private final List<FileRecord> records;
    private final ProblemReading problems;

    private ExampleReader(Path file, Progress progress) throws CanceledJobException {
        records = RecordReader.read(file, notes, progress);
        problems = new ProblemReading(DatasetFormat.of(DatasetFormat.Layout.GUESS), records, use, notes, progress);
    }

    /**
     * Reads all examples of a file with the fields prompt, completion and, if known, weight; conversations;
     * preferences, of which the chosen completion counts; or problems with their rationale or answer.
     *
     * @param file JSON, or a table with a header (CSV), UTF-8 or UTF-16
     * @return the examples in the order of the file, and what the user is to be told of them
     * @throws EngineException naming file, line and field, if it cannot be read
     */
    public static Loaded<SupervisedExample> read(Path file) {
        return Progress.unwatched(progress -> read(file, progress));
    }

    /** The same, asking before each record whether to stop. */
    public static Loaded<SupervisedExample> read(Path file, Progress progress) throws CanceledJobException {
        ExampleReader reader = new ExampleReader(file, progress);
        List<SupervisedExample> examples = reader.examples(progress);
        reader.use.warn(reader.notes);
        List<String> warnings = reader.notes.warnings(reader.records.size());
        if (examples.isEmpty()) {
            throw new EngineException(
                    "%s holds no example that can be learned from. %s An example has a prompt and a completion."
                            .formatted(file, String.join(" ", warnings)));
        }
        return new Loaded<>(examples, warnings);
    }

    private List<SupervisedExample> examples(Progress progress) throws CanceledJobException {
        List<SupervisedExample> examples = new ArrayList<>();
        for (FileRecord record : records) {
            progress.checkCanceled();
            double weight = record.number(List.of("weight")).orElse(1.0);
            if (!(weight > 0) || Double.isInfinite(weight)) {
                throw record.error("the weight is " + weight + ". A weight is a number above 0.");
            }
            if (record.text(List.of("label"))
                            .filter(label -> label.equalsIgnoreCase("false"))
                            .isPresent()
                    && record.field("completion").isPresent()) {
                notes.count(record, UNDESIRED);
                continue;
            }
            texts(record).ifPresent(texts -> {
                examples.add(new SupervisedExample(texts.get(0), texts.get(1), weight));
                use.lookAtRest(record, texts);
            });
        }
        return examples;
    }

    /** Prompt and completion; empty if the record is left out, which is then counted. */
    private Optional<List<String>> texts(FileRecord record) {
        if (record.field("rejected").isPresent()) {
            use.read("rejected");
            notes.add(REJECTED);
        }
        Optional<String> completion = use.text(record, COMPLETIONS);
        Optional<String> prompt = problems.asked(record);
        Optional<Conversation> conversation = Conversation.of(record);
        if (conversation.isPresent() && (completion.isEmpty() || prompt.isEmpty())) {
            return turns(record, conversation.get());
        }
        if (prompt.isEmpty()) {
            throw record.missing("prompt", QuestionText.UNDERSTOOD);
        }
        return completion.isPresent()
                ? Optional.of(List.of(prompt.get(), completion.get()))
                : solved(record, prompt.get());
    }

    private Optional<List<String>> turns(FileRecord record, Conversation conversation) {
        conversation.fields().forEach(use::read);
        Optional<String> problem = conversation.problem();
        if (problem.isPresent() || conversation.reply().isBlank()) {
            notes.count(record, problem.orElse(WITHOUT_COMPLETION));
            return Optional.empty();
        }
        if (conversation.replies() > 1) {
            notes.count(record, Conversation.FIRST_ONLY);
        }
        return Optional.of(List.of(conversation.prompt(), conversation.reply()));
    }

    /** A problem's own solution, or else its answer, is what is to be learned. */
    private Optional<List<String>> solved(FileRecord record, String prompt) {
        Problem problem = problems.problem("", record).orElseThrow();
        Optional<String> whole = record.text(List.of("answer"))
                .filter(text -> problem.rationale() != null && text.contains(problem.rationale()));
        if (whole.isPresent()) {
            return Optional.of(List.of(problem.question(), whole.get()));
        }
        if (problem.rationale() != null) {
            if (problem.hasAnswer() && !problem.rationale().contains(problem.answer())) {
                notes.count(
                        record,
                        "have a rationale that does not state the answer, which is therefore not learned. Write the"
                                + " answer at the end of the rationale.");
            }
            return Optional.of(List.of(problem.question(), problem.rationale()));
        }
        Optional<String> other = use.text(record, OTHER_COMPLETIONS);
        if (problem.hasAnswer()) {
            return Optional.of(List.of(problem.question(), problem.answer()));
        }
        if (other.isPresent()) {
            return Optional.of(List.of(prompt, other.get()));
        }
        if (ALL_COMPLETIONS.stream().noneMatch(name -> record.field(name).isPresent())) {
            throw record.missing("completion", ALL_COMPLETIONS);
        }
        notes.count(record, WITHOUT_COMPLETION);
        return Optional.empty();
    }
}

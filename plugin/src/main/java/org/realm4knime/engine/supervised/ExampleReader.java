package org.realm4knime.engine.supervised;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.answer.AnswerType;
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
    private static final String WITHOUT_RATIONALE =
            "were left out: they have an answer and no rationale, and other records have one.";
    private static final String UNSTATED =
            "have a rationale that does not state the answer, which is therefore not learned. Write the answer at the"
                    + " end of the rationale.";
    private static final String UNDESIRED =
            "were left out: their label is false, which says that the completion is not to be learned.";
    private static final String REJECTED =
            "The field 'rejected' is not read: supervised training learns the chosen completions only.";

    private final FieldUse use = new FieldUse();
    private final ReadNotes notes = new ReadNotes();
    private final List<FileRecord> records;
    private final ProblemReading problems;
    /** Problems with a rationale. */
    private final List<Worked> worked = new ArrayList<>();

    private record Worked(FileRecord record, Problem problem) {}

    /**
     * What is to be learned of a record.
     *
     * @param bare whether the completion is a problem's answer, without a rationale
     */
    private record Taken(FileRecord record, String prompt, String completion, double weight, boolean bare) {}

    private ExampleReader(Path file, Progress progress) throws CanceledJobException {
        records = RecordReader.read(file, notes, progress);
        problems = new ProblemReading(DatasetFormat.of(DatasetFormat.Layout.GUESS), records, use, notes, progress);
    }

    /**
     * Reads all examples of a file with the fields prompt, completion and, if known, weight; conversations;
     * preferences, of which the chosen completion counts; or problems with their rationale, or with their answer where
     * no record has a rationale.
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
        List<Taken> all = new ArrayList<>();
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
            take(record, weight).ifPresent(taken -> {
                all.add(taken);
                use.lookAtRest(record, List.of(taken.prompt(), taken.completion()));
            });
        }
        countUnstated(progress);
        List<SupervisedExample> examples = new ArrayList<>();
        for (Taken taken : all) {
            if (taken.bare() && !worked.isEmpty()) {
                // beside worked solutions they would teach to answer without one
                notes.count(taken.record(), WITHOUT_RATIONALE);
            } else {
                examples.add(new SupervisedExample(taken.prompt(), taken.completion(), taken.weight()));
            }
        }
        return examples;
    }

    /** Counts the rationales in which the answer is neither found as it stands nor in another notation. */
    private void countUnstated(Progress progress) throws CanceledJobException {
        List<String> answers = worked.stream()
                .map(solved -> solved.problem().answer())
                .filter(answer -> !answer.isBlank())
                .toList();
        AnswerChecker checker = AnswerChecker.of(AnswerType.guess(answers), 0, answers);
        for (Worked solved : worked) {
            progress.checkCanceled();
            Problem problem = solved.problem();
            if (problem.hasAnswer()
                    && !problem.rationale().contains(problem.answer())
                    && checker.extractRight(problem.rationale(), problem.answer())
                            .isEmpty()) {
                notes.count(solved.record(), UNSTATED);
            }
        }
    }

    /** What is to be learned; empty if the record is left out, which is then counted. */
    private Optional<Taken> take(FileRecord record, double weight) {
        if (record.field("rejected").isPresent()) {
            use.read("rejected");
            notes.add(REJECTED);
        }
        Optional<String> completion = use.text(record, COMPLETIONS);
        Optional<String> prompt = problems.asked(record);
        Optional<Conversation> conversation = Conversation.of(record);
        if (conversation.isPresent() && (completion.isEmpty() || prompt.isEmpty())) {
            return turns(record, conversation.get(), weight);
        }
        if (prompt.isEmpty()) {
            throw record.missing("prompt", QuestionText.UNDERSTOOD);
        }
        return completion.isPresent()
                ? Optional.of(new Taken(record, prompt.get(), completion.get(), weight, false))
                : solved(record, prompt.get(), weight);
    }

    private Optional<Taken> turns(FileRecord record, Conversation conversation, double weight) {
        conversation.fields().forEach(use::read);
        Optional<String> problem = conversation.problem();
        if (problem.isPresent() || conversation.reply().isBlank()) {
            notes.count(record, problem.orElse(WITHOUT_COMPLETION));
            return Optional.empty();
        }
        if (conversation.replies() > 1) {
            notes.count(record, Conversation.FIRST_ONLY);
        }
        return Optional.of(new Taken(record, conversation.prompt(), conversation.reply(), weight, false));
    }

    /** A problem's own solution, or else its answer, is what is to be learned. */
    private Optional<Taken> solved(FileRecord record, String prompt, double weight) {
        Problem problem = problems.problem("", record).orElseThrow();
        Optional<String> whole = record.text(List.of("answer"))
                .filter(text -> problem.rationale() != null && text.contains(problem.rationale()));
        if (whole.isPresent()) {
            return Optional.of(new Taken(record, problem.question(), whole.get(), weight, false));
        }
        if (problem.rationale() != null) {
            worked.add(new Worked(record, problem));
            return Optional.of(new Taken(record, problem.question(), problem.rationale(), weight, false));
        }
        Optional<String> other = use.text(record, OTHER_COMPLETIONS);
        if (problem.hasAnswer()) {
            return Optional.of(new Taken(record, problem.question(), problem.answer(), weight, true));
        }
        if (other.isPresent()) {
            return Optional.of(new Taken(record, prompt, other.get(), weight, false));
        }
        if (ALL_COMPLETIONS.stream().noneMatch(name -> record.field(name).isPresent())) {
            throw record.missing("completion", ALL_COMPLETIONS);
        }
        notes.count(record, WITHOUT_COMPLETION);
        return Optional.empty();
    }
}

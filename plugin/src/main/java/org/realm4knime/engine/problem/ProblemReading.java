package org.realm4knime.engine.problem;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.problem.DatasetFormat.FieldNames;
import org.realm4knime.engine.problem.DatasetFormat.Layout;
import org.realm4knime.engine.problem.file.Conversation;
import org.realm4knime.engine.problem.file.FieldUse;
import org.realm4knime.engine.problem.file.FileRecord;
import org.realm4knime.engine.problem.file.FileRecord.Field;
import org.realm4knime.engine.problem.file.ReadNotes;

/** Makes problems of the records of one file. */
public final class ProblemReading {

    private static final List<String> DOMAINS =
            List.of("domain", "category", "subject", "topic", "subject name", "type", "problem type");

    private final Layout layout;
    private final List<String> domains;
    private final QuestionText questions;
    private final ReferenceAnswer answers;
    private final FieldUse use;
    private final ReadNotes notes;
    private final ChoicePlaces places = new ChoicePlaces();

    /**
     * Looks at all records, to see what the numbers of choices mean.
     *
     * @param use notes which fields are read
     * @param notes takes what the user is to be told
     * @param progress asked before each record whether to stop
     * @throws CanceledJobException if the user asked to stop
     */
    public ProblemReading(
            DatasetFormat format, List<FileRecord> records, FieldUse use, ReadNotes notes, Progress progress)
            throws CanceledJobException {
        FieldNames names = format.fields();
        layout = format.layout();
        domains = ReferenceAnswer.given(names.domain(), DOMAINS);
        questions = new QuestionText(names.question(), use);
        answers = new ReferenceAnswer(names, use, notes);
        this.use = use;
        this.notes = notes;
        for (FileRecord record : records) {
            progress.checkCanceled();
            Optional<MultipleChoice> choices = MultipleChoice.of(record, use);
            Optional<Field> answer = choices.flatMap(found -> answers.field(record, found));
            answer.ifPresent(field -> places.look(record, choices.get(), field));
        }
        places.decide(notes);
    }

    /**
     * The problem of a record.
     *
     * @param id its id
     * @return empty if the record is a conversation that cannot be read, which is then counted
     * @throws org.realm4knime.engine.EngineException naming file, line and field, if the record has no question
     */
    public Optional<Problem> problem(String id, FileRecord record) {
        Optional<Problem> problem = read(id, record);
        problem.ifPresent(read -> use.lookAtRest(
                record,
                Stream.of(read.question(), read.rationale(), read.answer())
                        .filter(Objects::nonNull)
                        .filter(text -> !text.isBlank())
                        .toList()));
        return problem;
    }

    /** What a record asks, with its choices if it has some; empty if it has no question. */
    public Optional<String> asked(FileRecord record) {
        return questions
                .of(record)
                .map(question -> question
                        + MultipleChoice.of(record, use)
                                .map(choices -> choices.listed(question))
                                .orElse(""));
    }

    private Optional<Problem> read(String id, FileRecord record) {
        Optional<String> question = questions.of(record);
        Optional<Conversation> conversation = question.isPresent() ? Optional.empty() : Conversation.of(record);
        if (conversation.isPresent()) {
            return problem(id, record, conversation.get());
        }
        String asked = question.orElseThrow(() -> questions.missing(record));
        Optional<MultipleChoice> choices = MultipleChoice.of(record, use);
        if (choices.isPresent()) {
            return Optional.of(problem(id, record, asked, choices.get()));
        }
        if (layout == Layout.MULTIPLE_CHOICE) {
            throw record.error("there are no choices. Expected a list in the field choices or options, a text such as"
                    + " 'A) one B) two', or the columns A, B, C and so on.");
        }
        ReferenceAnswer.Found found = answers.of(record);
        if (layout == Layout.GSM8K) {
            requireMark(record);
        }
        return Optional.of(new Problem(id, asked, found.answer(), found.rationale(), domain(record)));
    }

    private void requireMark(FileRecord record) {
        String worked = answers.field(record).map(Field::text).orElse("");
        if (WorkedSolution.hashed(worked).isEmpty()) {
            throw record.error("the answer has no #### before its final result. Choose another format for this file.");
        }
    }

    private Problem problem(String id, FileRecord record, String question, MultipleChoice choices) {
        String letter = choices.rightLetter()
                .or(() -> answers.field(record, choices).map(field -> choices.letter(record, field, places)))
                .orElse("");
        return new Problem(
                id,
                question + choices.listed(question),
                letter,
                answers.rationale(record).orElse(null),
                domain(record));
    }

    /** The user's message is the question; the reply is the worked solution, with the answer that it marks. */
    private Optional<Problem> problem(String id, FileRecord record, Conversation conversation) {
        conversation.fields().forEach(use::read);
        if (conversation.problem().isPresent()) {
            notes.count(record, conversation.problem().get());
            return Optional.empty();
        }
        if (conversation.replies() > 1) {
            notes.count(record, Conversation.FIRST_ONLY);
        }
        String reply = conversation.reply();
        ReferenceAnswer.Found found = answers.of(record);
        boolean own = found.answer().isEmpty() || found.answer().equals(reply.strip());
        String answer = own ? WorkedSolution.marked(reply).orElse(reply) : found.answer();
        boolean worked = !reply.isEmpty() && !reply.equals(answer);
        return Optional.of(
                new Problem(id, conversation.prompt(), answer, worked ? reply : found.rationale(), domain(record)));
    }

    private String domain(FileRecord record) {
        return use.text(record, domains).orElse(null);
    }
}

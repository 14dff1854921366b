package org.realm4knime.engine.route;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.problem.Loaded;
import org.realm4knime.engine.problem.QuestionText;
import org.realm4knime.engine.problem.file.FieldUse;
import org.realm4knime.engine.problem.file.FileRecord;
import org.realm4knime.engine.problem.file.FileRecord.Field;
import org.realm4knime.engine.problem.file.ReadNotes;
import org.realm4knime.engine.problem.file.RecordReader;
import org.realm4knime.engine.problem.file.Values;

/** Reads recorded routes from a file. */
public final class RouteReader {

    private static final String NOT_THEIRS =
            "The field 'answer' was taken for the problems' reference answer, not for the routes' own: a route's"
                    + " answer is found in its text. If it is the routes' own, call it 'route answer'.";

    private final FieldUse use = new FieldUse();
    private final ReadNotes notes = new ReadNotes();
    private final Map<List<String>, Integer> counts = new HashMap<>();
    private final List<Route> routes = new ArrayList<>();

    private RouteReader() {}

    /**
     * Reads all routes of a file with the fields problem id, text and, if known, source, route, route answer, tokens,
     * mean log-probability, error and truncated. A list of texts makes a route each. A field answer is the routes' own
     * only in a table that the rollout wrote, which has the mean log-probability too.
     *
     * @param file JSON, or a table with a header (CSV), UTF-8 or UTF-16
     * @return the routes in the order of the file, and what the user is to be told of them
     * @throws org.realm4knime.engine.EngineException naming file, line and field, if it cannot be read
     */
    public static Loaded<Route> read(Path file) {
        return Progress.unwatched(progress -> read(file, progress));
    }

    /** The same, asking before each record whether to stop. */
    public static Loaded<Route> read(Path file, Progress progress) throws CanceledJobException {
        RouteReader reader = new RouteReader();
        List<FileRecord> records = RecordReader.read(file, reader.notes, progress);
        for (FileRecord record : records) {
            progress.checkCanceled();
            reader.add(record);
        }
        reader.use.warn(reader.notes);
        return new Loaded<>(reader.routes, reader.notes.warnings(records.size()));
    }

    private void add(FileRecord record) {
        String problem = use.requiredText(record, "problem id", RouteFields.PROBLEM_IDS);
        String error = use.text(record, List.of("error")).orElse(null);
        Optional<Field> field = use.find(record, RouteFields.ALL_TEXTS);
        if (field.isEmpty() && error == null) {
            throw record.missing("route text", RouteFields.TEXTS);
        }
        List<String> texts = field.isEmpty() ? List.of("") : texts(field.get().value());
        for (String text : texts) {
            routes.add(route(record, problem, text, texts.size() == 1, error));
        }
        QuestionText.NAMES.forEach(name -> use.find(record, List.of(name)));
        use.lookAtRest(record, texts);
    }

    private static List<String> texts(JsonNode value) {
        return value.isArray() ? Values.elements(value).map(Values::text).toList() : List.of(Values.text(value));
    }

    private Route route(FileRecord record, String problem, String text, boolean only, String error) {
        String source = use.text(record, RouteFields.SOURCES).orElse(RouteFields.UNKNOWN_SOURCE);
        int next = counts.merge(List.of(problem, source), 1, Integer::sum) - 1;
        Optional<Double> number = only ? record.number(List.of("route")) : Optional.empty();
        return new Route(
                problem,
                source,
                number.map(Double::intValue).orElse(next),
                text,
                only ? answer(record) : null,
                record.number(List.of("tokens")).map(Double::intValue).orElse(0),
                record.number(RouteFields.MEAN_LOG_PROBS).orElse(Double.NaN),
                error,
                use.text(record, List.of("truncated"))
                        .map(Boolean::parseBoolean)
                        .orElse(false));
    }

    private String answer(FileRecord record) {
        Optional<String> own = use.text(record, RouteFields.OWN_ANSWERS);
        Optional<String> answer = use.text(record, List.of("answer"));
        boolean drawn = RouteFields.MEAN_LOG_PROBS.stream()
                .anyMatch(name -> record.field(name).isPresent());
        if (own.isEmpty() && !drawn && answer.isPresent()) {
            notes.add(NOT_THEIRS);
        }
        return own.or(() -> drawn ? answer : Optional.empty()).orElse(null);
    }
}

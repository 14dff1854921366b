package org.realm4knime.engine.problem;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.problem.file.FieldUse;
import org.realm4knime.engine.problem.file.FileRecord;
import org.realm4knime.engine.problem.file.ReadNotes;
import org.realm4knime.engine.problem.file.RecordReader;

/** Reads rules from a file. */
public final class RuleReader {

    private static final List<String> NUMBERS = List.of("id", "rule id");
    private static final List<String> NAMES = List.of("id", "rule id", "rule", "name", "title");
    private static final List<String> TEXTS = List.of("text", "rule text", "description", "content");
    private static final List<String> TEXTS_OR_RULE = List.of("text", "rule text", "description", "content", "rule");
    private static final List<String> DOMAINS = List.of("applies to", "appliesTo", "domain");

    private static final String NONE = "%s holds no rules. The nodes that get this table work without any.";

    private RuleReader() {}

    /**
     * Reads all rules of a file with the fields id, text and applies to. A file without any is a domain without rules.
     *
     * @param file JSON, or a table with a header (CSV), UTF-8 or UTF-16
     * @return the rules in the order of the file, no two with the same id, and what the user is to be told of them
     * @throws org.realm4knime.engine.EngineException naming file, line and field, if it cannot be read
     */
    public static Loaded<Rule> read(Path file) {
        return Progress.unwatched(progress -> read(file, progress));
    }

    /** The same, asking before each record whether to stop. */
    public static Loaded<Rule> read(Path file, Progress progress) throws CanceledJobException {
        ReadNotes notes = new ReadNotes();
        FieldUse use = new FieldUse();
        List<FileRecord> records = RecordReader.readAny(file, RecordReader.Form.GUESS, notes, progress);
        if (records.isEmpty()) {
            return new Loaded<>(List.of(), List.of(NONE.formatted(file)));
        }
        Set<String> ids = new HashSet<>();
        List<Rule> rules = new ArrayList<>();
        for (FileRecord record : records) {
            progress.checkCanceled();
            // a field rule is the rule's name beside its text, and its text where there is no other
            boolean named = record.find(TEXTS).isPresent();
            String id = use.text(record, named ? NAMES : NUMBERS).orElse("R" + (rules.size() + 1));
            if (!ids.add(id)) {
                throw record.error("the rule id '%s' stands in an earlier %s. Give every rule an id of its own."
                        .formatted(id, record.unit()));
            }
            String text = use.requiredText(record, "rule text", TEXTS_OR_RULE);
            rules.add(new Rule(id, text, use.text(record, DOMAINS).orElse(null)));
            use.lookAtRest(record, List.of(text));
        }
        use.warn(notes);
        return new Loaded<>(rules, notes.warnings(records.size()));
    }
}

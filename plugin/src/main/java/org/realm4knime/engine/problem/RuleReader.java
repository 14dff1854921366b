package org.realm4knime.engine.problem;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads rules from a file. */
public final class RuleReader {

    private static final List<String> IDS = List.of("id", "rule", "rule id");
    private static final List<String> TEXTS = List.of("text", "rule text", "description");
    private static final List<String> DOMAINS = List.of("applies to", "applies_to", "appliesTo", "domain");

    private RuleReader() {}

    /**
     * Reads all rules of a file with the fields id, text and applies to.
     *
     * @param file JSON lines, or a table with a header (CSV), UTF-8
     * @return the rules in the order of the file; no two have the same id
     * @throws org.realm4knime.engine.EngineException naming file, line and field, if it cannot be read
     */
    public static List<Rule> read(Path file) {
        Set<String> ids = new HashSet<>();
        List<Rule> rules = new ArrayList<>();
        for (FileRecord record : RecordReader.read(file)) {
            String id = record.text(IDS).orElse("R" + (rules.size() + 1));
            if (!ids.add(id)) {
                throw record.error(
                        "the rule id '%s' stands in an earlier line. Give every rule an id of its own.".formatted(id));
            }
            rules.add(new Rule(
                    id,
                    record.requiredText("rule text", TEXTS),
                    record.text(DOMAINS).orElse(null)));
        }
        return List.copyOf(rules);
    }
}

package org.realm4knime.engine.problem.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the user is to be told of a file that was read: things that concern the whole of it, or some of its records. */
public final class ReadNotes {

    private static final int MOST_LINES = 5;

    private final Set<String> general = new LinkedHashSet<>();
    private final Map<String, Tally> tallies = new LinkedHashMap<>();

    private static final class Tally {
        private final List<Long> numbers = new ArrayList<>();
        private String unit;
        private long count;
    }

    /** A warning about the file; the same one again changes nothing. */
    public void add(String warning) {
        general.add(warning);
    }

    /**
     * Counts a record that something is to be said about.
     *
     * @param record the record
     * @param what is so, as it follows "3 of 10 records (lines 1, 2, 3)", with its full stop
     */
    public void count(FileRecord record, String what) {
        Tally tally = tallies.computeIfAbsent(what, key -> new Tally());
        tally.unit = record.unit();
        tally.count++;
        if (tally.numbers.size() < MOST_LINES) {
            tally.numbers.add(record.number());
        }
    }

    /**
     * All warnings.
     *
     * @param records how many records the file has
     */
    public List<String> warnings(int records) {
        List<String> warnings = new ArrayList<>(general);
        tallies.forEach((what, tally) -> warnings.add("%d of %d records (%s %s) %s"
                .formatted(
                        tally.count,
                        records,
                        tally.count == 1 ? tally.unit : tally.unit + "s",
                        tally.numbers.stream().map(String::valueOf).collect(Collectors.joining(", "))
                                + (tally.count > tally.numbers.size() ? " and so on" : ""),
                        what)));
        return List.copyOf(warnings);
    }
}

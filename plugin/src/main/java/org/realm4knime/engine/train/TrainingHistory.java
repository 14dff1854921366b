package org.realm4knime.engine.train;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a training has logged so far; a checkpoint carries it along. */
public final class TrainingHistory {

    private final List<LogRow> rows = new ArrayList<>();
    private final List<LoggedCompletion> completions = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    /** Threads that wait for servers may warn while a checkpoint is written. */
    private final List<String> warnings = new CopyOnWriteArrayList<>();

    public List<LogRow> rows() {
        return rows;
    }

    public List<LoggedCompletion> completions() {
        return completions;
    }

    List<String> notes() {
        return notes;
    }

    public List<String> warnings() {
        return warnings;
    }

    /** What all steps so far have spent. */
    Budget spent() {
        return rows.isEmpty() ? Budget.NONE : rows.get(rows.size() - 1).spent();
    }

    /** Adds a sentence for the user, who need not do anything about it. */
    void note(String note) {
        notes.add(note);
    }

    /** Adds a warning once. */
    public synchronized void warn(String warning) {
        if (!warnings.contains(warning)) {
            warnings.add(warning);
        }
    }

    public TrainingResult result() {
        return new TrainingResult(rows, completions, notes, warnings);
    }
}

package org.realm4knime.engine.train;

import java.util.List;

/**
 * What a training leaves besides the changed model.
 *
 * @param log a row per step
 * @param completions a sample of the completions that were trained on; empty for supervised training
 * @param notes what the user may want to know, in plain words
 * @param warnings what the user should know or change, in plain words; empty if nothing
 */
public record TrainingResult(
        List<LogRow> log, List<LoggedCompletion> completions, List<String> notes, List<String> warnings) {

    /** Copies the lists. */
    public TrainingResult {
        log = List.copyOf(log);
        completions = List.copyOf(completions);
        notes = List.copyOf(notes);
        warnings = List.copyOf(warnings);
    }

    /** What the training has spent. */
    public Budget spent() {
        return log.isEmpty() ? Budget.NONE : log.get(log.size() - 1).spent();
    }

    /**
     * This result of a training that had spent something before its first step, such as on samples to learn from.
     *
     * @param earlier what it had spent
     * @return the same, with it added to every row of the log
     */
    public TrainingResult after(Budget earlier) {
        return new TrainingResult(log.stream().map(row -> row.after(earlier)).toList(), completions, notes, warnings);
    }
}

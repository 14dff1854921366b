package org.realm4knime.engine.train;

import java.util.List;
import java.util.stream.Stream;

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
     * This result of a training that never began.
     *
     * @param why for the user
     */
    public static TrainingResult untrained(String why) {
        return new TrainingResult(List.of(), List.of(), List.of(), List.of(why));
    }

    /**
     * This result with more to warn of.
     *
     * @param more what was seen outside of the training, in plain words
     * @return the same, with it after the training's own warnings
     */
    public TrainingResult warning(List<String> more) {
        return new TrainingResult(
                log,
                completions,
                notes,
                Stream.concat(warnings.stream(), more.stream()).toList());
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

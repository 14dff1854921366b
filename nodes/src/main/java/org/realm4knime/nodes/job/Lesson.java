package org.realm4knime.nodes.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.ModelHistory;
import org.realm4knime.engine.train.HeldOutFigures;
import org.realm4knime.engine.train.LogRow;
import org.realm4knime.engine.train.TrainingResult;

/**
 * What a training node taught with, for the history of the model that comes out and its model card.
 *
 * @param method the node's name
 * @param data how much of what it learned from: numbers by their names
 */
public record Lesson(String method, Map<String, Integer> data) {

    /** A lesson of some data; what there is none of is left out. */
    public static Lesson of(String method, Map<String, List<?>> data) {
        Map<String, Integer> counts = new TreeMap<>();
        data.forEach((name, rows) -> counts.put(name, rows.size()));
        counts.values().removeIf(count -> count == 0);
        return new Lesson(method, counts);
    }

    /** What the history says of the training. */
    ModelHistory.Training training(String model, LanguageModel trained, TrainingResult result) {
        Map<String, String> facts = new LinkedHashMap<>();
        data.forEach((name, count) -> facts.put(name, count(count)));
        List<LogRow> log = result.log();
        facts.put("steps", count(log.size()));
        log.stream()
                .mapToDouble(LogRow::learningRate)
                .max()
                .ifPresent(rate -> facts.put("learning rate", String.format(Locale.ROOT, "%.2g", rate)));
        facts.put("tokens trained", count(result.spent().tokensTrained()));
        if (result.spent().samplesDrawn() > 0) {
            facts.put("completions drawn", count(result.spent().samplesDrawn()));
        }
        log.stream()
                .map(LogRow::heldOut)
                .filter(HeldOutFigures::seen)
                .reduce((first, second) -> second)
                .ifPresent(seen -> facts.put(
                        "held-out problems solved without help, when last looked at during the training",
                        String.format(
                                Locale.ROOT,
                                "%.1f %% (95 %% interval %.1f to %.1f)",
                                100 * seen.accuracy(),
                                100 * seen.low(),
                                100 * seen.high())));
        return new ModelHistory.Training(method, model, TrainingOutput.weights(trained), facts);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}

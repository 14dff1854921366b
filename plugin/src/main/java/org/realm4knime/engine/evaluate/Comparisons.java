package org.realm4knime.engine.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.evaluate.Comparison.Counts;
import org.realm4knime.engine.evaluate.PairedBootstrap.Difference;

/** Compares every model of a benchmark with those before it, and with the votes of the routes. */
final class Comparisons {

    private static final int RESAMPLES = 10_000;
    private static final long SEED = 1;

    /** Right or wrong by name of a model or vote, in the order of the problems. */
    private final Map<Asked, Map<String, List<Boolean>>> answers = new LinkedHashMap<>();

    private record Asked(String split, String routes) {}

    /** Takes what a model, or a vote, answered to the problems of a split. */
    void add(String name, String split, String routes, List<Boolean> correct) {
        answers.computeIfAbsent(new Asked(split, routes), asked -> new LinkedHashMap<>())
                .put(name, correct);
    }

    /**
     * All pairs.
     *
     * @param models in the order in which each is compared with those before it
     * @param rules whether rules were shown, as in {@link Score}
     * @param progress asked whether to stop
     * @return a row for each split, way of asking and pair
     */
    List<Comparison> rows(List<NamedModel> models, String rules, Progress progress) throws CanceledJobException {
        List<Comparison> rows = new ArrayList<>();
        for (Map.Entry<Asked, Map<String, List<Boolean>>> entry : answers.entrySet()) {
            Asked asked = entry.getKey();
            Map<String, List<Boolean>> byName = entry.getValue();
            for (int i = 0; i < models.size(); i++) {
                NamedModel model = models.get(i);
                List<String> others = new ArrayList<>(
                        models.subList(0, i).stream().map(NamedModel::name).toList());
                RouteVotes.names().stream().filter(byName::containsKey).forEach(others::add);
                for (String other : others) {
                    rows.add(row(model, other, asked, rules, byName, progress));
                }
            }
        }
        return rows;
    }

    private static Comparison row(
            NamedModel model,
            String other,
            Asked asked,
            String rules,
            Map<String, List<Boolean>> byName,
            Progress progress)
            throws CanceledJobException {
        boolean[] ours = array(byName.get(model.name()));
        boolean[] theirs = array(byName.get(other));
        Counts counts = counts(ours, theirs);
        Difference difference = PairedBootstrap.difference(ours, theirs, RESAMPLES, SEED, progress);
        return new Comparison(
                model.name(),
                other,
                asked.split(),
                asked.routes(),
                rules,
                counts,
                difference.mean(),
                difference.low(),
                difference.high(),
                McNemar.pValue(counts.onlyModel(), counts.onlyOther()),
                model.trainedFrom().contains(other));
    }

    private static Counts counts(boolean[] ours, boolean[] theirs) {
        return new Counts(
                count(ours, theirs, true, true),
                count(ours, theirs, true, false),
                count(ours, theirs, false, true),
                count(ours, theirs, false, false));
    }

    private static int count(boolean[] ours, boolean[] theirs, boolean our, boolean their) {
        return (int) IntStream.range(0, ours.length)
                .filter(i -> ours[i] == our && theirs[i] == their)
                .count();
    }

    private static boolean[] array(List<Boolean> correct) {
        boolean[] array = new boolean[correct.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = correct.get(i);
        }
        return array;
    }
}

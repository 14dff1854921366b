package org.realm4knime.headless.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.node.BufferedDataTable;

/**
 * Benchmark scores for people: a table that has the score columns, whichever node made it.
 *
 * @param title names where the scores come from
 * @param scores a row per model, split and way of prompting
 */
public record ScoreTable(String title, List<Score> scores) {

    private static final List<String> COLUMNS =
            List.of("model", "split", "routes", "problems", "correct", "accuracy", "low", "high");
    private static final List<String> HEADER =
            List.of("model", "split", "routes", "problems", "correct", "accuracy", "95% interval");

    /**
     * One benchmark result.
     *
     * @param model name of the model
     * @param split which problems
     * @param routes whether external routes were shown: with or without
     * @param problems how many
     * @param correct how many were answered correctly
     * @param accuracy correct share, in [0, 1]
     * @param low lower end of its 95% interval, in [0, 1]
     * @param high upper end of its 95% interval, in [0, 1]
     */
    public record Score(
            String model,
            String split,
            String routes,
            String problems,
            String correct,
            double accuracy,
            double low,
            double high) {

        /** @return the cells in the order of the header, as text */
        public List<String> cells() {
            return List.of(
                    model, split, routes, problems, correct, percent(accuracy), percent(low) + " to " + percent(high));
        }

        /**
         * @param length of a scale from 0 to 1, in pixels
         * @param share in [0, 1]
         * @return where on the scale the share lies; 0 if it is no number
         */
        public long along(long length, double share) {
            return Math.round(length * share);
        }
    }

    /**
     * @param title names where the table comes from
     * @param table any table
     * @return the scores, if the table has all their columns
     */
    public static Optional<ScoreTable> of(String title, BufferedDataTable table) {
        DataTableSpec spec = table.getDataTableSpec();
        int[] index = COLUMNS.stream().mapToInt(spec::findColumnIndex).toArray();
        if (IntStream.of(index).anyMatch(i -> i < 0)) {
            return Optional.empty();
        }
        List<Score> scores = new ArrayList<>();
        for (DataRow row : table) {
            scores.add(new Score(
                    text(row.getCell(index[0])),
                    text(row.getCell(index[1])),
                    text(row.getCell(index[2])),
                    text(row.getCell(index[3])),
                    text(row.getCell(index[4])),
                    number(row.getCell(index[5])),
                    number(row.getCell(index[6])),
                    number(row.getCell(index[7]))));
        }
        return Optional.of(new ScoreTable(title, scores));
    }

    private static String text(DataCell cell) {
        return cell.isMissing() ? "" : cell.toString();
    }

    private static double number(DataCell cell) {
        return cell instanceof DoubleValue value && !cell.isMissing() ? value.getDoubleValue() : Double.NaN;
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f%%", 100 * share);
    }

    /** @return the names of the columns */
    public List<String> header() {
        return HEADER;
    }

    /** @return the table with aligned columns, words to the left and figures to the right; ends without a line break */
    public String toText() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        scores.forEach(score -> rows.add(score.cells()));
        int[] width = IntStream.range(0, HEADER.size())
                .map(c ->
                        rows.stream().mapToInt(row -> row.get(c).length()).max().orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, row.size())
                        .mapToObj(c -> ("%" + (c < 3 ? "-" : "") + width[c] + "s").formatted(row.get(c)))
                        .collect(Collectors.joining("  "))
                        .stripTrailing())
                .collect(Collectors.joining("\n"));
    }
}

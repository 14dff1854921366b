package org.realm4knime.engine.answer;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What a text says by its form, which {@link NormalizedText} does not keep: the rows and columns of a grid, the values
 * of a list in brackets, pictures. Two texts with the same words are not the same answer if these differ.
 */
final class Shape {

    private static final Pattern BETWEEN_CELLS = Pattern.compile("[\\s,|]+");
    /** A value that is a cell even where there is one row: a number, a letter, a picture, a blank. */
    private static final Pattern CELL = Pattern.compile("[-+]?\\d+(?:\\.\\d+)?|[\\p{L}_]|\\p{So}\\uFE0F?");

    private static final Pattern AROUND = Pattern.compile("^[\\s$]+|(?<![\\s.$])[\\s.$]+$");
    private static final Pattern NO_PICTURE = Pattern.compile("[^\\p{So}]");

    private Shape() {}

    /**
     * Whether two texts differ in form.
     *
     * @param given the answer to judge
     * @param right the reference, which says what counts
     * @return whether they are different grids, lists of different values, or with different pictures
     */
    static boolean differs(String given, String right) {
        String one = AROUND.matcher(MathText.plain(given)).replaceAll("");
        String other = AROUND.matcher(MathText.plain(right)).replaceAll("");
        String pictures = NO_PICTURE.matcher(other).replaceAll("");
        return !pictures.isEmpty() && !NO_PICTURE.matcher(one).replaceAll("").equals(pictures)
                || grid(rows(other)) && !rows(one).equals(rows(other))
                || Items.enclosed(other) && !sameItems(values(one), values(other));
    }

    private static List<String> values(String text) {
        return Items.of(Items.enclosed(text) ? Items.inside(text) : text);
    }

    private static boolean sameItems(List<String> given, List<String> right) {
        // the words of a single value have been compared
        boolean single = given.size() == 1 && right.size() == 1 && !Items.enclosed(right.get(0));
        return single
                || given.size() == right.size()
                        && IntStream.range(0, given.size()).allMatch(i -> TextChecker.same(given.get(i), right.get(i)));
    }

    /** The cells of each line that is not blank. */
    private static List<List<String>> rows(String text) {
        return text.lines()
                .filter(line -> !line.isBlank())
                .map(line -> Arrays.stream(BETWEEN_CELLS.split(line.toLowerCase(Locale.ROOT)))
                        .filter(cell -> !cell.isEmpty())
                        .toList())
                .toList();
    }

    /** Rows of equally many cells: several rows of short or equally long ones, or one row of cells beyond doubt. */
    private static boolean grid(List<List<String>> rows) {
        if (rows.isEmpty()
                || rows.stream().anyMatch(row -> row.size() != rows.get(0).size())) {
            return false;
        }
        List<String> cells = rows.stream().flatMap(List::stream).toList();
        if (rows.size() == 1) {
            return cells.size() > 1
                    && cells.stream().allMatch(cell -> CELL.matcher(cell).matches());
        }
        boolean equallyLong = cells.stream().mapToInt(String::length).distinct().count() == 1;
        return equallyLong
                || cells.stream()
                        .allMatch(
                                cell -> cell.length() <= 3 || CELL.matcher(cell).matches());
    }
}

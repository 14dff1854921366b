package org.realm4knime.engine.answer;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Answers over several lines: items with bullets or numbers, and the rows of a grid. */
final class Blocks {

    /** What an item of a list begins with: a bullet or a number. */
    static final String BULLET = "(?:[-*\u2022]|\\(?\\d{1,3}[.)])";

    private static final Pattern ITEM = Pattern.compile("\\s*" + BULLET + "\\s+\\S.*");
    private static final Pattern ROW = Pattern.compile("\\s*\\S{1,3}(?:[ \\t,|]+\\S{1,3})++\\s*");

    private Blocks() {}

    /**
     * Where the lines of one kind end that begin at an index.
     *
     * @param text a text
     * @param begin where a line begins
     * @return the end of the last of them; -1 if there are fewer than two
     */
    static int end(String text, int begin) {
        int end = -1;
        int from = begin;
        String first = line(text, begin);
        int next = begin + first.length() + 1;
        while (next < text.length() && alike(first, line(text, next))) {
            end = next + line(text, next).length();
            from = next;
            next = end + 1;
        }
        return from == begin ? -1 : end;
    }

    /**
     * The lines of one kind with which a text ends.
     *
     * @param text a text
     * @param items whether items with bullets or numbers count too, or the rows of a grid alone
     * @return these lines, at least two; empty if it ends otherwise
     */
    static Optional<String> last(String text, boolean items) {
        List<String> lines = text.stripTrailing().lines().toList();
        int from = lines.size() - 1;
        while (from > 0 && alike(lines.get(from), lines.get(from - 1))) {
            from--;
        }
        boolean counts = from < lines.size() - 1 && (items || row(lines.get(from)));
        return counts ? Optional.of(String.join("\n", lines.subList(from, lines.size()))) : Optional.empty();
    }

    private static boolean alike(String one, String other) {
        return ITEM.matcher(one).matches() && ITEM.matcher(other).matches()
                || row(one)
                        && row(other)
                        && one.strip().split("[ \\t,|]+").length
                                == other.strip().split("[ \\t,|]+").length;
    }

    private static boolean row(String line) {
        return ROW.matcher(line).matches();
    }

    private static String line(String text, int begin) {
        int end = text.indexOf('\n', begin);
        return text.substring(begin, end < 0 ? text.length() : end);
    }
}

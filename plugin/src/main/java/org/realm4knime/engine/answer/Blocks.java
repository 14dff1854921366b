package org.realm4knime.engine.answer;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Answers over several lines: items with bullets or numbers, the rows of a grid, a list in brackets, sentences that
 * differ in their numbers alone.
 */
final class Blocks {

    /** What an item of a list begins with: a bullet or a number. */
    static final String BULLET = "(?:[-*\u2022]|\\(?\\d{1,3}[.)])";

    private static final Pattern ITEM = Pattern.compile("\\s*" + BULLET + "\\s+\\S.*");
    private static final String NUMBER = "[-+]?\\d{1,9}(?:\\.\\d{1,9})?";
    private static final String CELL = "(?:" + NUMBER + "|\\S{1,3})";
    private static final Pattern ROW = Pattern.compile("\\s*" + CELL + "(?:[ \\t,|]+" + CELL + ")++\\s*");
    /** A row of one cell, or of pictures side by side. */
    private static final Pattern ONE_CELL =
            Pattern.compile("\\s*(?:" + NUMBER + "|[\\p{L}\\p{N}]|[\\p{So}\\uFE0F]{1,400})\\s*");

    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final Pattern FEW_WORDS =
            Pattern.compile("\\s*[\\p{L}\\p{N}]\\S{0,30}(?: \\S{1,30}){0,3}(?<![.!?:])\\s*");
    private static final int SENTENCE = 3;

    private Blocks() {}

    /**
     * Where the lines of one kind end that begin at an index.
     *
     * @param text a text
     * @param begin where the first of them begins
     * @param ownLine whether that is the begin of a line; else items with bullets, and sentences, are none
     * @return the end of the last of them; -1 if there are fewer than two
     */
    static int end(String text, int begin, boolean ownLine) {
        int end = -1;
        int from = begin;
        String first = line(text, begin);
        int next = begin + first.length() + 1;
        while (next < text.length() && goesOn(first, line(text, next), ownLine)) {
            end = next + line(text, next).length();
            from = next;
            next = end + 1;
        }
        return from == begin ? -1 : end;
    }

    /**
     * Where a list in brackets ends that goes on over several lines.
     *
     * @param text a text
     * @param begin where the list may begin, white space ahead of it
     * @return the end of its last line; -1 if no list begins there, or if it ends on its first line
     */
    static int endOfList(String text, int begin) {
        int open = begin;
        while (open < text.length() && text.charAt(open) == ' ') {
            open++;
        }
        boolean list = open < text.length() && "[{".indexOf(text.charAt(open)) >= 0;
        int end = list ? JsonAnswer.endOfBrackets(text, open) : -1;
        return end > 0
                        && text.substring(open, end).indexOf('\n') >= 0
                        && line(text, end).length() <= 1
                ? end
                : -1;
    }

    /** The list in brackets with which a text ends, if it begins on an earlier line of its own. */
    private static Optional<String> lastList(String text) {
        int depth = 0;
        for (int i = text.length() - 1; i >= 0; i--) {
            char c = text.charAt(i);
            depth += "]}".indexOf(c) >= 0 ? 1 : "[{".indexOf(c) >= 0 ? -1 : 0;
            if (depth <= 0) {
                boolean ownLine =
                        text.substring(text.lastIndexOf('\n', i) + 1, i).isBlank();
                return ownLine && text.indexOf('\n', i) > 0 ? Optional.of(text.substring(i)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /**
     * The lines of one kind with which a text ends.
     *
     * @param text a text
     * @param items whether items with bullets or numbers count too, or the rows of a grid and lists in brackets alone
     * @return these lines, at least two; empty if it ends otherwise
     */
    static Optional<String> last(String text, boolean items) {
        Optional<String> list = lastList(text.stripTrailing());
        if (list.isPresent()) {
            return list;
        }
        List<String> lines = text.stripTrailing().lines().toList();
        int from = lines.size() - 1;
        while (from > 0 && alike(lines.get(from), lines.get(from - 1))) {
            from--;
        }
        if (from == lines.size() - 1) {
            return announced(lines);
        }
        boolean counts = items || row(lines.get(from));
        return counts ? Optional.of(String.join("\n", lines.subList(from, lines.size()))) : Optional.empty();
    }

    /** Lines of a few words each at the end, behind one that ends in a colon. */
    private static Optional<String> announced(List<String> lines) {
        int from = lines.size() - 1;
        while (from > 0 && sameWords(lines.get(from), lines.get(from - 1))) {
            from--;
        }
        boolean several = from > 0
                && from < lines.size() - 1
                && lines.get(from - 1).strip().endsWith(":");
        return several ? Optional.of(String.join("\n", lines.subList(from, lines.size()))) : Optional.empty();
    }

    private static boolean goesOn(String one, String other, boolean ownLine) {
        return ownLine
                ? alike(one, other) || sameSentence(one, other) || sameWords(one, other)
                : sameCells(one, other)
                        || sameWords(one, other) && firstWord(one).equals(firstWord(other));
    }

    /** Of several words; a text of one has none that could be repeated. */
    private static String firstWord(String line) {
        String[] words = line.strip().split("\\s+");
        return words.length > 1 ? words[0] : line;
    }

    private static boolean alike(String one, String other) {
        return ITEM.matcher(one).matches() && ITEM.matcher(other).matches() || sameCells(one, other);
    }

    private static boolean sameCells(String one, String other) {
        return ONE_CELL.matcher(one).matches() && ONE_CELL.matcher(other).matches()
                || ROW.matcher(one).matches()
                        && ROW.matcher(other).matches()
                        && one.strip().split("[ \\t,|]+").length
                                == other.strip().split("[ \\t,|]+").length;
    }

    private static boolean row(String line) {
        return ROW.matcher(line).matches() || ONE_CELL.matcher(line).matches();
    }

    /** Sentences that are the same but for their numbers, such as moves. */
    private static boolean sameSentence(String one, String other) {
        return one.strip().split("\\s+").length >= SENTENCE
                && DIGITS.matcher(one).find()
                && DIGITS.matcher(one.strip())
                        .replaceAll("0")
                        .equals(DIGITS.matcher(other.strip()).replaceAll("0"));
    }

    /** Lines of the same few words and no end of a sentence: values, names or moves, one a line. */
    private static boolean sameWords(String one, String other) {
        return FEW_WORDS.matcher(one).matches()
                && FEW_WORDS.matcher(other).matches()
                && one.strip().split("\\s+").length == other.strip().split("\\s+").length;
    }

    private static String line(String text, int begin) {
        int end = text.indexOf('\n', begin);
        return text.substring(begin, end < 0 ? text.length() : end);
    }
}

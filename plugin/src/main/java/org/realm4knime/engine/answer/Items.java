package org.realm4knime.engine.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of an answer that has several: {@code 1, 2}, {@code [a; b]}, {@code (1, 2), (3, 4)}, a line each. */
final class Items {

    private static final String OPENING = "([{";
    private static final String CLOSING = ")]}";

    private static final Pattern LINES_OR_SEMICOLONS = Pattern.compile("\\s*[;\\n]\\s*");
    /** A comma at the end of a line separates, and the line's end no more. */
    private static final Pattern COMMA_AND_LINE = Pattern.compile(",\\s*\\n\\s*");

    private static final Pattern COMMA_AND_SPACE = Pattern.compile("\\s*,\\s+(?:and\\s+|or\\s+)?|\\s+(?:and|or)\\s+");
    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*(?:and\\s+|or\\s+)?|\\s+(?:and|or)\\s+");
    /** A value in double quotes, as in JSON. */
    private static final Pattern QUOTED =
            Pattern.compile("(?<![^\\[({,:\\s])\"[^\"\\n]{0,400}\"(?=\\s*(?:[\\])},:]|$))");

    private static final Pattern BULLET = Pattern.compile("(?m)^[ \\t]*" + Blocks.BULLET + "[ \\t]+(?=\\S)");

    private Items() {}

    /**
     * Takes an answer apart. Semicolons or lines separate if there are any, then a comma with a space, then a comma
     * alone, which does between quotes too; within brackets and quotes nothing separates.
     *
     * @param text the answer, in brackets or not
     * @return the values, without blank ones
     */
    static List<String> of(String text) {
        String plain = MathText.plain(withoutBullets(text)).strip();
        if (enclosed(plain) && CLOSING.indexOf(plain.charAt(plain.length() - 1)) == OPENING.indexOf(plain.charAt(0))) {
            plain = COMMA_AND_LINE.matcher(inside(plain).strip()).replaceAll(", ");
        }
        String level = masked(plain);
        Pattern separator = LINES_OR_SEMICOLONS.matcher(level).find()
                ? LINES_OR_SEMICOLONS
                : level.contains(", ") && withoutQuoted(plain).equals(plain) ? COMMA_AND_SPACE : COMMA;
        List<String> items = new ArrayList<>();
        Matcher end = separator.matcher(level);
        int from = 0;
        while (end.find()) {
            items.add(plain.substring(from, end.start()).strip());
            from = end.end();
        }
        items.add(plain.substring(from).strip());
        items.removeIf(String::isEmpty);
        return items;
    }

    /**
     * Whether a value is one group in brackets, such as a tuple or an interval.
     *
     * @param item a value
     * @return whether a bracket opens at its begin and is closed at its end
     */
    static boolean enclosed(String item) {
        int last = item.length() - 1;
        return last > 0
                && OPENING.indexOf(item.charAt(0)) >= 0
                && CLOSING.indexOf(item.charAt(last)) >= 0
                && masked(item).chars().skip(1).limit(last - 1L).allMatch(c -> c == '.');
    }

    /** A line without the bullet or number that it begins with as an item of a list. */
    static String withoutBullet(String line) {
        return BULLET.matcher(line).replaceFirst("");
    }

    /** What stands between the first and the last character. */
    static String inside(String item) {
        return item.substring(1, item.length() - 1);
    }

    private static String withoutBullets(String text) {
        boolean all = text.strip().lines().filter(line -> !line.isBlank()).allMatch(line -> BULLET.matcher(line)
                .lookingAt());
        return all && text.strip().indexOf('\n') > 0 ? BULLET.matcher(text).replaceAll("") : text;
    }

    /** The text with a point for each character within quotes or brackets; unchanged if brackets do not match. */
    private static String masked(String plain) {
        String text = withoutQuoted(plain);
        StringBuilder level = new StringBuilder(text.length());
        int depth = 0;
        for (int i = 0; i < text.length() && depth >= 0; i++) {
            char c = text.charAt(i);
            depth -= CLOSING.indexOf(c) >= 0 ? 1 : 0;
            level.append(depth > 0 ? '.' : c);
            depth += OPENING.indexOf(c) >= 0 ? 1 : 0;
        }
        return depth == 0 ? level.toString() : plain;
    }

    /** The text with a point for each character of a quoted value, unless it is quoted as a whole. */
    private static String withoutQuoted(String text) {
        return QUOTED.matcher(text)
                .replaceAll(value -> value.group().length() == text.length()
                        ? Matcher.quoteReplacement(text)
                        : ".".repeat(value.group().length()));
    }
}

package org.realm4knime.engine.answer;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A regular expression for texts in lower case, made of one for which case does not matter. RE2/J's own way, its flag
 * for that, does not end on characters whose case its tables do not know, such as the Cyrillic rounded ve (U+1C80).
 */
final class LowerCaseRegex {

    /** What is kept as it is: classes by name and codes, other escapes, and flags of a group. */
    private static final Pattern KEPT = Pattern.compile(
            "\\\\[pPx]\\{[^}]*}|\\\\[pP].|\\\\x\\p{XDigit}{2}|\\\\Q|\\\\.|\\(\\?(?:P?<|[A-Za-z-]+[:)])",
            Pattern.DOTALL);

    private static final Pattern CODE = Pattern.compile("\\\\x\\{?(\\p{XDigit}{1,6})}?");

    private static final Pattern CASED = Pattern.compile("\\\\([pP])(?:\\{L[ult]}|L[ult])");

    private LowerCaseRegex() {}

    /**
     * The expression that is to be matched with texts in lower case.
     *
     * @throws IllegalArgumentException if flags of a group switch case on or off together with others
     */
    static String of(String expression) {
        StringBuilder lower = new StringBuilder();
        Matcher kept = KEPT.matcher(expression);
        int at = 0;
        while (at < expression.length()) {
            int next = kept.find(at) ? kept.start() : expression.length();
            lower.append(expression.substring(at, next).toLowerCase(Locale.ROOT));
            if (next < expression.length()) {
                lower.append(kept(kept.group()));
                at = kept.end();
                if (kept.group().equals("\\Q")) {
                    int end = expression.indexOf("\\E", at);
                    int quoted = end < 0 ? expression.length() : end;
                    lower.append(expression.substring(at, quoted).toLowerCase(Locale.ROOT));
                    at = quoted;
                }
            } else {
                at = next;
            }
        }
        return lower.toString();
    }

    private static String kept(String text) {
        if (text.startsWith("(?") && text.indexOf('i') > 0) {
            return switch (text) {
                case "(?i)" -> "";
                case "(?i:" -> "(?:";
                default -> throw new IllegalArgumentException("leave the flag i out of it, as case never matters");
            };
        }
        Matcher code = CODE.matcher(text);
        if (code.matches()) {
            int letter = Character.toLowerCase(Integer.parseInt(code.group(1), 16));
            return "\\x{%x}".formatted(letter);
        }
        // a letter of any case is one of the lower case here
        return CASED.matcher(text).matches() ? text.substring(0, 2) + "L" : text;
    }
}

package org.realm4knime.engine.problem.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Values of fields as texts. */
public final class Values {

    /** Texts by which programs write that there is no value. */
    private static final Set<String> MISSING =
            Set.of("nan", "null", "none", "<na>", "#n/a", "n/a", "nat", "undefined", "-nan");

    private static final int MOST_DIGITS = 40;

    private Values() {}

    /**
     * A value as text: a number without an exponent and without zeros that say nothing (5.0 is 5), the values of a list
     * joined by semicolons.
     *
     * @return the text; empty if the value is missing (null, NaN, the word None), or is an object or a list with one
     */
    public static String text(JsonNode value) {
        if (value.isArray()) {
            boolean plain = elements(value).noneMatch(JsonNode::isContainerNode);
            return plain
                    ? elements(value)
                            .map(Values::text)
                            .filter(text -> !text.isBlank())
                            .collect(Collectors.joining("; "))
                    : "";
        }
        if (value.isContainerNode() || value.isNull() || value.isMissingNode()) {
            return "";
        }
        if (value.isNumber()) {
            return number(value);
        }
        String text = value.asText();
        return isMissing(text) ? "" : text;
    }

    /** Whether a text only says that there is no value, as pandas and spreadsheets write it. */
    public static boolean isMissing(String text) {
        return text.length() <= 12 && MISSING.contains(text.strip().toLowerCase(Locale.ROOT));
    }

    private static String number(JsonNode value) {
        if (value.isDouble() || value.isFloat()) {
            double number = value.doubleValue();
            return Double.isFinite(number) ? plain(BigDecimal.valueOf(number)) : "";
        }
        return plain(value.decimalValue());
    }

    private static String plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        boolean writable = Math.abs((long) stripped.scale()) + stripped.precision() <= MOST_DIGITS;
        return writable ? stripped.toPlainString() : stripped.toString();
    }

    /** All texts within a value, lists and objects included, separated by spaces. */
    public static String allTexts(JsonNode value) {
        return value.isContainerNode()
                ? elements(value)
                        .map(Values::allTexts)
                        .filter(text -> !text.isBlank())
                        .collect(Collectors.joining(" "))
                : text(value);
    }

    /** The elements of a list, or the values of an object. */
    public static Stream<JsonNode> elements(JsonNode value) {
        return StreamSupport.stream(value.spliterator(), false);
    }

    /** What kind of value it is, for messages; nothing for a text, number or truth value. */
    static String kind(JsonNode value) {
        if (value.isArray()) {
            return value.path(0).isObject() ? " (a list of objects)" : " (a list)";
        }
        return value.isObject() ? " (an object)" : text(value).isBlank() ? " (empty)" : "";
    }

    /** Whether two names are the same but for case, spaces, hyphens and underscores. */
    public static boolean sameName(String a, String b) {
        int i = 0;
        int j = 0;
        while (true) {
            while (i < a.length() && isFiller(a.charAt(i))) {
                i++;
            }
            while (j < b.length() && isFiller(b.charAt(j))) {
                j++;
            }
            if (i == a.length() || j == b.length()) {
                return i == a.length() && j == b.length();
            }
            if (Character.toLowerCase(a.charAt(i++)) != Character.toLowerCase(b.charAt(j++))) {
                return false;
            }
        }
    }

    private static boolean isFiller(char c) {
        return c == ' ' || c == '_' || c == '-';
    }
}

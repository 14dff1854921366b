package org.realm4knime.engine.template;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Filters of single texts and numbers. */
final class TextFilters {

    private static final Pattern WORD = Pattern.compile("[^-\\s({\\[<]+");
    private static final Pattern INTEGER = Pattern.compile("\\s*+[-+]?\\d{1,18}\\s*+");
    private static final Pattern FLOAT =
            Pattern.compile("\\s*+[-+]?(?:\\d{1,40}\\.?\\d{0,40}|\\.\\d{1,40})(?:[eE][-+]?\\d{1,3})?\\s*+");

    private TextFilters() {}

    /** Jinja's own title: words begin behind white space, hyphens and opening brackets, not behind apostrophes. */
    static String title(String text) {
        StringBuilder out = new StringBuilder();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            word.appendReplacement(out, Matcher.quoteReplacement(capital(word.group())));
        }
        return word.appendTail(out).toString();
    }

    private static String capital(String word) {
        int first = Character.charCount(word.codePointAt(0));
        return word.substring(0, first).toUpperCase(Locale.ROOT)
                + word.substring(first).toLowerCase(Locale.ROOT);
    }

    static String escaped(Run run, String text) {
        run.size(text.length() * 5L);
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&#39;")
                .replace("\"", "&#34;");
    }

    static String indented(Run run, String text, Arguments arguments) {
        Object width = arguments.get(0, "width", 4L);
        String indent = width instanceof String given ? given : spaces(run, PythonNumbers.whole(width));
        boolean first = arguments.isTrue(1, "first");
        boolean blank = arguments.isTrue(2, "blank");
        String[] lines = text.split("\n", -1);
        run.size(text.length() + (long) indent.length() * lines.length);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < lines.length; i++) {
            boolean indents = i == 0 ? first : blank || !lines[i].isEmpty();
            out.append(i > 0 ? "\n" : "").append(indents ? indent : "").append(lines[i]);
        }
        return out.toString();
    }

    private static String spaces(Run run, long width) {
        run.size(Math.max(0, width));
        return " ".repeat((int) Math.max(0, width));
    }

    static String truncated(String text, Arguments arguments) {
        int length = (int) Math.min(Integer.MAX_VALUE, Math.max(0, arguments.whole(0, "length", 255)));
        String end = arguments.has(2, "end") ? arguments.text(2, "end") : "...";
        long leeway = arguments.whole(3, "leeway", 5);
        if (text.length() <= length + leeway) {
            return text;
        }
        String cut = text.substring(0, Math.max(0, length - end.length()));
        int space = cut.lastIndexOf(' ');
        return (arguments.isTrue(1, "killwords") || space < 0 ? cut : cut.substring(0, space)) + end;
    }

    static Object integer(Object value, Arguments arguments) {
        if (PythonNumbers.isNumber(value)) {
            return value instanceof Double number ? (Object) number.longValue() : (Object) PythonNumbers.whole(value);
        }
        if (value instanceof String text && INTEGER.matcher(text).matches()) {
            return Long.parseLong(text.strip());
        }
        if (value instanceof String text && FLOAT.matcher(text).matches()) {
            return (long) Double.parseDouble(text.strip());
        }
        return arguments.get(0, "default", 0L);
    }

    static Object floating(Object value, Arguments arguments) {
        if (PythonNumbers.isNumber(value)) {
            return PythonNumbers.floating(value);
        }
        return value instanceof String text && FLOAT.matcher(text).matches()
                ? (Object) Double.parseDouble(text.strip())
                : arguments.get(0, "default", 0.0);
    }

    static Object rounded(Object value, Arguments arguments) {
        int digits = (int) Math.max(-300, Math.min(300, arguments.whole(0, "precision", 0)));
        String method = arguments.has(1, "method") ? arguments.text(1, "method") : "common";
        RoundingMode mode =
                switch (method) {
                    case "common" -> RoundingMode.HALF_EVEN;
                    case "ceil" -> RoundingMode.CEILING;
                    case "floor" -> RoundingMode.FLOOR;
                    default -> throw new TemplateError("the method of \"round\" is common, ceil or floor");
                };
        return new BigDecimal(PythonNumbers.floating(value))
                .setScale(digits, mode)
                .doubleValue();
    }
}

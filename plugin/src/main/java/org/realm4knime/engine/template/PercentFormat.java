package org.realm4knime.engine.template;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's formatting with percent signs, {@code '%s: %.2f' % (name, value)}. */
final class PercentFormat {

    private static final Pattern PLACE = Pattern.compile("%([-+ 0#]*)(\\d{0,3})(?:\\.(\\d{1,2}))?([a-zA-Z%])|%");

    private PercentFormat() {}

    static String format(Run run, String format, List<Object> values) {
        Iterator<Object> rest = values.iterator();
        StringBuilder out = new StringBuilder();
        Matcher place = PLACE.matcher(format);
        while (place.find()) {
            if (place.group(4) == null) {
                throw new TemplateError("a format has a place that is not understood");
            }
            String text = place.group(4).equals("%") ? "%" : formatted(run, place, next(rest));
            run.size(out.length() + (long) text.length());
            place.appendReplacement(out, Matcher.quoteReplacement(text));
        }
        run.size(out.length() + (long) format.length());
        return place.appendTail(out).toString();
    }

    private static Object next(Iterator<Object> values) {
        if (!values.hasNext()) {
            throw new TemplateError("a format has more places than values");
        }
        return values.next();
    }

    private static String formatted(Run run, Matcher place, Object value) {
        String precision = place.group(3);
        String flags = place.group(1);
        String text =
                switch (place.group(4)) {
                    case "s" -> cut(PythonText.of(run, value), precision);
                    case "r" -> cut(PythonText.represented(run, value), precision);
                    case "d", "i" ->
                        Long.toString(value instanceof Double number ? number.longValue() : PythonNumbers.whole(value));
                    case "x" -> Long.toHexString(PythonNumbers.whole(value));
                    case "f", "F" ->
                        fixed(PythonNumbers.floating(value), precision == null ? 6 : Integer.parseInt(precision));
                    default -> throw new TemplateError("the format \"" + place.group() + "\" is not understood");
                };
        return padded(signed(text, flags, place.group(4)), flags, place.group(2));
    }

    private static String signed(String text, String flags, String kind) {
        boolean number = "dif".contains(kind) && !text.startsWith("-");
        return number && flags.contains("+") ? "+" + text : text;
    }

    private static String padded(String text, String flags, String width) {
        int missing = width.isEmpty() ? 0 : Integer.parseInt(width) - (int) PythonValues.length(text);
        if (missing <= 0) {
            return text;
        }
        if (flags.contains("-")) {
            return text + " ".repeat(missing);
        }
        boolean sign = text.startsWith("-") || text.startsWith("+");
        return flags.contains("0")
                ? (sign ? text.substring(0, 1) : "") + "0".repeat(missing) + text.substring(sign ? 1 : 0)
                : " ".repeat(missing) + text;
    }

    private static String cut(String text, String precision) {
        int length = precision == null ? text.length() : Integer.parseInt(precision);
        return length >= text.length() ? text : text.substring(0, text.offsetByCodePoints(0, length));
    }

    private static String fixed(double value, int digits) {
        return new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    }
}

package org.realm4knime.engine.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How Python's {@code str} is taken apart. */
final class Splitting {

    private Splitting() {}

    /** How often a text is found without overlap; the empty text, once more than there are characters. */
    static int count(String text, String wanted) {
        if (wanted.isEmpty()) {
            return text.codePointCount(0, text.length()) + 1;
        }
        int count = 0;
        for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length())) {
            count++;
        }
        return count;
    }

    /** split and rsplit: at a separator, or at white space where there is none. */
    static List<Object> split(Run run, String text, Arguments arguments, boolean fromRight) {
        Object separator = arguments.get(0, "sep", null);
        long limit = arguments.whole(1, "maxsplit", -1);
        long times = limit < 0 ? Long.MAX_VALUE : limit;
        List<Object> parts = separator == null
                ? atSpace(text, times, fromRight)
                : at(text, nonEmpty(PythonValues.text(separator)), times, fromRight);
        run.size(parts.size());
        return parts;
    }

    private static String nonEmpty(String separator) {
        if (separator.isEmpty()) {
            throw new TemplateError("the separator of \"split\" is empty");
        }
        return separator;
    }

    private static List<Object> at(String text, String separator, long times, boolean fromRight) {
        List<Object> parts = new ArrayList<>();
        int from = 0;
        int to = text.length();
        for (long i = 0; i < times; i++) {
            int at = fromRight ? text.lastIndexOf(separator, to - separator.length()) : text.indexOf(separator, from);
            if (at < 0 || at < from) {
                break;
            }
            parts.add(fromRight ? text.substring(at + separator.length(), to) : text.substring(from, at));
            if (fromRight) {
                to = at;
            } else {
                from = at + separator.length();
            }
        }
        parts.add(text.substring(from, to));
        if (fromRight) {
            Collections.reverse(parts);
        }
        return parts;
    }

    private static List<Object> atSpace(String text, long times, boolean fromRight) {
        List<Object> parts = new ArrayList<>();
        int from = fromRight ? 0 : past(text, 0, 1, true);
        int to = fromRight ? past(text, text.length() - 1, -1, true) + 1 : text.length();
        while (from < to) {
            if (parts.size() == times) {
                parts.add(text.substring(from, to));
                break;
            }
            if (fromRight) {
                int before = past(text, to - 1, -1, false);
                parts.add(text.substring(before + 1, to));
                to = past(text, before, -1, true) + 1;
            } else {
                int end = past(text, from, 1, false);
                parts.add(text.substring(from, end));
                from = past(text, end, 1, true);
            }
        }
        if (fromRight) {
            Collections.reverse(parts);
        }
        return parts;
    }

    /** The first place, going from one by a step, where white space ends or begins. */
    private static int past(String text, int from, int step, boolean space) {
        int i = from;
        while (i >= 0 && i < text.length() && StringMethods.isSpace(text.charAt(i)) == space) {
            i += step;
        }
        return i;
    }

    /** The lines of a text. */
    static List<Object> lines(Run run, String text, boolean keepEnds) {
        List<Object> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ("\n\r\u000b\f\u001c\u001d\u001e\u0085\u2028\u2029".indexOf(c) >= 0) {
                int end = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n' ? i + 2 : i + 1;
                lines.add(text.substring(from, keepEnds ? end : i));
                from = end;
                i = end - 1;
            }
        }
        if (from < text.length()) {
            lines.add(text.substring(from));
        }
        run.size(lines.size());
        return lines;
    }

    /** What is before the separator, the separator, and what is behind. */
    static Tuple partition(String text, String separator, boolean last) {
        int at = last ? text.lastIndexOf(nonEmpty(separator)) : text.indexOf(nonEmpty(separator));
        if (at < 0) {
            return new Tuple(last ? List.of("", "", text) : List.of(text, "", ""));
        }
        return new Tuple(List.of(text.substring(0, at), separator, text.substring(at + separator.length())));
    }
}

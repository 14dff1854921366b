package org.realm4knime.engine.template;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The methods of Python's {@code str}. */
final class StringMethods {

    /** A method of a text. */
    @FunctionalInterface
    interface Method {
        Object call(Run run, String text, Arguments arguments);
    }

    private static final Map<String, Method> ALL = new HashMap<>();
    private static final Pattern PLACE = Pattern.compile("\\{\\{|\\}\\}|\\{(\\w*)\\}");

    static {
        ALL.put("upper", (run, s, a) -> s.toUpperCase(Locale.ROOT));
        ALL.put("lower", (run, s, a) -> s.toLowerCase(Locale.ROOT));
        ALL.put("casefold", (run, s, a) -> s.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
        ALL.put("title", (run, s, a) -> title(s));
        ALL.put("capitalize", (run, s, a) -> capitalize(s));
        ALL.put(
                "swapcase",
                (run, s, a) ->
                        mapped(s, c -> Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c)));
        ALL.put("strip", (run, s, a) -> strip(s, a.get(0, "chars", null), true, true));
        ALL.put("lstrip", (run, s, a) -> strip(s, a.get(0, "chars", null), true, false));
        ALL.put("rstrip", (run, s, a) -> strip(s, a.get(0, "chars", null), false, true));
        ALL.put("startswith", (run, s, a) -> begins(cut(s, a), a.required(0, "prefix"), false));
        ALL.put("endswith", (run, s, a) -> begins(cut(s, a), a.required(0, "suffix"), true));
        ALL.put(
                "removeprefix",
                (run, s, a) -> s.startsWith(a.text(0, "prefix"))
                        ? s.substring(a.text(0, "prefix").length())
                        : s);
        ALL.put(
                "removesuffix",
                (run, s, a) -> s.endsWith(a.text(0, "suffix"))
                        ? s.substring(0, s.length() - a.text(0, "suffix").length())
                        : s);
        ALL.put("find", (run, s, a) -> find(s, a, false));
        ALL.put("rfind", (run, s, a) -> find(s, a, true));
        ALL.put("index", (run, s, a) -> index(s, a, false));
        ALL.put("rindex", (run, s, a) -> index(s, a, true));
        ALL.put("count", (run, s, a) -> (long) Splitting.count(cut(s, a), a.text(0, "sub")));
        ALL.put("replace", StringMethods::replace);
        ALL.put("join", StringMethods::join);
        ALL.put("split", (run, s, a) -> Splitting.split(run, s, a, false));
        ALL.put("rsplit", (run, s, a) -> Splitting.split(run, s, a, true));
        ALL.put("splitlines", (run, s, a) -> Splitting.lines(run, s, a.isTrue(0, "keepends")));
        ALL.put("partition", (run, s, a) -> Splitting.partition(/* text= */ s, a.text(0, "sep"), false));
        ALL.put("rpartition", (run, s, a) -> Splitting.partition(/* text= */ s, a.text(0, "sep"), true));
        ALL.put("center", (run, s, a) -> padded(run, s, a, 0));
        ALL.put("ljust", (run, s, a) -> padded(run, s, a, -1));
        ALL.put("rjust", (run, s, a) -> padded(run, s, a, 1));
        ALL.put("zfill", StringMethods::zfill);
        ALL.put("format", StringMethods::format);
        ALL.put("isalpha", (run, s, a) -> all(s, Character::isLetter));
        ALL.put("isdigit", (run, s, a) -> all(s, Character::isDigit));
        ALL.put("isdecimal", (run, s, a) -> all(s, Character::isDigit));
        ALL.put("isnumeric", (run, s, a) -> all(s, Character::isDigit));
        ALL.put("isalnum", (run, s, a) -> all(s, Character::isLetterOrDigit));
        ALL.put("isspace", (run, s, a) -> all(s, StringMethods::isSpace));
        ALL.put("isascii", (run, s, a) -> s.codePoints().allMatch(c -> c < 128));
        ALL.put("islower", (run, s, a) -> isLower(s));
        ALL.put("isupper", (run, s, a) -> isUpper(s));
    }

    private StringMethods() {}

    /** The method of a name, which counts the text that it reads; null if there is none. */
    static Method named(String name) {
        Method method = ALL.get(name);
        return method == null
                ? null
                : (run, text, arguments) -> {
                    run.size(text.length());
                    for (Object argument : arguments.positional()) {
                        run.search(text.length(), argument instanceof String wanted ? wanted.length() : 1);
                    }
                    return method.call(run, text, arguments);
                };
    }

    static boolean isLower(String text) {
        return text.codePoints().anyMatch(Character::isLowerCase)
                && text.codePoints().noneMatch(Character::isUpperCase);
    }

    static boolean isUpper(String text) {
        return text.codePoints().anyMatch(Character::isUpperCase)
                && text.codePoints().noneMatch(Character::isLowerCase);
    }

    /** What Python takes for white space. */
    static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }

    /** Every run of letters begins with a capital. */
    static String title(String text) {
        StringBuilder out = new StringBuilder();
        boolean inside = false;
        for (int c : text.codePoints().toArray()) {
            out.appendCodePoint(inside ? Character.toLowerCase(c) : Character.toTitleCase(c));
            inside = Character.isLetter(c);
        }
        return out.toString();
    }

    static String capitalize(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = text.codePointAt(0);
        return Character.toString(Character.toTitleCase(first))
                + text.substring(Character.charCount(first)).toLowerCase(Locale.ROOT);
    }

    static String strip(String text, Object characters, boolean start, boolean end) {
        String set = characters == null ? null : PythonValues.text(characters);
        IntPredicate goes = set == null ? StringMethods::isSpace : c -> set.indexOf(c) >= 0;
        int from = 0;
        int to = text.length();
        while (start && from < to && goes.test(text.codePointAt(from))) {
            from += Character.charCount(text.codePointAt(from));
        }
        while (end && to > from && goes.test(text.codePointBefore(to))) {
            to -= Character.charCount(text.codePointBefore(to));
        }
        return text.substring(from, to);
    }

    private static String mapped(String text, IntUnaryOperator map) {
        return text.codePoints()
                .map(map)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The part that the arguments start and end (second and third) leave. */
    private static String cut(String text, Arguments arguments) {
        if (!arguments.has(1, "start")) {
            return text;
        }
        long length = PythonValues.length(text);
        int from = text.offsetByCodePoints(0, (int) bound(arguments.get(1, "start", null), 0, length));
        int to = text.offsetByCodePoints(0, (int) bound(arguments.get(2, "end", null), length, length));
        return from > to ? "" : text.substring(from, to);
    }

    private static long bound(Object given, long otherwise, long length) {
        long bound = given == null ? otherwise : PythonNumbers.whole(given);
        return Math.max(0, Math.min(bound < 0 ? Math.max(bound, -length) + length : bound, length));
    }

    private static boolean begins(String text, Object affix, boolean atEnd) {
        if (affix instanceof Tuple tuple) {
            return tuple.stream().anyMatch(one -> begins(text, one, atEnd));
        }
        String wanted = PythonValues.text(affix);
        return atEnd ? text.endsWith(wanted) : text.startsWith(wanted);
    }

    /** Place by code points, or -1. */
    private static long find(String text, Arguments arguments, boolean last) {
        String part = cut(text, arguments);
        String wanted = arguments.text(0, "sub");
        int at = last ? part.lastIndexOf(wanted) : part.indexOf(wanted);
        long before =
                arguments.has(1, "start") ? bound(arguments.get(1, "start", null), 0, PythonValues.length(text)) : 0;
        return at < 0 ? -1 : before + part.codePointCount(0, at);
    }

    private static long index(String text, Arguments arguments, boolean last) {
        long at = find(text, arguments, last);
        if (at < 0) {
            throw new TemplateError("a text does not contain \"" + arguments.text(0, "sub") + "\"");
        }
        return at;
    }

    /** Python's replace; the size is known before it is made. */
    static String replace(Run run, String text, Arguments arguments) {
        String old = arguments.text(0, "old");
        String replacement = arguments.text(1, "new");
        long limit = arguments.whole(2, "count", -1);
        long found = Splitting.count(text, old);
        long times = limit < 0 ? found : Math.min(limit, found);
        run.size(text.length() + times * (replacement.length() - old.length()));
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (long i = 0; i < times; i++) {
            int at = old.isEmpty() ? next(text, i, from) : text.indexOf(old, from);
            out.append(text, from, at).append(replacement);
            from = at + old.length();
        }
        return out.append(text, from, text.length()).toString();
    }

    /** Where the empty text is found for the (i+1)th time. */
    private static int next(String text, long i, int from) {
        return i == 0 ? 0 : text.offsetByCodePoints(from, 1);
    }

    private static String join(Run run, String separator, Arguments arguments) {
        List<Object> parts = PythonValues.entries(run, arguments.required(0, "parts"));
        return joined(run, separator, parts.stream().map(PythonValues::text).toList());
    }

    static String joined(Run run, String separator, List<String> parts) {
        run.size(parts.stream().mapToLong(String::length).sum() + (long) separator.length() * parts.size());
        return String.join(separator, parts);
    }

    /** Padded: before (1), behind (-1) or on both sides (0). */
    static String padded(Run run, String text, Arguments arguments, int side) {
        String fill = arguments.has(1, "fill") ? arguments.text(1, "fill") : " ";
        long missing = arguments.whole(0, "width", 80) - PythonValues.length(text);
        if (missing <= 0) {
            return text;
        }
        run.within(missing);
        run.size(missing * fill.length());
        long width = missing + PythonValues.length(text);
        long before = side == 0 ? missing / 2 + (missing & width & 1) : side > 0 ? missing : 0;
        return fill.repeat((int) before) + text + fill.repeat((int) (missing - before));
    }

    private static String zfill(Run run, String text, Arguments arguments) {
        boolean sign = text.startsWith("-") || text.startsWith("+");
        long missing = Math.max(0, arguments.whole(0, "width", 0) - PythonValues.length(text));
        run.size(missing);
        return (sign ? text.substring(0, 1) : "") + "0".repeat((int) missing) + text.substring(sign ? 1 : 0);
    }

    /** Plain places only: {}, {0} and {name}. */
    private static String format(Run run, String text, Arguments arguments) {
        StringBuilder out = new StringBuilder();
        Matcher place = PLACE.matcher(text);
        int from = 0;
        int automatic = 0;
        while (place.find()) {
            out.append(plain(text.substring(from, place.start())));
            from = place.end();
            if (place.group(1) == null) {
                out.append(place.group().charAt(0));
                continue;
            }
            String name = place.group(1).isEmpty() ? String.valueOf(automatic++) : place.group(1);
            boolean number = name.chars().allMatch(Character::isDigit) && name.length() < 4;
            out.append(
                    PythonText.of(run, arguments.required(number ? Integer.parseInt(name) : Integer.MAX_VALUE, name)));
            run.size(out.length());
        }
        return out.append(plain(text.substring(from))).toString();
    }

    private static String plain(String text) {
        if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
            throw new TemplateError("a format has a place that is not understood");
        }
        return text;
    }

    private static boolean all(String text, IntPredicate holds) {
        return !text.isEmpty() && text.codePoints().allMatch(holds);
    }
}

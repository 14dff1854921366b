package org.realm4knime.engine.template;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The functions that every template has. */
final class Functions {

    /** What templates that ask for today are told: the day that those of Llama 3 show where they cannot ask. */
    private static final LocalDateTime NOW = LocalDateTime.of(2024, 7, 26, 0, 0);

    private static final long MAX_RANGE = 100_000;

    static final String STRFTIME_NOW = "strftime_now";

    /** Functions by name. */
    static final Map<String, Object> ALL = Map.of(
            "range",
            function(Functions::range),
            "dict",
            function(Functions::dict),
            "namespace",
            function(Functions::namespace),
            "raise_exception",
            function((scope, arguments) -> {
                throw new TemplateError(PythonText.of(scope.run(), arguments.required(0, "message")));
            }),
            STRFTIME_NOW,
            function((scope, arguments) -> now(arguments.text(0, "format"))));

    private Functions() {}

    private static Callable function(Callable callable) {
        return callable;
    }

    private static Object range(Scope scope, Arguments arguments) {
        int given = arguments.positional().size();
        long from = given > 1 ? arguments.whole(0, "start", 0) : 0;
        long to = given > 1 ? arguments.whole(1, "stop", 0) : PythonNumbers.whole(arguments.required(0, "stop"));
        long step = arguments.whole(2, "step", 1);
        if (step == 0) {
            throw new TemplateError("the step of a range is 0");
        }
        double length = Math.ceil(((double) to - from) / step);
        if (length > MAX_RANGE) {
            throw new TemplateError("a range has more than " + MAX_RANGE + " numbers");
        }
        scope.run().size(Math.max(0, (long) length));
        List<Object> numbers = new ArrayList<>();
        for (long i = 0; i < length; i++) {
            numbers.add(from + i * step);
        }
        return numbers;
    }

    private static Map<Object, Object> dict(Scope scope, Arguments arguments) {
        Map<Object, Object> dict = new LinkedHashMap<>();
        if (arguments.has(0, "") && arguments.required(0, "") instanceof Map<?, ?> map) {
            scope.run().size(map.size());
            dict.putAll(map);
        }
        dict.putAll(arguments.named());
        return dict;
    }

    private static Namespace namespace(Scope scope, Arguments arguments) {
        Namespace namespace = new Namespace();
        dict(scope, arguments).forEach((name, value) -> namespace.set(PythonValues.text(name), value));
        return namespace;
    }

    private static String now(String format) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                text.append(c);
            } else if (format.charAt(++i) == '-' && i + 1 < format.length()) {
                text.append(NOW.format(pattern(format.charAt(++i), true)));
            } else {
                text.append(format.charAt(i) == '%' ? "%" : NOW.format(pattern(format.charAt(i), false)));
            }
        }
        return text.toString();
    }

    private static DateTimeFormatter pattern(char directive, boolean unpadded) {
        String pattern =
                switch (directive) {
                    case 'd' -> unpadded ? "d" : "dd";
                    case 'm' -> unpadded ? "M" : "MM";
                    case 'Y' -> "yyyy";
                    case 'y' -> "yy";
                    case 'b' -> "MMM";
                    case 'B' -> "MMMM";
                    case 'a' -> "EEE";
                    case 'A' -> "EEEE";
                    case 'H' -> "HH";
                    case 'I' -> "hh";
                    case 'M' -> "mm";
                    case 'S' -> "ss";
                    case 'p' -> "a";
                    case 'j' -> "DDD";
                    case 'F' -> "yyyy-MM-dd";
                    case 'T' -> "HH:mm:ss";
                    default -> throw new TemplateError("the part %" + directive + " of a date is not understood");
                };
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }
}

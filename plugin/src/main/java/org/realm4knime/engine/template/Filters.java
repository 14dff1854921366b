package org.realm4knime.engine.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Jinja's filters, without those for web pages. */
final class Filters {

    /** Makes a value of another. */
    @FunctionalInterface
    interface Filter {
        Object apply(Scope scope, Object value, Arguments arguments);
    }

    private static final Map<String, Filter> ALL = new HashMap<>();

    static {
        ALL.put("trim", (scope, v, a) -> StringMethods.strip(text(scope, v), a.get(0, "chars", null), true, true));
        for (String method : List.of("upper", "lower", "replace", "center")) {
            ALL.put(method, (scope, v, a) -> StringMethods.named(method).call(scope.run(), text(scope, v), a));
        }
        ALL.put("capitalize", (scope, v, a) -> StringMethods.capitalize(text(scope, v)));
        ALL.put("title", (scope, v, a) -> TextFilters.title(text(scope, v)));
        ALL.put("string", (scope, v, a) -> text(scope, v));
        ALL.put("safe", (scope, v, a) -> v);
        ALL.put("e", (scope, v, a) -> TextFilters.escaped(scope.run(), text(scope, v)));
        ALL.put("escape", ALL.get("e"));
        ALL.put("indent", (scope, v, a) -> TextFilters.indented(scope.run(), text(scope, v), a));
        ALL.put("format", (scope, v, a) -> PercentFormat.format(scope.run(), text(scope, v), a.positional()));
        ALL.put("wordcount", (scope, v, a) -> (long) Splitting.split(scope.run(), text(scope, v), Arguments.of(), false)
                .size());
        ALL.put("truncate", (scope, v, a) -> TextFilters.truncated(text(scope, v), a));
        ALL.put("tojson", (scope, v, a) -> JsonText.of(scope.run(), v, a));
        ALL.put("length", (scope, v, a) -> PythonValues.length(v));
        ALL.put("count", ALL.get("length"));
        ALL.put("default", Filters::otherwise);
        ALL.put("d", ALL.get("default"));
        ALL.put("abs", (scope, v, a) -> PythonNumbers.floating(v) < 0 ? PythonNumbers.negative(v) : v);
        ALL.put("int", (scope, v, a) -> TextFilters.integer(v, a));
        ALL.put("float", (scope, v, a) -> TextFilters.floating(v, a));
        ALL.put("round", (scope, v, a) -> TextFilters.rounded(v, a));
        ALL.put("attr", (scope, v, a) -> Members.attribute(v, a.text(0, "name")));
        ALL.put(
                "items",
                (scope, v, a) -> v instanceof Map<?, ?> map
                        ? CollectionMethods.items(scope.run(), map)
                        : PythonValues.entries(scope.run(), v));
        ALL.put("list", (scope, v, a) -> new ArrayList<>(PythonValues.entries(scope.run(), v)));
        ALL.put("first", (scope, v, a) -> end(PythonValues.entries(scope.run(), v), true));
        ALL.put("last", (scope, v, a) -> end(PythonValues.entries(scope.run(), v), false));
        ALL.put("reverse", Filters::reversed);
        ALL.put("join", ListFilters::joined);
        ALL.put("map", ListFilters::mapped);
        ALL.put("select", (scope, v, a) -> ListFilters.selected(scope, v, a, false, true));
        ALL.put("reject", (scope, v, a) -> ListFilters.selected(scope, v, a, false, false));
        ALL.put("selectattr", (scope, v, a) -> ListFilters.selected(scope, v, a, true, true));
        ALL.put("rejectattr", (scope, v, a) -> ListFilters.selected(scope, v, a, true, false));
        ALL.put("sort", ListFilters::sorted);
        ALL.put("dictsort", ListFilters::sortedDict);
        ALL.put("unique", ListFilters::unique);
        ALL.put("min", (scope, v, a) -> ListFilters.extreme(scope, v, a, -1));
        ALL.put("max", (scope, v, a) -> ListFilters.extreme(scope, v, a, 1));
        ALL.put("sum", ListFilters::sum);
        ALL.put("batch", ListFilters::batches);
        ALL.put("groupby", ListFilters::grouped);
    }

    private Filters() {}

    /** The filter of a name, which counts the value that it reads; null if there is none. */
    static Filter named(String name) {
        Filter filter = ALL.get(name);
        return filter == null
                ? null
                : (scope, value, arguments) -> {
                    scope.run().size(sizeOf(value));
                    return filter.apply(scope, value, arguments);
                };
    }

    private static long sizeOf(Object value) {
        return value instanceof String text ? text.length() : value instanceof List<?> list ? list.size() : 1;
    }

    private static String text(Scope scope, Object value) {
        String text = PythonText.of(scope.run(), value);
        scope.run().size(text.length());
        return text;
    }

    private static Object otherwise(Scope scope, Object value, Arguments arguments) {
        boolean missing = value instanceof Undefined || (arguments.isTrue(1, "boolean") && !PythonValues.isTrue(value));
        return missing ? arguments.get(0, "default_value", "") : value;
    }

    private static Object end(List<Object> entries, boolean first) {
        if (entries.isEmpty()) {
            return new Undefined("the " + (first ? "first" : "last") + " entry of an empty list");
        }
        return entries.get(first ? 0 : entries.size() - 1);
    }

    private static Object reversed(Scope scope, Object value, Arguments arguments) {
        if (value instanceof String text) {
            scope.run().size(text.length());
            return new StringBuilder(text).reverse().toString();
        }
        List<Object> entries = new ArrayList<>(PythonValues.entries(scope.run(), value));
        scope.run().size(entries.size());
        Collections.reverse(entries);
        return entries;
    }
}

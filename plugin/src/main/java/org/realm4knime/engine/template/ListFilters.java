package org.realm4knime.engine.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Filters of lists. */
final class ListFilters {

    private ListFilters() {}

    /** The value of an attribute, which may name one inside another: {@code function.name}. */
    private static Object attribute(Scope scope, Object value, Object path) {
        if (path == null) {
            return value;
        }
        if (path instanceof Long) {
            return Members.item(scope.run(), value, path);
        }
        Object inside = value;
        for (String name : PythonValues.text(path).split("\\.")) {
            scope.run().step();
            boolean index =
                    !name.isEmpty() && name.length() < 10 && name.chars().allMatch(Character::isDigit);
            inside = Members.item(scope.run(), inside, index ? (Object) Long.valueOf(name) : name);
        }
        return inside;
    }

    static Object joined(Scope scope, Object value, Arguments arguments) {
        String separator = PythonText.of(scope.run(), arguments.get(0, "d", ""));
        Object path = arguments.get(1, "attribute", null);
        List<String> parts = new ArrayList<>();
        for (Object entry : PythonValues.entries(scope.run(), value)) {
            parts.add(PythonText.of(scope.run(), attribute(scope, entry, path)));
        }
        return StringMethods.joined(scope.run(), separator, parts);
    }

    static Object mapped(Scope scope, Object value, Arguments arguments) {
        List<Object> mapped = new ArrayList<>();
        boolean byName = !arguments.positional().isEmpty();
        Filters.Filter filter = byName ? Filters.named(arguments.text(0, "filter")) : null;
        if (byName && filter == null) {
            throw new TemplateError("there is no filter \"" + arguments.text(0, "filter") + "\"");
        }
        for (Object entry : PythonValues.entries(scope.run(), value)) {
            Object result = byName
                    ? filter.apply(scope, entry, arguments.after(1))
                    : attribute(scope, entry, arguments.required(Integer.MAX_VALUE, "attribute"));
            boolean missing = !byName && result instanceof Undefined && arguments.has(Integer.MAX_VALUE, "default");
            mapped.add(missing ? arguments.get(Integer.MAX_VALUE, "default", null) : result);
        }
        scope.run().size(mapped.size());
        return mapped;
    }

    static Object selected(Scope scope, Object value, Arguments arguments, boolean ofAttribute, boolean wanted) {
        Object path = ofAttribute ? arguments.required(0, "attribute") : null;
        Arguments rest = arguments.after(ofAttribute ? 1 : 0);
        boolean byTruth = rest.positional().isEmpty();
        ValueTests.ValueTest test = byTruth ? null : ValueTests.named(rest.text(0, "test"));
        if (!byTruth && test == null) {
            throw new TemplateError("there is no test \"" + rest.text(0, "test") + "\"");
        }
        List<Object> selected = new ArrayList<>();
        for (Object entry : PythonValues.entries(scope.run(), value)) {
            scope.run().step();
            Object tested = attribute(scope, entry, path);
            boolean holds = byTruth ? PythonValues.isTrue(tested) : test.holds(scope, tested, rest.after(1));
            if (holds == wanted) {
                selected.add(entry);
            }
        }
        return selected;
    }

    static Object sorted(Scope scope, Object value, Arguments arguments) {
        List<Object> entries = new ArrayList<>(PythonValues.entries(scope.run(), value));
        scope.run().size(entries.size());
        boolean exact = arguments.isTrue(1, "case_sensitive");
        Object path = arguments.get(2, "attribute", null);
        Comparator<Object> order = (a, b) -> PythonValues.compare(
                scope.run(), folded(attribute(scope, a, path), exact), folded(attribute(scope, b, path), exact));
        entries.sort(arguments.isTrue(0, "reverse") ? order.reversed() : order);
        return entries;
    }

    static Object sortedDict(Scope scope, Object value, Arguments arguments) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new TemplateError("\"dictsort\" needs a dict");
        }
        boolean exact = arguments.isTrue(0, "case_sensitive");
        String by = arguments.has(1, "by") ? arguments.text(1, "by") : "key";
        long place = by.equals("value") ? 1 : 0;
        List<Object> items = CollectionMethods.items(scope.run(), map);
        Comparator<Object> order = (a, b) -> PythonValues.compare(
                scope.run(),
                folded(Members.item(scope.run(), a, place), exact),
                folded(Members.item(scope.run(), b, place), exact));
        items.sort(arguments.isTrue(2, "reverse") ? order.reversed() : order);
        return items;
    }

    static Object unique(Scope scope, Object value, Arguments arguments) {
        boolean exact = arguments.isTrue(0, "case_sensitive");
        Object path = arguments.get(1, "attribute", null);
        Map<Object, Object> seen = new LinkedHashMap<>();
        for (Object entry : PythonValues.entries(scope.run(), value)) {
            seen.putIfAbsent(PythonValues.key(folded(attribute(scope, entry, path), exact)), entry);
        }
        return new ArrayList<>(seen.values());
    }

    static Object extreme(Scope scope, Object value, Arguments arguments, int sign) {
        boolean exact = arguments.isTrue(0, "case_sensitive");
        Object path = arguments.get(1, "attribute", null);
        Object best = new Undefined("the extreme of an empty list");
        for (Object entry : PythonValues.entries(scope.run(), value)) {
            if (best instanceof Undefined
                    || sign
                                    * PythonValues.compare(
                                            scope.run(),
                                            folded(attribute(scope, entry, path), exact),
                                            folded(attribute(scope, best, path), exact))
                            > 0) {
                best = entry;
            }
        }
        return best;
    }

    static Object sum(Scope scope, Object value, Arguments arguments) {
        Object sum = arguments.get(1, "start", 0L);
        for (Object entry : PythonValues.entries(scope.run(), value)) {
            sum = Operators.apply(scope.run(), "+", sum, attribute(scope, entry, arguments.get(0, "attribute", null)));
        }
        return sum;
    }

    static Object batches(Scope scope, Object value, Arguments arguments) {
        long size = arguments.whole(0, "linecount", 1);
        if (size < 1) {
            throw new TemplateError("the size of a batch is below 1");
        }
        List<Object> batches = new ArrayList<>();
        List<Object> batch = new ArrayList<>();
        for (Object entry : PythonValues.entries(scope.run(), value)) {
            batch.add(entry);
            if (batch.size() == size) {
                batches.add(batch);
                batch = new ArrayList<>();
            }
        }
        if (!batch.isEmpty()) {
            Object fill = arguments.get(1, "fill_with", null);
            scope.run().size(fill == null ? 0 : size);
            while (fill != null && batch.size() < size) {
                batch.add(fill);
            }
            batches.add(batch);
        }
        return batches;
    }

    static Object grouped(Scope scope, Object value, Arguments arguments) {
        Object path = arguments.required(0, "attribute");
        Object entries = sorted(scope, value, new Arguments(List.of(), Map.of("attribute", path)));
        Map<Object, List<Object>> groups = new LinkedHashMap<>();
        for (Object entry : PythonValues.list(entries)) {
            Object key = PythonValues.key(attribute(scope, entry, path));
            groups.computeIfAbsent(key, k -> new ArrayList<>()).add(entry);
        }
        List<Object> result = new ArrayList<>();
        groups.forEach((key, group) -> result.add(new Tuple(Arrays.asList(key, group))));
        return result;
    }

    private static Object folded(Object value, boolean exact) {
        return value instanceof String text && !exact ? text.toLowerCase(Locale.ROOT) : value;
    }
}

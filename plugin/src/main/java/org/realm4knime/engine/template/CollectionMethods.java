package org.realm4knime.engine.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Methods of Python's dict and list. Those that change them are refused, as in the sandbox of Hugging Face. */
final class CollectionMethods {

    private CollectionMethods() {}

    static Callable of(Map<?, ?> map, String name) {
        return switch (name) {
            case "items" -> (scope, arguments) -> items(scope.run(), map);
            case "keys" -> (scope, arguments) -> PythonValues.entries(scope.run(), map);
            case "values" -> (scope, arguments) -> values(scope.run(), map);
            case "get" -> (scope, arguments) -> get(map, arguments);
            case "copy" -> (scope, arguments) -> copy(scope.run(), map);
            case "clear", "pop", "popitem", "setdefault", "update" -> refusing(name, "dict");
            default -> null;
        };
    }

    static Callable of(List<?> list, String name) {
        return switch (name) {
            case "count" ->
                (scope, arguments) -> list.stream()
                        .filter(entry -> PythonValues.equal(scope.run(), entry, arguments.required(0, "value")))
                        .count();
            case "index" -> (scope, arguments) -> index(scope.run(), list, arguments.required(0, "value"));
            case "copy" ->
                (scope, arguments) -> {
                    scope.run().size(list.size());
                    return new ArrayList<>(list);
                };
            case "append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort" -> refusing(name, "list");
            default -> null;
        };
    }

    private static Callable refusing(String name, String type) {
        return (scope, arguments) -> {
            throw new TemplateError("\"" + name + "\" would change a " + type + ", which templates may not");
        };
    }

    private static Object get(Map<?, ?> map, Arguments arguments) {
        Object key = PythonValues.key(arguments.required(0, "key"));
        return map.containsKey(key) ? map.get(key) : arguments.get(1, "default", null);
    }

    private static Object copy(Run run, Map<?, ?> map) {
        run.size(map.size());
        return new LinkedHashMap<>(map);
    }

    private static List<Object> values(Run run, Map<?, ?> map) {
        run.size(map.size());
        return new ArrayList<>(map.values());
    }

    /** Keys and values in pairs. */
    static List<Object> items(Run run, Map<?, ?> map) {
        run.size(map.size());
        List<Object> items = new ArrayList<>();
        map.forEach((key, value) -> items.add(new Tuple(Arrays.asList(key, value))));
        return items;
    }

    private static long index(Run run, List<?> list, Object value) {
        for (int i = 0; i < list.size(); i++) {
            if (PythonValues.equal(run, list.get(i), value)) {
                return i;
            }
        }
        throw new TemplateError("the list has no such entry");
    }
}

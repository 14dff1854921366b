package org.realm4knime.engine.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Python's view of the values of a template: null (None), Boolean, Long and Double, String, List and Tuple, Map,
 * {@link Undefined}, {@link Namespace} and {@link Callable}.
 */
final class PythonValues {

    private PythonValues() {}

    /** Python's truth: nothing that is empty or zero. */
    static boolean isTrue(Object value) {
        if (value == null || value instanceof Undefined) {
            return false;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        if (value instanceof String text) {
            return !text.isEmpty();
        }
        if (value instanceof List<?> list) {
            return !list.isEmpty();
        }
        return !(value instanceof Map<?, ?> map) || !map.isEmpty();
    }

    /** Name of a value's type in Python. */
    static String type(Object value) {
        if (value == null) {
            return "None";
        }
        if (value instanceof Boolean) {
            return "bool";
        }
        if (value instanceof Number) {
            return value instanceof Double ? "float" : "int";
        }
        if (value instanceof String) {
            return "str";
        }
        if (value instanceof List) {
            return value instanceof Tuple ? "tuple" : "list";
        }
        return value instanceof Map ? "dict" : value.getClass().getSimpleName();
    }

    /** A value that must be a text. */
    static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw value instanceof Undefined undefined
                ? undefined.error()
                : new TemplateError("a text is needed, not a " + type(value));
    }

    /** The entries of a value that a loop can go through: of a text its characters, of a dict its keys. */
    static List<Object> entries(Run run, Object value) {
        if (value instanceof Undefined) {
            return List.of();
        }
        if (value instanceof Map<?, ?> map) {
            run.size(map.size());
            return new ArrayList<>(map.keySet());
        }
        if (value instanceof String text) {
            run.size(text.length());
            List<Object> characters = new ArrayList<>();
            text.codePoints().forEach(c -> characters.add(Character.toString(c)));
            return characters;
        }
        return list(value);
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Object value) {
        if (value instanceof List<?> list) {
            return (List<Object>) list;
        }
        throw new TemplateError("a list is needed, not a " + type(value));
    }

    /** Number of entries or characters. */
    static long length(Object value) {
        if (value instanceof String text) {
            return text.codePointCount(0, text.length());
        }
        if (value instanceof Map<?, ?> map) {
            return map.size();
        }
        return value instanceof Undefined ? 0 : list(value).size();
    }

    /** Python's {@code ==}. */
    static boolean equal(Run run, Object a, Object b) {
        run.step();
        if (PythonNumbers.isNumber(a) && PythonNumbers.isNumber(b)) {
            return PythonNumbers.compare(a, b) == 0;
        }
        if (a instanceof List<?> list && b instanceof List<?> other) {
            return a instanceof Tuple == b instanceof Tuple && equalLists(run, list, other);
        }
        if (a instanceof Map<?, ?> map && b instanceof Map<?, ?> other) {
            return equalMaps(run, map, other);
        }
        if (a instanceof Undefined && b instanceof Undefined) {
            return true;
        }
        if (a instanceof String text && b instanceof String other) {
            run.size(text.length() == other.length() ? text.length() : 0);
            return text.equals(other);
        }
        return a == b;
    }

    private static boolean equalLists(Run run, List<?> a, List<?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        Iterator<?> others = b.iterator();
        for (Object value : a) {
            if (!nestedEqual(run, value, others.next())) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalMaps(Run run, Map<?, ?> a, Map<?, ?> b) {
        return a.size() == b.size()
                && a.entrySet().stream()
                        .allMatch(e -> b.containsKey(e.getKey()) && nestedEqual(run, e.getValue(), b.get(e.getKey())));
    }

    private static boolean nestedEqual(Run run, Object a, Object b) {
        run.enter();
        try {
            return equal(run, a, b);
        } finally {
            run.leave();
        }
    }

    /** Order of two values: negative, 0 or positive. */
    static int compare(Run run, Object a, Object b) {
        run.step();
        if (PythonNumbers.isNumber(a) && PythonNumbers.isNumber(b)) {
            return PythonNumbers.compare(a, b);
        }
        if (a instanceof String text && b instanceof String other) {
            run.size(Math.min(text.length(), other.length()));
            return comparePoints(text, other);
        }
        if (a instanceof List<?> list && b instanceof List<?> other) {
            for (int i = 0; i < Math.min(list.size(), other.size()); i++) {
                if (!equal(run, list.get(i), other.get(i))) {
                    return compare(run, list.get(i), other.get(i));
                }
            }
            return Integer.compare(list.size(), other.size());
        }
        throw new TemplateError("a " + type(a) + " and a " + type(b) + " cannot be compared");
    }

    /** By code points, not by the halves of those beyond 16 bits. */
    private static int comparePoints(String a, String b) {
        int at = Arrays.mismatch(a.toCharArray(), b.toCharArray());
        if (at < 0 || at == Math.min(a.length(), b.length())) {
            return Integer.compare(a.length(), b.length());
        }
        int first = at > 0 && Character.isLowSurrogate(a.charAt(at)) ? at - 1 : at;
        return Integer.compare(a.codePointAt(first), b.codePointAt(first));
    }

    /** Python's {@code in}. */
    static boolean contains(Run run, Object container, Object value) {
        if (container instanceof String text) {
            String wanted = text(value);
            run.size(text.length());
            run.search(text.length(), wanted.length());
            return text.contains(wanted);
        }
        if (container instanceof Map<?, ?> map) {
            return map.containsKey(key(value));
        }
        return entries(run, container).stream().anyMatch(entry -> equal(run, entry, value));
    }

    /** A value as a key of a dict: whole floats are the same key as their integer. */
    static Object key(Object value) {
        if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
            return number.longValue();
        }
        if (value == null || value instanceof String || PythonNumbers.isNumber(value)) {
            return value;
        }
        throw new TemplateError("a " + type(value) + " cannot be the key of a dict");
    }

    /** The values given by Java, with numbers as this package has them. */
    static Object fromJava(Object value) {
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Float number) {
            return number.doubleValue();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(PythonValues::fromJava).collect(Collectors.toList());
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((k, v) -> copy.put(k, fromJava(v)));
            return copy;
        }
        boolean known = value == null || value instanceof Boolean || value instanceof Long || value instanceof Double;
        return known || value instanceof Callable ? value : Objects.toString(value);
    }
}

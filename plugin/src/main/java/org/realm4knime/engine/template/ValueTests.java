package org.realm4knime.engine.template;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What can stand behind {@code is}. */
final class ValueTests {

    /** Says something of a value. */
    @FunctionalInterface
    interface ValueTest {
        boolean holds(Scope scope, Object value, Arguments arguments);
    }

    private static final Map<String, ValueTest> ALL = new HashMap<>();

    static {
        ALL.put("defined", (scope, v, a) -> isDefined(v));
        ALL.put("undefined", (scope, v, a) -> !isDefined(v));
        ALL.put("none", (scope, v, a) -> v == null);
        ALL.put("boolean", (scope, v, a) -> v instanceof Boolean);
        ALL.put("true", (scope, v, a) -> Boolean.TRUE.equals(v));
        ALL.put("false", (scope, v, a) -> Boolean.FALSE.equals(v));
        ALL.put("string", (scope, v, a) -> v instanceof String);
        ALL.put("number", (scope, v, a) -> PythonNumbers.isNumber(v));
        ALL.put("integer", (scope, v, a) -> v instanceof Long);
        ALL.put("float", (scope, v, a) -> v instanceof Double);
        ALL.put("mapping", (scope, v, a) -> v instanceof Map);
        ALL.put("sequence", (scope, v, a) -> v instanceof String || v instanceof List || v instanceof Map);
        ALL.put("iterable", (scope, v, a) -> isIterable(v));
        ALL.put("callable", (scope, v, a) -> v instanceof Callable || v instanceof Undefined);
        ALL.put("odd", (scope, v, a) -> Math.floorMod(PythonNumbers.whole(v), 2) == 1);
        ALL.put("even", (scope, v, a) -> Math.floorMod(PythonNumbers.whole(v), 2) == 0);
        ALL.put("divisibleby", (scope, v, a) -> PythonNumbers.operate("%", v, a.required(0, "num"))
                .equals(0L));
        ALL.put("lower", (scope, v, a) -> StringMethods.isLower(text(scope, v)));
        ALL.put("upper", (scope, v, a) -> StringMethods.isUpper(text(scope, v)));
        ALL.put(
                "sameas",
                (scope, v, a) -> v == a.required(0, "other") || v instanceof Boolean && v.equals(a.required(0, "")));
        ALL.put("filter", (scope, v, a) -> v instanceof String name && Filters.named(name) != null);
        ALL.put("test", (scope, v, a) -> v instanceof String name && named(name) != null);
        ALL.put("escaped", (scope, v, a) -> false);
        comparison("in", "in");
        comparison("==", "==", "eq", "equalto");
        comparison("!=", "!=", "ne");
        comparison("<", "<", "lt", "lessthan");
        comparison("<=", "<=", "le");
        comparison(">", ">", "gt", "greaterthan");
        comparison(">=", ">=", "ge");
    }

    private ValueTests() {}

    /** The test of a name, or null. */
    static ValueTest named(String name) {
        return ALL.get(name);
    }

    private static String text(Scope scope, Object value) {
        String text = PythonText.of(scope.run(), value);
        scope.run().size(text.length());
        return text;
    }

    private static void comparison(String operator, String... names) {
        for (String name : names) {
            ALL.put(name, (scope, v, a) -> Operators.compare(scope.run(), operator, v, a.required(0, "other")));
        }
    }

    /** A function that gives today's date is taken for missing, so that a prompt is the same every day. */
    private static boolean isDefined(Object value) {
        return !(value instanceof Undefined) && value != Functions.ALL.get(Functions.STRFTIME_NOW);
    }

    private static boolean isIterable(Object value) {
        return value instanceof String || value instanceof List || value instanceof Map || value instanceof Undefined;
    }
}

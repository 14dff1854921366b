package org.realm4knime.engine.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Operators of two values. */
final class Operators {

    private Operators() {}

    /** The value of an operator that is no comparison. */
    static Object apply(Run run, String operator, Object a, Object b) {
        if (operator.equals("~")) {
            return joined(run, PythonText.of(run, a), PythonText.of(run, b));
        }
        if (PythonNumbers.isNumber(a) && PythonNumbers.isNumber(b)) {
            return PythonNumbers.operate(operator, a, b);
        }
        if (operator.equals("+") && a instanceof String text && b instanceof String other) {
            return joined(run, text, other);
        }
        if (operator.equals("+") && a instanceof List<?> list && b instanceof List<?> other) {
            return joined(run, list, other);
        }
        if (operator.equals("*") && (b instanceof Long || b instanceof Boolean)) {
            return repeated(run, a, PythonNumbers.whole(b));
        }
        if (operator.equals("*") && (a instanceof Long || a instanceof Boolean)) {
            return repeated(run, b, PythonNumbers.whole(a));
        }
        if (operator.equals("%") && a instanceof String text) {
            return PercentFormat.format(run, text, b instanceof Tuple tuple ? tuple : Arrays.asList(b));
        }
        requireDefined(a);
        requireDefined(b);
        throw new TemplateError(
                "\"%s\" does not take a %s and a %s".formatted(operator, PythonValues.type(a), PythonValues.type(b)));
    }

    /** Whether a comparison holds. */
    static boolean compare(Run run, String operator, Object a, Object b) {
        return switch (operator) {
            case "==" -> PythonValues.equal(run, a, b);
            case "!=" -> !PythonValues.equal(run, a, b);
            case "in" -> PythonValues.contains(run, b, a);
            case "not in" -> !PythonValues.contains(run, b, a);
            default -> ordered(operator, order(run, a, b));
        };
    }

    private static int order(Run run, Object a, Object b) {
        requireDefined(a);
        requireDefined(b);
        return PythonValues.compare(run, a, b);
    }

    private static boolean ordered(String operator, int order) {
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private static void requireDefined(Object value) {
        if (value instanceof Undefined undefined) {
            throw undefined.error();
        }
    }

    private static String joined(Run run, String a, String b) {
        run.size((long) a.length() + b.length());
        return a + b;
    }

    private static List<Object> joined(Run run, List<?> a, List<?> b) {
        run.size((long) a.size() + b.size());
        List<Object> all = new ArrayList<>(a);
        all.addAll(b);
        return a instanceof Tuple ? new Tuple(all) : all;
    }

    private static Object repeated(Run run, Object value, long times) {
        long count = Math.max(0, times);
        long length = value instanceof String text
                ? text.length()
                : PythonValues.list(value).size();
        if (length == 0 || count == 0) {
            return value instanceof String ? "" : new ArrayList<>();
        }
        run.within(count);
        run.size(length * count);
        if (value instanceof String text) {
            return text.repeat((int) count);
        }
        List<Object> all = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            all.addAll(PythonValues.list(value));
        }
        return all;
    }
}

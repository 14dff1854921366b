package org.realm4knime.engine.template;

import java.math.BigDecimal;

/** Python's arithmetic; whole numbers have 64 bits here, beyond which there is an error. */
final class PythonNumbers {

    private PythonNumbers() {}

    static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean;
    }

    /** A whole number; true is 1. */
    static long whole(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        if (value instanceof Long number) {
            return number;
        }
        throw value instanceof Undefined undefined
                ? undefined.error()
                : new TemplateError("a whole number is needed, not a " + PythonValues.type(value));
    }

    static double floating(Object value) {
        return value instanceof Double number ? number : whole(value);
    }

    static int compare(Object a, Object b) {
        return a instanceof Double || b instanceof Double
                ? Double.compare(floating(a) + 0.0, floating(b) + 0.0)
                : Long.compare(whole(a), whole(b));
    }

    /** The result of an operator of two numbers. */
    static Object operate(String operator, Object a, Object b) {
        try {
            return a instanceof Double || b instanceof Double || operator.equals("/") || isNegativePower(operator, b)
                    ? floating(operator, floating(a), floating(b))
                    : (Object) whole(operator, whole(a), whole(b));
        } catch (ArithmeticException e) {
            throw new TemplateError("a number becomes too large, or is divided by zero");
        }
    }

    static Object negative(Object value) {
        return value instanceof Double number ? (Object) (-number) : (Object) Math.negateExact(whole(value));
    }

    private static boolean isNegativePower(String operator, Object exponent) {
        return operator.equals("**") && floating(exponent) < 0;
    }

    private static long whole(String operator, long a, long b) {
        return switch (operator) {
            case "+" -> Math.addExact(a, b);
            case "-" -> Math.subtractExact(a, b);
            case "*" -> Math.multiplyExact(a, b);
            case "//" -> Math.floorDiv(a, b);
            case "%" -> Math.floorMod(a, b);
            case "**" -> power(a, b);
            default -> throw new TemplateError("the operator " + operator + " is not understood");
        };
    }

    private static long power(long base, long exponent) {
        if (base == 0 || base == 1 || exponent == 0) {
            return exponent == 0 ? 1 : base;
        }
        if (base == -1) {
            return exponent % 2 == 0 ? 1 : -1;
        }
        long result = 1;
        for (long i = 0; i < exponent; i++) { // ends by overflow after 63 turns at most
            result = Math.multiplyExact(result, base);
        }
        return result;
    }

    private static double floating(String operator, double a, double b) {
        boolean divides = operator.equals("/") || operator.equals("//") || operator.equals("%");
        if (divides && b == 0) {
            throw new ArithmeticException();
        }
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / b;
            case "//" -> Math.floor(a / b);
            case "%" -> a - b * Math.floor(a / b);
            case "**" -> Math.pow(a, b);
            default -> throw new TemplateError("the operator " + operator + " is not understood");
        };
    }

    /** A float as Python writes it. */
    static String written(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = exact.precision() - exact.scale() - 1;
        if (exponent >= -4 && exponent < 16) {
            String plain = exact.toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        String digits = exact.unscaledValue().abs().toString();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return "%s%se%s%02d".formatted(value < 0 ? "-" : "", mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}

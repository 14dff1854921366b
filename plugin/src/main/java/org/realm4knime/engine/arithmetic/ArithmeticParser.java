package org.realm4knime.engine.arithmetic;

import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.fraction.BigFraction;
import org.realm4knime.engine.arithmetic.ArithmeticToken.Kind;

/**
 * Reads the expression that begins at a token. Words after a number are its unit; a word before an operator never
 * breaks an expression: {@code 3 boxes * 12 eggs per box}.
 *
 * <pre>
 * sum     = product { ("+" | "-") product }
 * product = power { ("*" | "/" | "of" | before an attached bracket: nothing) power }
 * power   = signed [ "^" signed ]
 * signed  = [ "-" ] operand
 * operand = ( number [ [ "and" ] fraction ] | "(" sum ")" ) [ "%" ] { word }
 * </pre>
 */
final class ArithmeticParser {

    private static final int MAX_UNIT_WORDS = 5;
    private static final int MAX_DEPTH = 30;

    private final List<ArithmeticToken> tokens;
    private final int end;
    private int at;
    private int depth;
    /** Index after the last token that is not a unit. */
    private int valueEnd;

    /**
     * An expression and where it ends.
     *
     * @param expression what is computed
     * @param end index of the token after it and its units
     * @param valueEnd index of the token after it without the units at its end
     */
    record Parsed(Expression expression, int end, int valueEnd) {}

    private static final class NoExpressionException extends Exception {
        private static final long serialVersionUID = 1L;

        NoExpressionException() {
            super(null, null, false, false);
        }
    }

    private ArithmeticParser(List<ArithmeticToken> tokens, int start, int end) {
        this.tokens = tokens;
        this.at = start;
        this.end = end;
    }

    /**
     * Reads the longest expression that begins at a token.
     *
     * @param tokens tokens of a step
     * @param start index of the first token
     * @param end index after the last token that may belong to it
     * @return the expression, or empty if none begins there
     */
    static Optional<Parsed> parse(List<ArithmeticToken> tokens, int start, int end) {
        return parse(new ArithmeticParser(tokens, start, end), ArithmeticParser::sum);
    }

    /**
     * Reads a single operand, the 8 of {@code 8 + 2}.
     *
     * @param tokens tokens of a step
     * @param start index of the first token
     * @param end index after the last token that may belong to it
     * @return the operand, or empty if none begins there
     */
    static Optional<Parsed> parseOperand(List<ArithmeticToken> tokens, int start, int end) {
        return parse(new ArithmeticParser(tokens, start, end), ArithmeticParser::leading);
    }

    @FunctionalInterface
    private interface Rule {
        Expression read(ArithmeticParser parser) throws NoExpressionException;
    }

    private static Optional<Parsed> parse(ArithmeticParser parser, Rule rule) {
        try {
            Expression expression = rule.read(parser);
            return Optional.of(new Parsed(expression, parser.at, parser.valueEnd));
        } catch (NoExpressionException e) {
            return Optional.empty();
        }
    }

    private Expression sum() throws NoExpressionException {
        Expression left = product();
        while (is(Kind.PLUS) || is(Kind.MINUS)) {
            char sign = tokens.get(at++).kind() == Kind.PLUS ? '+' : '-';
            left = new Expression.Operation(sign, left, product());
        }
        return left;
    }

    private Expression product() throws NoExpressionException {
        Expression left = power();
        while (true) {
            if (is(Kind.TIMES) || is(Kind.OVER)) {
                char sign = tokens.get(at++).kind() == Kind.TIMES ? '*' : '/';
                left = new Expression.Operation(sign, left, factor());
            } else if (is(Kind.OF) && valueEnd == at && isPart(left)) {
                at++;
                left = new Expression.Operation('*', left, power());
            } else if (is(Kind.OPEN) && valueEnd == at && touches(at)) {
                left = new Expression.Operation('*', left, power());
            } else {
                return left;
            }
        }
    }

    /** Only 15% of and 2/3 of multiply; 3 boxes of 12 is left to the reader. */
    private static boolean isPart(Expression left) {
        return left instanceof Expression.Percent
                || left instanceof Expression.Operation operation && operation.sign() == '/';
    }

    /** After a sign with a space behind it, a fraction written without spaces is one number: 3 / 1/2. */
    private Expression factor() throws NoExpressionException {
        return touches(at) ? power() : leading();
    }

    /** A power or a fraction written without spaces. */
    private Expression leading() throws NoExpressionException {
        boolean fraction = isFraction(at);
        Expression first = power();
        if (!fraction || !is(Kind.OVER)) {
            return first;
        }
        at++;
        return new Expression.Operation('/', first, power());
    }

    /** Whether a number, a bar and a number begin here, without spaces. */
    private boolean isFraction(int index) {
        return index + 2 < end
                && tokens.get(index).kind() == Kind.NUMBER
                && tokens.get(index + 1).kind() == Kind.OVER
                && tokens.get(index + 2).kind() == Kind.NUMBER
                && touches(index + 1)
                && touches(index + 2);
    }

    private boolean touches(int index) {
        return index > 0
                && index < end
                && tokens.get(index - 1).end() == tokens.get(index).start();
    }

    private Expression power() throws NoExpressionException {
        Expression base = signed();
        if (!is(Kind.POWER)) {
            return base;
        }
        at++;
        return new Expression.Operation('^', base, signed());
    }

    private Expression signed() throws NoExpressionException {
        if (!is(Kind.MINUS)) {
            return operand();
        }
        at++;
        return new Expression.Negative(operand());
    }

    private Expression operand() throws NoExpressionException {
        Expression value;
        if (is(Kind.NUMBER)) {
            value = number();
        } else if (is(Kind.OPEN) && depth < MAX_DEPTH) {
            at++;
            depth++;
            value = sum();
            depth--;
            if (!is(Kind.CLOSE)) {
                throw new NoExpressionException();
            }
            at++;
        } else {
            throw new NoExpressionException();
        }
        if (is(Kind.PERCENT)) {
            at++;
            value = new Expression.Percent(value);
        }
        valueEnd = at;
        for (int words = 0; words < MAX_UNIT_WORDS && is(Kind.WORD); words++) {
            at++;
        }
        return value;
    }

    private Expression number() {
        ArithmeticToken token = tokens.get(at++);
        Expression.Number number =
                new Expression.Number(token.numeral().value(), token.numeral().decimals());
        int fraction = is(Kind.AND) ? at + 1 : at;
        if (token.numeral().decimals() > 0 || !isFraction(fraction)) {
            return number;
        }
        BigFraction top = tokens.get(fraction).numeral().value();
        BigFraction bottom = tokens.get(fraction + 2).numeral().value();
        if (top.compareTo(bottom) >= 0) {
            return number;
        }
        at = fraction + 3;
        return new Expression.Number(number.number().add(top.divide(bottom)), 0);
    }

    private boolean is(Kind kind) {
        return at < end && tokens.get(at).kind() == kind;
    }
}

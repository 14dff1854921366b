package org.realm4knime.engine.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.realm4knime.engine.template.Expression.Call;
import org.realm4knime.engine.template.Token.Kind;

/** Reads expressions, with the precedence of Jinja's grammar. */
final class ExpressionParser {

    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    /** Names that cannot be the argument of a test without brackets. */
    private static final Set<String> AFTER_A_TEST = Set.of("else", "or", "and", "is", "in", "not", "if");

    private final TokenReader tokens;

    ExpressionParser(TokenReader tokens) {
        this.tokens = tokens;
    }

    /** An expression, or several with commas between them as a tuple. */
    Expression tuple(boolean withConditions) {
        Expression first = withConditions ? expression() : or();
        if (!tokens.current().isOperator(",")) {
            return first;
        }
        List<Expression> entries = new ArrayList<>(List.of(first));
        while (tokens.skipOperator(",") && !ends()) {
            entries.add(withConditions ? expression() : or());
        }
        return new Expression.Listing(entries, true);
    }

    /** One expression, with {@code a if b else c}. */
    Expression expression() {
        tokens.enter();
        Expression value = or();
        while (tokens.skipName("if")) {
            Expression condition = or();
            value = new Expression.Conditional(condition, value, tokens.skipName("else") ? expression() : null);
        }
        tokens.leave();
        return value;
    }

    /** An expression without a condition of its own, such as what a loop goes through. */
    Expression or() {
        Expression left = and();
        while (tokens.skipName("or")) {
            left = new Expression.Logical(false, left, and());
        }
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (tokens.skipName("and")) {
            left = new Expression.Logical(true, left, not());
        }
        return left;
    }

    private Expression not() {
        if (!tokens.skipName("not")) {
            return comparison();
        }
        tokens.enter();
        Expression operand = not();
        tokens.leave();
        return new Expression.Not(operand);
    }

    private Expression comparison() {
        Expression first = sum();
        List<String> operators = new ArrayList<>();
        List<Expression> others = new ArrayList<>();
        while (true) {
            Token token = tokens.current();
            if (token.is(Kind.OPERATOR) && COMPARISONS.contains(token.text())) {
                operators.add(tokens.next().text());
            } else if (tokens.skipName("in")) {
                operators.add("in");
            } else if (token.isName("not") && tokens.following().isName("in")) {
                tokens.next();
                tokens.next();
                operators.add("not in");
            } else {
                return operators.isEmpty() ? first : new Expression.Comparison(first, operators, others);
            }
            others.add(sum());
        }
    }

    private Expression sum() {
        return binary(Set.of("+", "-"), this::concatenation);
    }

    private Expression concatenation() {
        return binary(Set.of("~"), this::product);
    }

    private Expression product() {
        return binary(Set.of("*", "/", "//", "%"), this::power);
    }

    private Expression power() {
        return binary(Set.of("**"), () -> unary(true));
    }

    private Expression binary(Set<String> operators, Supplier<Expression> operand) {
        Expression left = operand.get();
        while (tokens.current().is(Kind.OPERATOR)
                && operators.contains(tokens.current().text())) {
            String operator = tokens.next().text();
            left = new Expression.Binary(operator, left, operand.get());
        }
        return left;
    }

    private Expression unary(boolean withFilters) {
        tokens.enter();
        Expression value;
        if (tokens.current().isOperator("-") || tokens.current().isOperator("+")) {
            boolean negative = tokens.next().text().equals("-");
            value = new Expression.Signed(negative, unary(false));
        } else {
            value = postfix(primary());
        }
        Expression result = withFilters ? filters(value) : value;
        tokens.leave();
        return result;
    }

    private Expression primary() {
        Token token = tokens.current();
        return switch (token.kind()) {
            case NAME -> named(tokens.next().text());
            case STRING -> strings();
            case INTEGER -> new Expression.Literal(integer(tokens.next()));
            case FLOAT ->
                new Expression.Literal(Double.valueOf(tokens.next().text().replace("_", "")));
            default -> bracketed();
        };
    }

    private Expression named(String name) {
        return switch (name) {
            case "true", "True" -> new Expression.Literal(true);
            case "false", "False" -> new Expression.Literal(false);
            case "none", "None" -> new Expression.Literal(null);
            default -> new Expression.Name(name);
        };
    }

    private Long integer(Token token) {
        String digits = token.text().replace("_", "");
        try {
            return Long.decode(
                    digits.startsWith("0x") || digits.equals("0") ? digits : digits.replaceFirst("^0+(?=.)", ""));
        } catch (NumberFormatException e) {
            throw new TemplateError("the number " + token.text() + " is too large", token.line());
        }
    }

    private Expression strings() {
        StringBuilder text = new StringBuilder();
        while (tokens.current().is(Kind.STRING)) {
            text.append(tokens.next().text());
        }
        return new Expression.Literal(text.toString());
    }

    private Expression bracketed() {
        if (tokens.skipOperator("(")) {
            if (tokens.skipOperator(")")) {
                return new Expression.Listing(List.of(), true);
            }
            Expression inside = tuple(true);
            tokens.expectOperator(")");
            return inside;
        }
        if (tokens.skipOperator("[")) {
            return new Expression.Listing(listed("]"), false);
        }
        if (tokens.skipOperator("{")) {
            return dict();
        }
        throw tokens.unexpected("a value");
    }

    private List<Expression> listed(String close) {
        List<Expression> entries = new ArrayList<>();
        while (!tokens.skipOperator(close)) {
            entries.add(expression());
            if (!tokens.current().isOperator(close)) {
                tokens.expectOperator(",");
            }
        }
        return entries;
    }

    private Expression dict() {
        List<Expression> keys = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!tokens.skipOperator("}")) {
            keys.add(expression());
            tokens.expectOperator(":");
            values.add(expression());
            if (!tokens.current().isOperator("}")) {
                tokens.expectOperator(",");
            }
        }
        return new Expression.Dict(keys, values);
    }

    private Expression postfix(Expression primary) {
        Expression value = primary;
        while (true) {
            if (tokens.skipOperator(".")) {
                Token member = tokens.next();
                value = member.is(Kind.INTEGER)
                        ? new Expression.Item(value, new Expression.Literal(integer(member)))
                        : new Expression.Attribute(value, memberName(member));
            } else if (tokens.skipOperator("[")) {
                value = subscript(value);
            } else if (tokens.current().isOperator("(")) {
                value = new Expression.Invocation(value, call());
            } else {
                return value;
            }
        }
    }

    private String memberName(Token member) {
        if (!member.is(Kind.NAME)) {
            throw new TemplateError("a name is expected behind \".\", not " + member.described(), member.line());
        }
        return member.text();
    }

    private Expression subscript(Expression object) {
        Expression from = tokens.current().isOperator(":") ? null : tuple(true);
        if (tokens.skipOperator("]")) {
            return new Expression.Item(object, from);
        }
        tokens.expectOperator(":");
        Expression to = sliceEnds() ? null : expression();
        Expression step = tokens.skipOperator(":") && !tokens.current().isOperator("]") ? expression() : null;
        tokens.expectOperator("]");
        return new Expression.Slice(object, from, to, step);
    }

    private boolean sliceEnds() {
        return tokens.current().isOperator("]") || tokens.current().isOperator(":");
    }

    /** The arguments of a call, brackets included. */
    Call call() {
        tokens.expectOperator("(");
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        Expression list = null;
        Expression dict = null;
        while (!tokens.skipOperator(")")) {
            if (tokens.skipOperator("**")) {
                dict = expression();
            } else if (tokens.skipOperator("*")) {
                list = expression();
            } else if (tokens.current().is(Kind.NAME) && tokens.following().isOperator("=")) {
                String name = tokens.name();
                tokens.expectOperator("=");
                named.put(name, expression());
            } else {
                positional.add(expression());
            }
            if (!tokens.current().isOperator(")")) {
                tokens.expectOperator(",");
            }
        }
        return new Call(positional, named, list, dict);
    }

    /** Filters and tests behind a value. */
    private Expression filters(Expression filtered) {
        Expression value = filtered;
        while (true) {
            if (tokens.current().isOperator("|")) {
                value = filter(value);
            } else if (tokens.skipName("is")) {
                value = test(value);
            } else if (tokens.current().isOperator("(")) {
                value = new Expression.Invocation(value, call());
            } else {
                return value;
            }
        }
    }

    /** A filter, from its bar on. */
    Expression.Filtered filter(Expression value) {
        tokens.expectOperator("|");
        return filterNamed(value);
    }

    /** A filter, from its name on. */
    Expression.Filtered filterNamed(Expression value) {
        Token name = tokens.expect(Kind.NAME, "the name of a filter");
        Filters.Filter filter = Filters.named(name.text());
        if (filter == null) {
            throw new TemplateError("there is no filter \"" + name.text() + "\"", name.line());
        }
        return new Expression.Filtered(value, filter, tokens.current().isOperator("(") ? call() : Call.EMPTY);
    }

    private Expression test(Expression value) {
        boolean negated = tokens.skipName("not");
        Token name = tokens.expect(Kind.NAME, "the name of a test");
        ValueTests.ValueTest test = ValueTests.named(name.text());
        if (test == null) {
            throw new TemplateError("there is no test \"" + name.text() + "\"", name.line());
        }
        Call call = Call.EMPTY;
        if (tokens.current().isOperator("(")) {
            call = call();
        } else if (beginsAnArgument()) {
            call = new Call(List.of(postfix(primary())), Map.of(), null, null);
        }
        Expression tested = new Expression.Tested(value, test, call);
        return negated ? new Expression.Not(tested) : tested;
    }

    private boolean beginsAnArgument() {
        Token token = tokens.current();
        return switch (token.kind()) {
            case STRING, INTEGER, FLOAT -> true;
            case NAME -> !AFTER_A_TEST.contains(token.text());
            case OPERATOR -> token.isOperator("[") || token.isOperator("{");
            default -> false;
        };
    }

    private boolean ends() {
        Token token = tokens.current();
        return token.is(Kind.TAG_END)
                || token.is(Kind.VALUE_END)
                || token.isOperator(")")
                || token.isOperator("]")
                || token.isOperator("=")
                || token.isName("in");
    }
}

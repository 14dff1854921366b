package org.realm4knime.engine.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.realm4knime.engine.template.Token.Kind;

/** Reads the statements of a template. */
final class TemplateParser {

    private static final Set<String> OTHER_FILES = Set.of("include", "import", "from", "extends");

    private final TokenReader tokens;
    private final ExpressionParser expressions;
    private int loops;

    TemplateParser(List<Token> tokens) {
        this.tokens = new TokenReader(tokens);
        expressions = new ExpressionParser(this.tokens);
    }

    /** The whole template. */
    List<Statement> template() {
        return body(Set.of(), null);
    }

    /** Statements up to a tag of one of these names, which is the current token afterwards. */
    private List<Statement> body(Set<String> ends, Token opened) {
        tokens.enter();
        List<Statement> statements = new ArrayList<>();
        while (!tokens.current().is(Kind.END)) {
            Token token = tokens.next();
            if (token.is(Kind.DATA)) {
                statements.add(new Statement.Data(token.text()));
            } else if (token.is(Kind.VALUE_BEGIN)) {
                statements.add(new Statement.Output(expressions.tuple(true), token.line()));
                tokens.expect(Kind.VALUE_END, "the end of the value");
            } else if (ends.contains(tokens.current().text())) {
                tokens.leave();
                return statements;
            } else {
                statements.add(tag(tokens.expect(Kind.NAME, "the name of a tag")));
            }
        }
        if (opened != null) {
            throw new TemplateError("\"" + opened.text() + "\" has no end", opened.line());
        }
        tokens.leave();
        return statements;
    }

    private Statement tag(Token tag) {
        int line = tag.line();
        return switch (tag.text()) {
            case "if" -> ifTag(tag);
            case "for" -> forTag(tag);
            case "set" -> setTag(tag);
            case "macro" -> macro(tag);
            case "call" -> call(tag);
            case "filter" -> filter(tag);
            case "with" -> with(tag);
            case "generation" -> new Statement.Block(closed(tag));
            case "break" -> leave(Statement.Flow.BREAK, tag);
            case "continue" -> leave(Statement.Flow.CONTINUE, tag);
            default -> throw unknown(tag.text(), line);
        };
    }

    private static TemplateError unknown(String tag, int line) {
        if (OTHER_FILES.contains(tag)) {
            return new TemplateError("the tag \"" + tag + "\" would read another file, which templates may not", line);
        }
        String reason = tag.startsWith("e") && (tag.startsWith("end") || tag.startsWith("el"))
                ? "the tag \"" + tag + "\" ends nothing"
                : "there is no tag \"" + tag + "\"";
        return new TemplateError(reason, line);
    }

    /** The statements between a tag, whose end comes first, and the one that closes it. */
    private List<Statement> closed(Token tag) {
        endTag();
        List<Statement> body = body(Set.of("end" + tag.text()), tag);
        tokens.next();
        endTag();
        return body;
    }

    private void endTag() {
        tokens.expect(Kind.TAG_END, "the end of the tag");
    }

    private Statement ifTag(Token tag) {
        List<Expression> conditions = new ArrayList<>();
        List<List<Statement>> branches = new ArrayList<>();
        Set<String> ends = Set.of("elif", "else", "endif");
        conditions.add(expressions.tuple(true));
        while (true) {
            endTag();
            branches.add(body(ends, tag));
            if (tokens.skipName("elif")) {
                conditions.add(expressions.tuple(true));
            } else if (tokens.skipName("else")) {
                conditions.add(null);
                ends = Set.of("endif");
            } else {
                tokens.expectName("endif");
                endTag();
                return new Statement.If(conditions, branches, tag.line());
            }
        }
    }

    private Statement forTag(Token tag) {
        List<String> names = names();
        tokens.expectName("in");
        Expression values = expressions.tuple(false);
        Expression condition = tokens.skipName("if") ? expressions.tuple(true) : null;
        if (tokens.current().isName("recursive")) {
            throw tokens.error("loops that call themselves (\"recursive\") are not understood");
        }
        endTag();
        loops++;
        List<Statement> body = body(Set.of("else", "endfor"), tag);
        loops--;
        List<Statement> otherwise = List.of();
        if (tokens.skipName("else")) {
            endTag();
            otherwise = body(Set.of("endfor"), tag);
        }
        tokens.expectName("endfor");
        endTag();
        return new Statement.For(names, values, condition, body, otherwise, tag.line());
    }

    /** Names that values are given to, with or without brackets. */
    private List<String> names() {
        boolean brackets = tokens.skipOperator("(");
        List<String> names = new ArrayList<>(List.of(tokens.name()));
        while (tokens.skipOperator(",") && tokens.current().is(Kind.NAME)) {
            names.add(tokens.name());
        }
        if (brackets) {
            tokens.expectOperator(")");
        }
        return names;
    }

    private Statement setTag(Token tag) {
        List<String> names = names();
        String member = tokens.skipOperator(".") ? tokens.name() : null;
        if (tokens.skipOperator("=")) {
            Expression value = expressions.tuple(true);
            endTag();
            return new Statement.Set(names, member, value, tag.line());
        }
        List<Expression.Filtered> filters = filters();
        return new Statement.SetBlock(names, member, closed(tag), filters, tag.line());
    }

    private List<Expression.Filtered> filters() {
        List<Expression.Filtered> filters = new ArrayList<>();
        while (tokens.current().isOperator("|")) {
            filters.add(expressions.filter(null));
        }
        return filters;
    }

    private Statement filter(Token tag) {
        List<Expression.Filtered> filters = new ArrayList<>(List.of(expressions.filterNamed(null)));
        filters.addAll(filters());
        return new Statement.FilterBlock(closed(tag), filters, tag.line());
    }

    private Statement with(Token tag) {
        Map<String, Expression> values = new LinkedHashMap<>();
        while (tokens.current().is(Kind.NAME)) {
            String name = tokens.name();
            tokens.expectOperator("=");
            values.put(name, expressions.expression());
            tokens.skipOperator(",");
        }
        return new Statement.With(values, closed(tag), tag.line());
    }

    private Statement macro(Token tag) {
        String name = tokens.name();
        Map<String, Expression> parameters = parameters();
        return new Statement.DefineMacro(name, parameters, outsideOfLoops(tag));
    }

    private Statement call(Token tag) {
        Map<String, Expression> parameters = tokens.current().isOperator("(") ? parameters() : Map.of();
        if (!(expressions.expression() instanceof Expression.Invocation invocation)) {
            throw new TemplateError("\"call\" needs the call of a macro", tag.line());
        }
        return new Statement.CallBlock(parameters, invocation, outsideOfLoops(tag), tag.line());
    }

    /** A body that break and continue cannot leave. */
    private List<Statement> outsideOfLoops(Token tag) {
        int around = loops;
        loops = 0;
        List<Statement> body = closed(tag);
        loops = around;
        return body;
    }

    private Map<String, Expression> parameters() {
        Map<String, Expression> parameters = new LinkedHashMap<>();
        tokens.expectOperator("(");
        while (!tokens.skipOperator(")")) {
            String name = tokens.name();
            parameters.put(name, tokens.skipOperator("=") ? expressions.expression() : null);
            if (!tokens.current().isOperator(")")) {
                tokens.expectOperator(",");
            }
        }
        return parameters;
    }

    private Statement leave(Statement.Flow flow, Token tag) {
        if (loops == 0) {
            throw new TemplateError("\"" + tag.text() + "\" stands in no loop", tag.line());
        }
        endTag();
        return new Statement.Leave(flow);
    }
}

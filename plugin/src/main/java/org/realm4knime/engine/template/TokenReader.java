package org.realm4knime.engine.template;

import java.util.List;
import org.realm4knime.engine.template.Token.Kind;

/** Goes through tokens. */
final class TokenReader {

    private static final int MAX_DEPTH = 200;

    private final List<Token> tokens;
    private int at;
    private int depth;

    TokenReader(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token current() {
        return tokens.get(at);
    }

    /** The token behind the current one. */
    Token following() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = current();
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    boolean skipOperator(String operator) {
        boolean there = current().isOperator(operator);
        at += there ? 1 : 0;
        return there;
    }

    boolean skipName(String name) {
        boolean there = current().isName(name);
        at += there ? 1 : 0;
        return there;
    }

    void expectOperator(String operator) {
        if (!skipOperator(operator)) {
            throw unexpected("\"" + operator + "\"");
        }
    }

    void expectName(String name) {
        if (!skipName(name)) {
            throw unexpected("\"" + name + "\"");
        }
    }

    Token expect(Kind kind, String what) {
        if (!current().is(kind)) {
            throw unexpected(what);
        }
        return next();
    }

    String name() {
        return expect(Kind.NAME, "a name").text();
    }

    /** Goes a level deeper in the grammar. */
    void enter() {
        if (++depth > MAX_DEPTH) {
            throw error("more than " + MAX_DEPTH + " levels are nested");
        }
    }

    void leave() {
        depth--;
    }

    TemplateError unexpected(String expected) {
        return error("%s is expected, not %s".formatted(expected, current().described()));
    }

    TemplateError error(String message) {
        return new TemplateError(message, current().line());
    }
}

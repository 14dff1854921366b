package org.realm4knime.engine.template;

/**
 * A piece of a template's source.
 *
 * @param kind what it is
 * @param text its text; of a string, what it stands for
 * @param line line that it begins at, from 1
 */
record Token(Kind kind, String text, int line) {

    /** Kinds of pieces. */
    enum Kind {
        DATA,
        VALUE_BEGIN,
        VALUE_END,
        TAG_BEGIN,
        TAG_END,
        NAME,
        STRING,
        INTEGER,
        FLOAT,
        OPERATOR,
        END
    }

    boolean is(Kind other) {
        return kind == other;
    }

    boolean isOperator(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    boolean isName(String name) {
        return kind == Kind.NAME && text.equals(name);
    }

    /** How messages name it. */
    String described() {
        return switch (kind) {
            case END -> "the end of the template";
            case TAG_END, VALUE_END -> "the end of the tag";
            default -> "\"" + text + "\"";
        };
    }
}

package org.realm4knime.engine.template;

/** What is wrong with a template, or what it raised. */
final class TemplateError extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int line;

    /** An error at the line that is being rendered. */
    TemplateError(String message) {
        this(message, 0);
    }

    /** An error at a line, counted from 1. */
    TemplateError(String message, int line) {
        super(message, null, false, false);
        this.line = line;
    }

    /** The line, or that which is given where it is not known. */
    int lineOr(int otherwise) {
        return line > 0 ? line : otherwise;
    }
}

package org.realm4knime.engine.template;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.realm4knime.engine.EngineException;

/**
 * A Jinja template as Hugging Face uses it: for chat templates and prompt formats. It is read once, when it is made,
 * and can then be filled in any number of times, also by several threads.
 *
 * <p>{@code strftime_now} counts as not defined, so that templates that would show today's date show their fixed one;
 * one that calls it all the same is given a fixed day. So a prompt is the same every day.
 */
public final class JinjaTemplate {

    private static final String WAY_OUT = " Correct the template, or take a version of the model with another one.";

    private final List<Statement> statements;
    private final String origin;

    /**
     * Reads a template.
     *
     * @param source its text
     * @param origin where it was read, for messages
     * @throws EngineException naming origin and line, if something in it is not understood
     */
    public JinjaTemplate(String source, String origin) {
        this.origin = origin;
        try {
            statements = new TemplateParser(Lexer.tokens(source)).template();
        } catch (TemplateError e) {
            throw new EngineException(message(e.lineOr(1), e.getMessage()) + WAY_OUT, e);
        } catch (StackOverflowError e) {
            throw new EngineException(origin + ": too much is nested." + WAY_OUT, e);
        }
    }

    /**
     * Fills in the template. The values are data: what looks like Jinja inside them stays as it is.
     *
     * @param values texts, numbers, truth values, lists and maps by name
     * @return the text
     * @throws EngineException if the template raises an error, makes one, or does not end within the limits of
     *     {@link Run}
     */
    public String render(Map<String, Object> values) {
        Run run = new Run();
        Map<String, Object> names = new HashMap<>(Functions.ALL);
        values.forEach((name, value) -> names.put(name, PythonValues.fromJava(value)));
        StringBuilder out = new StringBuilder();
        try {
            Scope.of(run, names).child().render(statements, out);
            return out.toString();
        } catch (TemplateError e) {
            throw new EngineException(message(e.lineOr(run.line()), e.getMessage()), e);
        } catch (StackOverflowError e) {
            throw new EngineException(message(run.line(), "too much is nested"), e);
        }
    }

    private String message(int line, String problem) {
        return "%s, line %d: %s.".formatted(origin, line, problem);
    }
}

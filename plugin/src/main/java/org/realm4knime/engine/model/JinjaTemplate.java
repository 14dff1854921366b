package org.realm4knime.engine.model;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.el.JinjavaInterpreterResolver;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import java.util.Map;
import jinjava.javax.el.CompositeELResolver;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.torch.Torch;

/**
 * A Jinja template as Hugging Face uses it: for chat templates and prompt formats.
 *
 * <p>{@code strftime_now} is not defined, so that templates that would show today's date show their fixed one, and a prompt
 * is the same every day.
 */
final class JinjaTemplate {

    private static final Jinjava JINJA = Torch.enter(JinjaTemplate::newJinjava);

    private final String source;
    private final String origin;

    /**
     * A template.
     *
     * @param source its text
     * @param origin where it was read, for messages
     */
    JinjaTemplate(String source, String origin) {
        this.source = JinjaSource.prepare(source);
        this.origin = origin;
    }

    /**
     * Fills in the template. The values are data: what looks like Jinja inside them stays as it is.
     *
     * @throws EngineException if the template has an error, or raises one
     */
    String render(Map<String, Object> values) {
        RenderResult result = Torch.enter(() -> JINJA.renderForResult(source, values));
        result.getErrors().stream()
                .filter(e -> e.getSeverity() == TemplateError.ErrorType.FATAL)
                .findFirst()
                .ifPresent(e -> {
                    throw new EngineException("%s, line %d: %s".formatted(origin, e.getLineno(), reason(e)));
                });
        return result.getOutput();
    }

    /** The message of what the template raised, where it did. */
    private static String reason(TemplateError error) {
        Throwable root = ExceptionUtils.getRootCause(error.getException());
        return root instanceof IllegalArgumentException ? root.getMessage() : error.getMessage();
    }

    /** What templates call to refuse messages that the model does not take. */
    public static String raiseException(String message) {
        throw new IllegalArgumentException(message);
    }

    private static Jinjava newJinjava() {
        CompositeELResolver resolver = new CompositeELResolver();
        resolver.add(new PythonStrings());
        resolver.add(JinjavaInterpreterResolver.DEFAULT_RESOLVER_READ_ONLY);
        Jinjava jinjava = new Jinjava(JinjavaConfig.newBuilder()
                .withNestedInterpretationEnabled(false)
                .withElResolver(resolver)
                .build());
        jinjava.getGlobalContext()
                .registerFunction(new ELFunctionDefinition(
                        "", "raise_exception", JinjaTemplate.class, "raiseException", String.class));
        return jinjava;
    }
}

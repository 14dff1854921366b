package org.realm4knime.engine.model;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import java.util.Map;
import java.util.regex.Pattern;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.torch.Torch;

/** A Jinja template with the white-space rules that Hugging Face uses for chat templates. */
final class JinjaTemplate {

    /** Texts that go into a template are data: what looks like Jinja inside them is not interpreted. */
    private static final Jinjava JINJA = Torch.enter(() -> new Jinjava(
            JinjavaConfig.newBuilder().withNestedInterpretationEnabled(false).build()));

    /**
     * Jinja's lstrip_blocks: white space between the beginning of a line and a tag goes. Done here, since Jinjava's option of
     * that name also takes the space between text and a tag.
     */
    private static final Pattern LSTRIP = Pattern.compile("(?m)^[ \\t]+(?=\\{[%#](?!\\+))");
    /** Jinja's trim_blocks: the line feed after a tag goes. */
    private static final Pattern TRIM = Pattern.compile("([%#]\\})\\n");

    private final String source;
    private final String origin;

    /**
     * A template.
     *
     * @param source its text
     * @param origin where it was read, for messages
     */
    JinjaTemplate(String source, String origin) {
        String oneLineLess = source.endsWith("\n") ? source.substring(0, source.length() - 1) : source;
        this.source = TRIM.matcher(LSTRIP.matcher(oneLineLess).replaceAll("")).replaceAll("$1");
        this.origin = origin;
    }

    /**
     * Fills in the template.
     *
     * @throws EngineException if the template has an error
     */
    String render(Map<String, Object> values) {
        RenderResult result = Torch.enter(() -> JINJA.renderForResult(source, values));
        result.getErrors().stream()
                .filter(e -> e.getSeverity() == TemplateError.ErrorType.FATAL)
                .findFirst()
                .ifPresent(e -> {
                    throw new EngineException("%s, line %d: %s".formatted(origin, e.getLineno(), e.getMessage()));
                });
        return result.getOutput();
    }
}

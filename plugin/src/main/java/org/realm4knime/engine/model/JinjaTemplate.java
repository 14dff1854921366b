package org.realm4knime.engine.model;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import java.util.Map;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.torch.Torch;

/** A Jinja template with the white-space rules that Hugging Face uses for chat templates. */
final class JinjaTemplate {

    /** Texts that go into a template are data: what looks like Jinja inside them is not interpreted. */
    private static final Jinjava JINJA = Torch.enter(() -> new Jinjava(JinjavaConfig.newBuilder()
            .withTrimBlocks(true)
            .withLstripBlocks(true)
            .withNestedInterpretationEnabled(false)
            .build()));

    private final String source;
    private final String origin;

    /**
     * A template.
     *
     * @param source its text
     * @param origin where it was read, for messages
     */
    JinjaTemplate(String source, String origin) {
        this.source = source.endsWith("\n") ? source.substring(0, source.length() - 1) : source;
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

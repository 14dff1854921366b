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

    // Jinja's rules for white space are applied to the source beforehand, since Jinjava's own differ: it ignores the
    // hyphen of
    // {{- and takes the space between text and a tag.

    /** A hyphen in a tag: all white space on that side goes. */
    private static final Pattern HYPHEN_BEFORE = Pattern.compile("\\s*(\\{[{%#])-");

    private static final Pattern HYPHEN_AFTER = Pattern.compile("-([}%#]\\})\\s*");
    /** lstrip_blocks: spaces between the beginning of a line and a tag go. */
    private static final Pattern INDENT = Pattern.compile("(?m)^[ \\t]+(?=\\{[%#](?!\\+))");
    /** trim_blocks: the line feed after a tag goes. */
    private static final Pattern LINE_FEED = Pattern.compile("([%#]\\})\\n");

    private final String source;
    private final String origin;

    /**
     * A template.
     *
     * @param source its text
     * @param origin where it was read, for messages
     */
    JinjaTemplate(String source, String origin) {
        this.source = withoutSpareSpace(source);
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

    private static String withoutSpareSpace(String source) {
        String text = source.endsWith("\n") ? source.substring(0, source.length() - 1) : source;
        text = INDENT.matcher(text).replaceAll("");
        text = LINE_FEED.matcher(text).replaceAll("$1");
        text = HYPHEN_BEFORE.matcher(text).replaceAll("$1");
        return HYPHEN_AFTER.matcher(text).replaceAll("$1");
    }
}

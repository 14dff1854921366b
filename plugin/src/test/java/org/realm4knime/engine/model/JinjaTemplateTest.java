package org.realm4knime.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.realm4knime.engine.EngineException;

class JinjaTemplateTest {

    /** Expected: Jinja2's documentation of white-space control, with trim_blocks and lstrip_blocks. $ is a line feed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a {% if true %}b{% endif %} c|a b c",
                "  {% if true %}$  b$  {% endif %}$c|  b$c",
                "a$  {%- if true %}b{% endif %}|ab",
                "a {%- if true -%}  $  b {% endif %}|ab ",
                "a  {{- 1 -}}  $b|a1b",
                "  {{ 1 }}$b|  1$b",
                "a{# comment #}$b|ab",
                "a$|a",
                "a$$|a$",
            })
    void followsTheWhiteSpaceRulesOfChatTemplates(String template, String expected) {
        assertThat(render(template.replace('$', '\n'), Map.of())).isEqualTo(expected.replace('$', '\n'));
    }

    @Test
    void textsThatLookLikeTemplatesStayAsTheyAre() {
        String text = "{{ 1 + 1 }} {% if x %} {# c #}";

        assertThat(render("{{ a }}|{% for b in list %}{{ b }}{% endfor %}", Map.of("a", text, "list", List.of(text))))
                .isEqualTo(text + "|" + text);
    }

    @Test
    void errorsNameTheTemplate() {
        assertThatThrownBy(() -> render("{% for x in %}", Map.of()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("my template");
        assertThatThrownBy(() -> render("{{ no_function(1) }}", Map.of())).isInstanceOf(EngineException.class);
    }

    private static String render(String template, Map<String, Object> values) {
        return new JinjaTemplate(template, "my template").render(values);
    }
}

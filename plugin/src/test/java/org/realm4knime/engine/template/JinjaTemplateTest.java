package org.realm4knime.engine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.realm4knime.engine.EngineException;

class JinjaTemplateTest {

    /**
     * Expected: Jinja2's documentation of white-space control, with trim_blocks and lstrip_blocks. $ is a line feed.
     */
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

    /** Forms found in the chat templates of Qwen3 and Llama 3.2. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{{ 'abc'.startswith('ab') }} {{ 'abc'.endswith('ab') }}|True False",
                "{{ '<t> a </t>'.split('</t>')[0].split('<t>')[-1].strip() }}|a",
                "[{{ ' a '.lstrip() }}] [{{ ' a '.rstrip() }}] [{{ '--a-'.strip('-') }}]|[a ] [ a] [a]",
                "{{ ' b  c '.split()[1] }} {{ 'Ab'.upper() }} {{ 'Ab'.lower() }}|c AB ab",
                "{% for x in list[::-1] %}{{ loop.index0 }}{{ x }}{% endfor %}|0b1a",
                "{% set n = namespace(i=list\\u007clength - 1, f=true) %}{% set n.f = false %}{{ n.i }} {{ n.f }}|1"
                        + " False",
                "{{ 'now' if strftime_now is defined else 'then' }}|then",
            })
    void understandsThePythonOfChatTemplates(String template, String expected) {
        String source = template.replace("\\u007c", "|"); // the bar separates columns here

        assertThat(render(source, Map.of("list", List.of("a", "b")))).isEqualTo(expected);
    }

    @Test
    void reportsWhatATemplateRaises() {
        assertThatThrownBy(() -> render("{{ raise_exception('Only user messages') }}", Map.of()))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll("my template", "Only user messages");
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

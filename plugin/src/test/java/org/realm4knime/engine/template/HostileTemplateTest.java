package org.realm4knime.engine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.engine.EngineException;

/** A chat template comes with a downloaded model: whatever it says, it ends, stays small and reaches nothing. */
class HostileTemplateTest {

    private static final Map<String, Object> CHAT =
            Map.of("messages", List.of(Map.of("role", "user", "content", "question")), "bos_token", "<s>");

    /** Ways out of Jinja's and Jinjava's sandboxes that were published, and what else would reach Java or files. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ ''.__class__.__mro__[1].__subclasses__() }}",
                "{{ messages.__class__.__base__ }}",
                "{{ ''.getClass().forName('java.lang.Runtime') }}",
                "{{ messages.getClass() }}",
                "{{ messages[0].getClass().getClassLoader() }}",
                "{{ ____int3rpr3t3r____.getContext() }}",
                "{{ ____int3rpr3t3r____.config }}",
                "{% set m = ____int3rpr3t3r____.config.objectMapper %}{{ m.readValue('{}', 'java.io.File') }}",
                "{{ range.__globals__['os'].system('id') }}",
                "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
                "{{ lipsum.__globals__ }}",
                "{{ self._TemplateReference__context }}",
                "{{ ''|attr('__class__')|attr('__mro__') }}",
                "{{ 'x'.format.__self__.__class__ }}",
                "{{ '{0.__class__}'.format('x') }}",
                "{{ '{0[0]}'.format('x') }}",
                "{% include '/etc/passwd' %}",
                "{% import 'file:///etc/passwd' as x %}",
                "{% from '/etc/passwd' import x %}",
                "{% extends '/etc/passwd' %}",
                "{{ namespace(a=1).getClass() }}",
                "{{ namespace.__init__() }}",
                "{{ raise_exception.getClass() }}",
                "{{ raise_exception.call() }}",
                "{{ loop.entries.get(0) }}",
                "{{ open('/etc/passwd') }}",
                "{{ ''.class.protectionDomain.codeSource.location }}",
            })
    void nothingButItsValuesIsReachable(String template) {
        assertThatThrownBy(() -> render(template))
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith("t, line 1: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ ''.__class__ }}",
                "{{ messages.class }}",
                "{{ messages['class'] }}",
                "{{ bos_token.bytes }}",
                "{{ messages|map(attribute='class')|first }}",
                "{{ namespace(a=1).values }}",
                "{% for m in messages %}{{ loop.entries }}{% endfor %}",
            })
    void membersOfJavaAreNotThere(String template) {
        assertThat(render(template)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // loops that do not end in a lifetime
                "{% for a in range(99999) %}{% for b in range(99999) %}{% for c in range(99999) %}{% endfor %}{%"
                        + " endfor %}{% endfor %}",
                "{% for a in range(99999) %}{% for b in range(99999) %}{% if a == b %}{% continue %}{% endif %}{%"
                        + " endfor %}{% endfor %}",
                "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
                "{% macro f(n) %}{% for i in range(9) %}{{ f(n) }}{% endfor %}{% endmacro %}{{ f(1) }}",
                "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(99) }}",
                "{% macro f() %}{% call f() %}{{ caller() }}{% endcall %}{% endmacro %}{% call f() %}x{% endcall %}",
                // ranges and products
                "{{ range(999999999) }}",
                "{{ range(0, 9223372036854775807) }}",
                "{{ range(-9223372036854775807, 9223372036854775807)|length }}",
                "{{ 'x' * 999999999 }}",
                "{{ 'xx' * 9223372036854775807 }}",
                "{{ [1] * 999999999 }}",
                "{{ (bos_token ~ bos_token) * 4611686018427387904 }}",
                "{{ 2 ** 99999999999 }}",
                "{{ 'x'.center(999999999) }}",
                "{{ 'x'.ljust(9223372036854775807, 'ab') }}",
                "{{ 'x'.zfill(999999999) }}",
                "{{ '%999999999d' % 1 }}",
                "{{ 'x'|indent(999999999, true) }}",
                "{{ [1]|tojson(indent=999999999) }}",
                "{{ [1]|batch(999999999, 0)|list }}",
                // growth by doubling
                "{% set n = namespace(s='x') %}{% for i in range(99) %}{% set n.s = n.s ~ n.s %}{% endfor %}",
                "{% set n = namespace(s='x') %}{% for i in range(99) %}{% set n.s = n.s + n.s %}{% endfor %}",
                "{% set n = namespace(s='x') %}{% for i in range(99) %}{% set n.s = n.s.replace('x', 'xxxxxxxxxx')"
                        + " %}{% endfor %}",
                "{% set n = namespace(s=[1]) %}{% for i in range(99) %}{% set n.s = n.s + n.s %}{% endfor %}",
                "{% set n = namespace(s='x') %}{% for i in range(99) %}{% set n.s = [n.s, n.s]|join(n.s) %}{% endfor"
                        + " %}",
                "{% set n = namespace(s=[1]) %}{% for i in range(99) %}{% set n.s = [n.s, n.s] %}{% endfor %}{{ n.s }}",
                "{% set n = namespace(s=[1]) %}{% for i in range(99) %}{% set n.s = [n.s, n.s] %}{% endfor %}{{"
                        + " n.s|tojson }}",
                "{% set n = namespace(s=1, t=1) %}{% for i in range(99) %}{% set n.s = [n.s, n.s] %}{% set n.t = [n.t,"
                        + " n.t] %}{% endfor %}{{ n.s == n.t }}",
                "{% set n = namespace(s=[]) %}{% for i in range(9999) %}{% set n.s = [n.s] %}{% endfor %}{{ n.s }}",
                "{% set n = namespace(s={}) %}{% for i in range(9999) %}{% set n.s = {'a': n.s} %}{% endfor %}{{"
                        + " n.s|tojson }}",
                // much output, and much work on a long text
                "{% for a in range(99999) %}{{ 'xxxxxxxxxxxxxxxx' * 99 }}{% endfor %}",
                "{% set s = 'ab' * 999999 %}{% for a in range(99999) %}{{ s.find('abb' * 99999) }}{% endfor %}",
                "{% set s = 'a' * 4000000 %}{% for a in range(99999) %}{% if s.replace('b', '') == s %}{% endif %}{%"
                        + " endfor %}",
                "{% set s = ' ' * 4000000 %}{% for a in range(99999) %}{{ s|trim }}{{ s|int }}{{ s[-1] }}{% endfor %}",
                "{% set s = 'a' * 4000000 %}{% set t = 'a' * 3999999 ~ 'b' %}{% for a in range(99999) %}{{ s == t }}{%"
                        + " endfor %}",
                "{% set s = 'a ' * 999999 %}{% for a in range(99999) %}{{ s.split() and '' }}{% endfor %}",
                "{% set s = range(99999)|list %}{% for a in s %}{{ s|sort and '' }}{% endfor %}",
                "{% set s = range(99999)|list %}{% for a in s %}{{ s == s and '' }}{{ -1 in s }}{% endfor %}",
            })
    void endsAndStaysSmall(String template) {
        assertThatThrownBy(() -> render(template))
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith("t, line 1: ");
    }

    @Test
    void nestingOfTheSourceIsBounded() {
        for (String part : List.of("(", "[", "{'a':", "not ", "-", "a if ", "a|default(", "a[", "a(")) {
            String source = "{{ " + part.repeat(9_999);
            assertThatThrownBy(() -> new JinjaTemplate(source, "t")).isInstanceOf(EngineException.class);
        }
        for (String part : List.of("{% if a %}", "{% for a in b %}", "{% macro f() %}", "{% filter upper %}")) {
            assertThatThrownBy(() -> new JinjaTemplate(part.repeat(9_999), "t")).isInstanceOf(EngineException.class);
        }
        assertThatThrownBy(() -> render("{{ 1" + " + 1".repeat(9_999) + " }}")).isInstanceOf(EngineException.class);
    }

    @Test
    void aLongConversationIsNoAttack() {
        String content = "A long answer, with <think> and </think> in it. ".repeat(400);
        Map<String, Object> message = Map.of("role", "user", "content", content);
        String template = "{% set n = namespace(s='') %}{% for m in messages %}"
                + "{% set c = m.content.split('</think>')[-1].lstrip('\\n')|trim %}{% set n.s = c %}"
                + "{{ '<|im_start|>' + m.role + '\\n' + m.content + '<|im_end|>\\n' }}{% endfor %}";

        String text = new JinjaTemplate(template, "t")
                .render(Map.of("messages", java.util.Collections.nCopies(100, message)));

        assertThat(text).hasSizeGreaterThan(1_900_000);
    }

    private static String render(String template) {
        return new JinjaTemplate(template, "t").render(CHAT);
    }
}

package org.realm4knime.engine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.realm4knime.engine.EngineException;

/** Small templates against Jinja2's sandbox, see bench/golden/template_snippets.py. */
class GoldenTemplateTest {

    private record Golden(Map<String, Object> context, List<Case> cases) {}

    private record Case(String template, String text) {

        @Override
        public String toString() {
            return template;
        }
    }

    private static final Golden GOLDEN = read();

    private static Golden read() {
        try {
            Path file = Path.of("src", "test", "resources", "golden", "template", "golden.json");
            return new Gson().fromJson(Files.readString(file), Golden.class);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<Case> understood() {
        return GOLDEN.cases().stream().filter(c -> c.text() != null);
    }

    static Stream<Case> refused() {
        return GOLDEN.cases().stream().filter(c -> c.text() == null);
    }

    @ParameterizedTest
    @MethodSource("understood")
    void writesWhatPythonWrites(Case expected) {
        assertThat(new JinjaTemplate(expected.template(), "t").render(GOLDEN.context()))
                .isEqualTo(expected.text());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatPythonRefuses(Case expected) {
        assertThatThrownBy(() -> new JinjaTemplate(expected.template(), "my template").render(GOLDEN.context()))
                .isInstanceOf(EngineException.class)
                .hasMessageMatching("(?s)my template, line [1-9]\\d*: .*\\..*");
    }
}

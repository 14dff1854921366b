package org.realm4knime.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.engine.EngineException;

class PromptFormatTest {

    @TempDir
    private Path folder;

    @Test
    void compactFormatJoinsRulesQuestionAndRoutes() {
        PromptFormat format = PromptFormat.compact();

        assertThat(format.render("Q?", List.of(), List.of())).isEqualTo("Q? :");
        assertThat(format.render("Q?", List.of("R1.", "R2."), List.of("a = 1", "b = 2")))
                .isEqualTo("R1. R2. Q? | a = 1 | b = 2 :");
    }

    @Test
    void generalFormatIsReadable() {
        assertThat(PromptFormat.general().render("Q?", List.of(), List.of()))
                .isEqualTo(
                        """
                        Q?

                        Reason step by step and end with "The answer is" and the answer.""");
        assertThat(PromptFormat.general().render("Q?", List.of("R1.", "R2."), List.of("a = 1", "b = 2")))
                .isEqualTo(
                        """
                        Rules that apply:
                        - R1.
                        - R2.

                        Q?

                        Here are routes that others took. Some may be wrong.

                        Route 1:
                        a = 1

                        Route 2:
                        b = 2

                        Check each route and say whether it is right or at which step it goes wrong. Then give your \
                        own solution.

                        Reason step by step and end with "The answer is" and the answer.""");
    }

    @Test
    void readsTheFileOfAModelOrTheGeneralFormat() {
        assertThat(PromptFormat.read(folder)).isEqualTo(PromptFormat.general());

        ModelFixtures.write(
                folder.resolve("realm_prompt.json"),
                "{\"template\": \"{{ question }}?\", \"verify\": \"v\", \"right\": \"r\", \"wrong\": \"w\","
                        + " \"reasons\": true, \"solution\": \"s\"}");
        assertThat(PromptFormat.read(folder)).isEqualTo(new PromptFormat("{{ question }}?", "v", "r", "w", true, "s"));
    }

    @Test
    void namesAMissingEntry() {
        ModelFixtures.write(folder.resolve("realm_prompt.json"), "{\"template\": \"x\"}");

        assertThatThrownBy(() -> PromptFormat.read(folder))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll("realm_prompt.json", "verify");
    }

    /** What the nodes that ask make of a question is what training makes of it; whatever they have written stays. */
    @Test
    void trainingAsksAsTheOtherNodesDo() {
        List<PromptFormat> formats = List.of(
                PromptFormat.general(),
                PromptFormat.compact(),
                format("Question: {{ question }}"),
                format("Question: {{ question }}\nAnswer:"),
                format("{% for r in rules %}{{ r }} {% endfor %}{{ question }}"));
        for (PromptFormat format : formats) {
            String asked = format.render("How much?", List.of(), List.of());

            assertThat(format.asked("How much?")).isEqualTo(asked);
            assertThat(format.asked(asked)).isEqualTo(asked);
        }
    }

    @Test
    void promptsWithRulesAndRoutesAreComplete() {
        for (PromptFormat format : List.of(PromptFormat.general(), PromptFormat.compact())) {
            String shown = format.render("How much?", List.of("A rule."), List.of("1 + 1 = 2", "1 + 1 = 3"));

            assertThat(format.asked(shown)).isEqualTo(shown);
            // written for a model of another format, by a Route Verifier without that model
            assertThat(PromptFormat.compact().asked(shown)).isEqualTo(shown);
        }
    }

    @Test
    void whereRulesAreToBeUsedAQuestionIsAskedWithThemBesides() {
        List<String> rules = List.of("A rule.", "Another.");
        for (PromptFormat format : List.of(PromptFormat.general(), PromptFormat.compact())) {
            String plain = format.render("How much?", List.of(), List.of());
            String ruled = format.render("How much?", rules, List.of());

            assertThat(format.asked("How much?", rules)).containsExactly(plain, ruled);
            assertThat(format.asked("How much?", List.of())).containsExactly(plain);
            assertThat(format.asked(ruled, rules)).as("complete already").containsExactly(ruled);
        }
    }

    private static PromptFormat format(String template) {
        return new PromptFormat(template, "verify", "right", "wrong", false, "solution");
    }
}

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

                        Check each route and say whether it is right or at which step it goes wrong. Then give your own solution.

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
}

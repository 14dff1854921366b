package org.realm4knime.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.realm4knime.engine.template.JinjaTemplate;

/** Texts of chat templates against apply_chat_template of transformers, see bench/golden/chat_templates.py. */
class GoldenChatTest {

    private static final Golden GOLDEN =
            GoldenModel.read(Path.of("src", "test", "resources", "golden", "chat", "golden.json"), Golden.class);

    @TempDir
    private Path folder;

    private record Golden(
            String bosToken,
            String eosToken,
            String question,
            List<List<Map<String, String>>> conversations,
            List<Template> templates) {}

    private record Template(String name, String template, List<String> texts) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Template> templates() {
        return GOLDEN.templates.stream();
    }

    @ParameterizedTest
    @MethodSource("templates")
    void conversationsReadAsInTransformers(Template expected) {
        JinjaTemplate template = new JinjaTemplate(expected.template, expected.name);
        for (int i = 0; i < expected.texts.size(); i++) {
            List<Map<String, String>> messages = GOLDEN.conversations.get(i);
            boolean open = messages.get(messages.size() - 1).get("role").equals("user");

            assertThat(template.render(Map.of(
                            "messages",
                            messages,
                            "add_generation_prompt",
                            open,
                            "bos_token",
                            GOLDEN.bosToken,
                            "eos_token",
                            GOLDEN.eosToken)))
                    .isEqualTo(expected.texts.get(i));
        }
    }

    @ParameterizedTest
    @MethodSource("templates")
    void promptsReadAsInTransformers(Template expected) {
        ModelFixtures.writeTokenizer(folder);
        JsonObject config = JsonFiles.readObject(folder.resolve("tokenizer_config.json"));
        config.addProperty("bos_token", GOLDEN.bosToken);
        config.addProperty("eos_token", GOLDEN.eosToken);
        config.addProperty("chat_template", expected.template);
        ModelFixtures.write(folder.resolve("tokenizer_config.json"), config.toString());
        ModelFixtures.write(folder.resolve("generation_config.json"), "{\"eos_token_id\": 0}");

        assertThat(TextTokenizer.read(folder).chatPrompt(GOLDEN.question)).isEqualTo(expected.texts.get(0));
    }
}

package org.realm4knime.engine.template;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.realm4knime.engine.EngineException;
import org.realm4knime.faults.Declared;

/** Chat templates. */
public final class ChatTemplateFuzz {

    private static final Map<String, Object> CHAT = Map.of(
            "messages",
            List.of(Map.of("role", "user", "content", "2 + 3?"), Map.of("role", "assistant", "content", "5 {{ 1 }}")),
            "bos_token",
            "<s>",
            "eos_token",
            "</s>",
            "add_generation_prompt",
            true);

    @FuzzTest
    void template(byte[] data) {
        read(data);
    }

    /** Reads a template and fills it in. */
    public static void read(byte[] data) {
        String source = new String(data, StandardCharsets.UTF_8);
        Declared.only(data, () -> new JinjaTemplate(source, "t").render(CHAT), EngineException.class);
    }
}

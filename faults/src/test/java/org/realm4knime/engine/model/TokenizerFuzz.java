package org.realm4knime.engine.model;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.realm4knime.engine.EngineException;
import org.realm4knime.faults.Declared;
import org.realm4knime.faults.Scratch;

/** tokenizer.json, which the tokenizer's native library reads too: the process stays alive. */
public final class TokenizerFuzz {

    private static final Scratch SCRATCH = new Scratch()
            .with("examples/quickstart/data/models/base", List.of("tokenizer_config.json", "generation_config.json"));

    @FuzzTest
    void tokenizer(byte[] data) {
        read(data);
    }

    /** Reads a tokenizer, and cuts and joins a text with it. */
    public static void read(byte[] data) {
        SCRATCH.write("tokenizer.json", data);
        Declared.only(
                data,
                () -> {
                    TextTokenizer tokenizer = TextTokenizer.read(SCRATCH.folder());
                    tokenizer.decode(tokenizer.encode("What is 2 + 3?\n\u00e4\uD83D\uDE00"));
                    tokenizer.chatPrompt("2 + 3?");
                },
                EngineException.class);
    }
}

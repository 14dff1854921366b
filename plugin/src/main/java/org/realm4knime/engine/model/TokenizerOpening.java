package org.realm4knime.engine.model;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.google.gson.JsonParseException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.torch.Torch;

/** What is handed to the native tokenizer library, and what comes back from it. */
final class TokenizerOpening {

    private TokenizerOpening() {}

    /**
     * Reads what the engine needs to know of a tokenizer.json, and checks what the library does not survive.
     *
     * @throws EngineException if it is no tokenizer that can be used
     */
    static TokenizerJson vocabulary(Path file, String content) {
        try {
            TokenizerJson vocabulary = new TokenizerJson(content);
            TokenizerCheck.check(file, content, vocabulary);
            return vocabulary;
        } catch (IOException | IllegalStateException | NumberFormatException | JsonParseException e) {
            throw new EngineException(
                    file + " is not a tokenizer that can be used: " + JsonFiles.reason(e) + ". Download it again.", e);
        }
    }

    /** Opens a checked tokenizer, which is freed by the garbage collector. */
    static HuggingFaceTokenizer open(Path file, byte[] content) {
        Map<String, String> options = Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");
        return Torch.enter(() -> {
            try {
                return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(content), options);
            } catch (IOException | RuntimeException e) {
                throw new EngineException(file + " is not a tokenizer that can be used: " + e.getMessage(), e);
            }
        });
    }

    /**
     * Token ids of a text.
     *
     * @param special whether the tokenizer may add special tokens
     * @throws EngineException if the tokenizer has no token for a part of the text, not even an unknown one
     */
    static long[] encode(HuggingFaceTokenizer tokenizer, String text, boolean special) {
        return Torch.enter(() -> {
            try {
                return tokenizer.encode(text, special, false).getIds();
            } catch (RuntimeException e) {
                throw new EngineException(
                        "The tokenizer cannot cut a text into tokens: " + e.getMessage()
                                + ". Its tokenizer.json does not fit its own vocabulary: download the model again.",
                        e);
            }
        });
    }
}

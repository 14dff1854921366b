package org.realm4knime.engine.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.realm4knime.engine.generate.SamplingSettings;

/**
 * One request: what is asked, and with which options.
 *
 * @param prompt the user's message
 * @param sampling how the answer is drawn
 * @param seed of this answer, of which a prompt has one for each sample; null if nothing is drawn
 */
record Question(String prompt, SamplingSettings sampling, Integer seed) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LETTERS_OF_TOKEN = 4;
    /** What a chat template puts around a prompt, roughly. */
    private static final int FRAME = 8;

    private static final long MIX = 0x9E3779B97F4A7C15L;

    /** A prompt's answers at temperature 0 are all the same question. */
    static Question of(String prompt, SamplingSettings sampling, int sample) {
        if (sampling.temperature() == 0) {
            return new Question(prompt, sampling, null);
        }
        long mixed = (sampling.seed() + 1) * MIX + sample;
        mixed = (mixed ^ (mixed >>> 30)) * MIX;
        // servers want a whole number that is not negative
        return new Question(prompt, sampling, (int) ((mixed ^ (mixed >>> 29)) & Integer.MAX_VALUE));
    }

    /** Names the question in the cache: the same for the same model, prompt and options, whoever serves the model. */
    String key(EndpointSettings endpoint) {
        boolean options = endpoint.dialect() == Dialect.USUAL;
        List<?> parts = List.of(
                endpoint.model(),
                endpoint.systemPrompt(),
                endpoint.dialect(),
                prompt,
                sampling.maxNewTokens(),
                options ? sampling.temperature() : "",
                options ? sampling.topK() : "",
                options ? sampling.topP() : "",
                options ? sampling.minP() : "",
                sampling.stopStrings(),
                seed == null ? "" : seed);
        try {
            return DigestUtils.sha256Hex(JSON.writeValueAsBytes(parts));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Tokens of the prompt, roughly. */
    long tokens(EndpointSettings endpoint) {
        return FRAME + tokens(prompt) + tokens(endpoint.systemPrompt());
    }

    /** Tokens of a text, roughly. */
    static long tokens(String text) {
        return (text.length() + LETTERS_OF_TOKEN - 1) / LETTERS_OF_TOKEN;
    }
}

package org.realm4knime.headless.serve;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.model.TextTokenizer;
import org.realm4knime.faults.Declared;
import org.realm4knime.faults.Scratch;

/** Requests to realm serve. The input's first byte says whether it is a chat. */
public final class ServeRequestFuzz {

    private static final int POSITIONS = 64;
    private static final TextTokenizer TOKENIZER = TextTokenizer.read(new Scratch()
            .with(
                    "examples/quickstart/data/models/base",
                    List.of("tokenizer.json", "tokenizer_config.json", "generation_config.json"))
            .folder());

    @FuzzTest
    void request(byte[] data) {
        read(data);
    }

    /** Reads a request as the server does. */
    public static void read(byte[] data) {
        if (data.length == 0) {
            return;
        }
        String body = new String(Arrays.copyOfRange(data, 1, data.length), StandardCharsets.UTF_8);
        Declared.only(
                data,
                () -> {
                    RequestJson request = RequestJson.parse(body);
                    request.text("model");
                    Asked asked = Asked.read(
                            data[0] % 2 == 0, request, TOKENIZER, POSITIONS, ServeLimits.DEFAULT.completions());
                    if (asked.samples() < 1 || asked.settings().maxNewTokens() < 1) {
                        throw new AssertionError("Accepted " + asked);
                    }
                },
                HttpFault.class,
                EngineException.class);
    }
}

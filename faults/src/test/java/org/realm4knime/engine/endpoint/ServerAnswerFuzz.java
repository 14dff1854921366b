package org.realm4knime.engine.endpoint;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.model.TextTokenizer;
import org.realm4knime.faults.Declared;
import org.realm4knime.faults.Scratch;

/** What servers answer, to questions and in a training. The input's first byte says with which status and to what. */
public final class ServerAnswerFuzz {

    private static final int[] STATUSES = {200, 200, 200, 400, 429, 500};
    private static final String URL = "http://localhost:1/v1";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final ApiKey KEY = ApiKey.of("sk-planted", "test");
    private static final EndpointSettings SETTINGS = new EndpointSettings(
            "model", List.of(URL), "", Dialect.USUAL, new EndpointLimits(10, 1, 0, 0, 0), new TokenPrices(0, 0));
    private static final SamplingSettings SAMPLING = SamplingSettings.greedy(16);
    private static final TextTokenizer TOKENIZER = TextTokenizer.read(new Scratch()
            .with(
                    "examples/quickstart/data/models/base",
                    List.of("tokenizer.json", "tokenizer_config.json", "generation_config.json"))
            .folder());

    @FuzzTest
    void answer(byte[] data) {
        read(data);
    }

    /** Asks a server that answers with the input. */
    public static void read(byte[] data) {
        if (data.length == 0) {
            return;
        }
        int first = data[0] & 0xFF;
        HttpClient client = new Canned(STATUSES[first / 2 % STATUSES.length], Arrays.copyOfRange(data, 1, data.length));
        Declared.only(
                data,
                () -> {
                    if (first % 2 == 0) {
                        chat(client);
                    } else {
                        complete(client);
                    }
                },
                EndpointFault.class,
                EngineException.class);
    }

    private static void chat(HttpClient client) {
        Reply reply = new ChatClient(SETTINGS, URL, KEY, client, name -> {}).ask(Question.of("2 + 3?", SAMPLING, 0));
        if ((reply.text() + reply.thought()).contains(KEY.value())) {
            throw new AssertionError("The key is in " + reply);
        }
    }

    private static void complete(HttpClient client) {
        SamplerClient sampler =
                new SamplerClient(URL, KEY, new EndpointHttp(client, TIMEOUT, KEY), TOKENIZER, TOKENIZER.vocabSize());
        for (Completion completion : sampler.complete("adapter", new int[] {1}, 2, SAMPLING, 1)) {
            boolean known = Arrays.stream(completion.tokens()).allMatch(id -> id >= 0 && id < TOKENIZER.vocabSize());
            float[] logProbs = completion.logProbs();
            boolean possible = IntStream.range(0, logProbs.length).allMatch(i -> Float.isFinite(logProbs[i]));
            if (!known || !possible) {
                throw new AssertionError("Accepted " + completion);
            }
        }
    }
}

package org.realm4knime.headless.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.endpoint.ApiKey;
import org.realm4knime.engine.endpoint.Dialect;
import org.realm4knime.engine.endpoint.EndpointLimits;
import org.realm4knime.engine.endpoint.EndpointModel;
import org.realm4knime.engine.endpoint.EndpointSettings;
import org.realm4knime.engine.endpoint.TokenPrices;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.generate.Generator;
import org.realm4knime.engine.generate.LiveGenerator;
import org.realm4knime.engine.generate.LiveRequest;
import org.realm4knime.engine.generate.PackedModel;
import org.realm4knime.engine.generate.RowRandom;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.generate.Written;
import org.realm4knime.engine.model.LanguageModel;

/** The server over real HTTP: what it writes is compared with what the engine writes without it. */
class ModelServerTest {

    private static final String QUESTION = "A gold member returns a laptop.";
    private static final SamplingSettings SETTINGS = SamplingSettings.sample(12, 0.8, 7);

    @TempDir
    private Path adapters;

    private ServedModel served;

    @BeforeEach
    void start() throws IOException {
        served = new ServedModel(ServedModel.settings(null, adapters, ServeLimits.DEFAULT));
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private static List<Completion> expected(LanguageModel model) throws Exception {
        return new Generator(model, 4)
                .complete(List.of(model.tokenizer().encode(QUESTION)), 3, SETTINGS, Progress.silent())
                .get(0);
    }

    /** A request for what {@link #expected} is. */
    private String request(String model, String more) {
        return """
               {"model": "%s", "prompt": %s, "n": 3, "max_tokens": 12, "temperature": 0.8, "seed": %d, "logprobs": 1,
                "return_token_ids": true, "add_special_tokens": false %s}"""
                .formatted(
                        model,
                        new Gson().toJson(served.model.tokenizer().encode(QUESTION)),
                        RowRandom.promptSeed(SETTINGS.seed(), 0),
                        more);
    }

    private static int[] ints(JsonArray array) {
        return new Gson().fromJson(array, int[].class);
    }

    private static void assertWritten(JsonObject choice, Completion completion) {
        assertThat(ints(choice.getAsJsonArray("token_ids"))).containsExactly(completion.drawn(-1));
        float[] logProbs =
                new Gson().fromJson(choice.getAsJsonObject("logprobs").get("token_logprobs"), float[].class);
        assertThat(logProbs).containsExactly(completion.logProbs(), within(1e-4f));
        assertThat(choice.get("text").getAsString()).isEqualTo(completion.text());
        assertThat(choice.get("finish_reason").getAsString()).isEqualTo(completion.truncated() ? "length" : "stop");
    }

    @Test
    void completionsAreThoseOfTheSameSeedHere() throws Exception {
        List<Completion> expected = expected(served.model);

        HttpResponse<String> response = served.post("/completions", request("tiny", ""));

        assertThat(response.statusCode()).isEqualTo(200);
        JsonArray choices = ServedModel.json(response).getAsJsonArray("choices");
        for (int i = 0; i < 3; i++) {
            assertWritten(choices.get(i).getAsJsonObject(), expected.get(i));
        }
        assertThat(ints(choices.get(0).getAsJsonObject().getAsJsonArray("prompt_token_ids")))
                .containsExactly(served.model.tokenizer().encode(QUESTION));
        assertThat(ServedModel.json(response)
                        .getAsJsonObject("usage")
                        .get("completion_tokens")
                        .getAsInt())
                .isEqualTo(expected.stream().mapToInt(c -> c.logProbs().length).sum());
    }

    @Test
    void aStreamHasTheSameInPieces() throws Exception {
        List<Completion> expected = expected(served.model);

        HttpResponse<String> response = served.post("/completions", request("tiny", ", \"stream\": true"));

        assertThat(response.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        List<String> events = Stream.of(response.body().split("\n\n"))
                .map(event -> event.substring("data: ".length()))
                .toList();
        assertThat(events.get(events.size() - 1)).isEqualTo("[DONE]");
        StringBuilder[] texts = {new StringBuilder(), new StringBuilder(), new StringBuilder()};
        JsonArray[] tokens = {new JsonArray(), new JsonArray(), new JsonArray()};
        for (String event : events.subList(0, events.size() - 1)) {
            JsonObject choice = JsonParser.parseString(event)
                    .getAsJsonObject()
                    .getAsJsonArray("choices")
                    .get(0)
                    .getAsJsonObject();
            int sample = choice.get("index").getAsInt();
            texts[sample].append(choice.get("text").getAsString());
            tokens[sample].addAll(choice.getAsJsonArray("token_ids"));
        }
        for (int i = 0; i < 3; i++) {
            assertThat(texts[i]).hasToString(expected.get(i).text());
            assertThat(ints(tokens[i])).containsExactly(expected.get(i).drawn(-1));
        }
    }

    @Test
    void anAdapterIsLoadedReplacedAndUnloaded() throws Exception {
        String load = "{\"lora_name\": \"step-1\", \"lora_path\": \"one\" %s}";
        try (LanguageModel adapted = ServedModel.untrained()) {
            ServedModel.adapt(adapted, adapters.resolve("one"), 0.3);

            assertThat(served.post("/load_lora_adapter", load.formatted("")).statusCode())
                    .isEqualTo(200);

            assertThat(expected(adapted)).isNotEqualTo(expected(served.model));
            assertWrites(served, "step-1", expected(adapted));
        }
        assertThat(served.get(served.url() + "/models").body()).contains("\"tiny\"", "\"step-1\"");
        HttpResponse<String> again = served.post("/load_lora_adapter", load.formatted(""));
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(again.body()).contains("already been loaded");
        assertThat(served.post("/load_lora_adapter", load.formatted(", \"load_inplace\": true"))
                        .statusCode())
                .isEqualTo(200);
        String unload = "{\"lora_name\": \"step-1\"}";
        assertThat(served.post("/unload_lora_adapter", unload).statusCode()).isEqualTo(200);
        assertThat(served.post("/unload_lora_adapter", unload).statusCode()).isEqualTo(404);
        assertThat(served.post("/completions", request("step-1", "")).statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"missing, 404", "../outside, 404", "/, 403", "., 400"})
    void onlyAdaptersOfTheFolderAreRead(String path, int status) throws Exception {
        String load = "{\"lora_name\": \"other\", \"lora_path\": \"" + path + "\"}";
        assertThat(served.post("/load_lora_adapter", load).statusCode()).isEqualTo(status);
    }

    @Test
    void allWeightsAreReplaced() throws Exception {
        Path folder = Files.createDirectory(adapters.resolve("weights"));
        ServeSettings settings = ServedModel.settings(null, adapters, folder, ServeLimits.DEFAULT);
        try (LanguageModel other = ServedModel.untrained(4);
                ServedModel server = new ServedModel(settings)) {
            other.write(folder.resolve("step-2"));
            List<Completion> expected = expected(other);
            assertThat(expected).isNotEqualTo(expected(server.model));

            assertThat(reload(server, "step-2").statusCode()).isEqualTo(200);

            assertWrites(server, "tiny", expected);
            // adapters are added to the weights that are there now
            ServedModel.adapt(other, adapters.resolve("one"), 0.3);
            server.post("/load_lora_adapter", "{\"lora_name\": \"one\", \"lora_path\": \"one\"}");
            assertWrites(server, "one", expected(other));
            assertThat(server.postTo(root(server) + "/reset_prefix_cache", "").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void onlyWeightsThatFitAndLieInTheFolderAreTaken() throws Exception {
        Path folder = Files.createDirectory(adapters.resolve("weights"));
        LanguageModel larger = LanguageModel.read(Path.of("../../examples/quickstart/data/models/base"));
        try (larger;
                ServedModel server = new ServedModel(ServedModel.settings(null, null, folder, ServeLimits.DEFAULT))) {
            larger.write(folder.resolve("larger"));
            Files.createDirectory(folder.resolve("empty"));

            assertThat(reload(server, "larger").statusCode()).isEqualTo(400);
            assertThat(reload(server, "larger").body()).contains("another kind or size");
            assertThat(reload(server, "empty").statusCode()).isEqualTo(400);
            assertThat(reload(server, "missing").statusCode()).isEqualTo(404);
            assertThat(reload(server, "..").statusCode()).isEqualTo(403);
            assertThat(server.postTo(root(server) + "/collective_rpc", "{\"method\": \"exec\"}")
                            .body())
                    .contains("reload_weights only");
            assertWrites(server, "tiny", expected(server.model));
            HttpResponse<String> closed = reload(served, "larger");
            assertThat(closed.statusCode()).isEqualTo(404);
            assertThat(closed.body()).contains("--weights");
        }
    }

    private static HttpResponse<String> reload(ServedModel server, String path) throws Exception {
        return server.postTo(
                root(server) + "/collective_rpc",
                "{\"method\": \"reload_weights\", \"kwargs\": {\"weights_path\": \"" + path + "\"}}");
    }

    private static String root(ServedModel server) {
        return server.url().replace("/v1", "");
    }

    private void assertWrites(ServedModel server, String model, List<Completion> expected) throws Exception {
        JsonArray choices = ServedModel.json(server.post("/completions", request(model, "")))
                .getAsJsonArray("choices");
        for (int i = 0; i < 3; i++) {
            assertWritten(choices.get(i).getAsJsonObject(), expected.get(i));
        }
    }

    /** The Language Model Connector's own client is the other side. */
    @Test
    void theConnectorAsksIt() throws Exception {
        EndpointSettings settings = new EndpointSettings(
                "tiny",
                List.of(served.url()),
                "",
                Dialect.values()[0],
                new EndpointLimits(60, 2, 0, 0, 0),
                new TokenPrices(0, 0));
        SamplingSettings greedy = SamplingSettings.greedy(8);
        String prompt = served.model.tokenizer().chatPrompt(QUESTION);
        Completion expected = new Generator(served.model, 1)
                .generate(List.of(prompt), 1, greedy, Progress.silent())
                .get(0)
                .get(0);

        try (EndpointModel model = new EndpointModel(settings, ApiKey.none(), Optional.empty(), note -> {})) {
            Written written = model.generate(List.of(QUESTION), 1, greedy, 1, Progress.silent())
                    .get(0)
                    .get(0);
            assertThat(written.error()).isNull();
            assertThat(written.text()).isEqualTo(expected.text().strip());
            assertThat(written.truncated()).isEqualTo(expected.truncated());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/completions | { | 400 | The request is no JSON.",
                "/completions | {'model': 'tiny'} | 400 | 'prompt' is missing.",
                "/completions | {'model': 'none', 'prompt': 'gold'} | 404 | The model `none` does not exist.",
                "/completions | {'model': 'tiny', 'prompt': []} | 400 | The prompt is empty.",
                "/completions | {'model': 'tiny', 'prompt': [99999]} | 400 | has the token 99999",
                "/completions | {'model': 'tiny', 'prompt': 'gold', 'n': 0} | 400 | 'n' must be from 1",
                "/completions | {'model': 'tiny', 'prompt': 'gold', 'top_p': 0} | 400 | 'top_p' is 0.0",
                "/completions | {'model': 'tiny', 'prompt': 'gold', 'temperature': 'hot'} | 400 | must be a number",
                "/completions | {'model': 'tiny', 'prompt': 'gold', 'seed': 1.5} | 400 | must be a whole number",
                "/chat/completions | {'model': 'tiny', 'messages': []} | 400 | 'messages' is empty.",
                "/chat/completions | {'model': 'tiny', 'messages': [1]} | 400 | must be a list of objects",
                "/chat/completions | {'model': 'tiny', 'messages': [{'role': 'user'}]} | 400 | 'content' is missing.",
                "/nothing | {} | 404 | There is nothing at POST /v1/nothing."
            })
    void whatIsWrongIsSaidAsTheProtocolDoes(String path, String body, int status, String message) throws Exception {
        HttpResponse<String> response = served.post(path, body.replace('\'', '"'));

        assertThat(response.statusCode()).isEqualTo(status);
        JsonObject error = ServedModel.json(response).getAsJsonObject("error");
        assertThat(error.get("message").getAsString()).contains(message);
        assertThat(error.get("code").getAsInt()).isEqualTo(status);
    }

    @Test
    void aTokenIsAskedFor() throws Exception {
        ServeSettings settings = ServedModel.settings("secret", null, ServeLimits.DEFAULT);
        try (ServedModel other = new ServedModel(settings)) {
            assertThat(other.post("/completions", request("tiny", "")).statusCode())
                    .isEqualTo(401);
            assertThat(other.get(other.url() + "/models").statusCode()).isEqualTo(401);
            assertThat(other.get(other.url().replace("/v1", "/health")).statusCode())
                    .isEqualTo(200);
            assertThat(other.post("/completions", request("tiny", ""), "Authorization", "Bearer secret")
                            .statusCode())
                    .isEqualTo(200);
            HttpResponse<String> load = other.post("/load_lora_adapter", "{}", "Authorization", "Bearer secret");
            assertThat(load.statusCode()).isEqualTo(404);
            assertThat(load.body()).contains("--adapters");
        }
    }

    @Test
    void aServerWhoseWritingThreadHasEndedSaysSo() throws Exception {
        ServeSettings settings = ServedModel.settings(null, null, ServeLimits.DEFAULT);
        LiveGenerator generator = new LiveGenerator(2);
        CompletableFuture<RuntimeException> failed = new CompletableFuture<>();
        try (ServedModel other = new ServedModel(ServedModel.untrained(), settings, generator);
                PackedModel packed = PackedModel.of(other.model)) {
            generator.submit(
                    new LiveRequest(packed, new int[] {1}, 1, SamplingSettings.greedy(4)),
                    new LiveGenerator.Listener() {
                        @Override
                        public void ended(int sample, Completion completion) {
                            throw new LinkageError("a library is gone");
                        }

                        @Override
                        public void failed(RuntimeException cause) {
                            failed.complete(cause);
                        }
                    });
            assertThat(failed.join()).hasMessageContaining("a library is gone");

            HttpResponse<String> health = other.get(other.url().replace("/v1", "/health"));
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).contains("a library is gone", "Start the server again");
            assertThat(other.post("/completions", request("tiny", "")).statusCode())
                    .isEqualTo(503);
        }
    }

    @Test
    void whatIsTooLargeTooOftenOrFromAFormIsRefused() throws Exception {
        ServeSettings settings = ServedModel.settings(null, null, new ServeLimits(400, 1, 2, 4, 1));
        try (ServedModel other = new ServedModel(settings)) {
            assertThat(other.post("/completions", request("tiny", ""), "Content-Type", "text/plain")
                            .statusCode())
                    .isEqualTo(415);
            assertThat(other.post("/completions", " ".repeat(401)).statusCode()).isEqualTo(413);
            HttpResponse<String> third = other.post("/completions", request("tiny", ""));
            assertThat(third.statusCode()).isEqualTo(429);
            assertThat(third.headers().firstValue("retry-after")).isPresent();
        }
    }

    @Test
    void noOtherMachineIsAnsweredWithoutAToken() {
        ServeSettings open = new ServeSettings("tiny", "0.0.0.0", 0, null, null, null, 4, ServeLimits.DEFAULT);
        assertThatThrownBy(() -> ModelServer.start(served.model, open))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("a token is needed");
    }
}

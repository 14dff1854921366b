package org.realm4knime.engine.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.realm4knime.engine.endpoint.FaultServer.MODEL;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.generate.Written;

class EndpointModelTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final FaultServer server = new FaultServer();

    @AfterEach
    void closeServer() {
        server.close();
    }

    private JsonNode request(int number) throws IOException {
        return JSON.readTree(server.bodies().get(number));
    }

    @Test
    void theOptionsAreThoseOfTheProtocol() throws Exception {
        SamplingSettings sampling = new SamplingSettings(50, 0.5, 20, 0.9, 0.1, 1, List.of("END"));
        EndpointModel model = Endpoints.of(server).system("Be brief.").open();
        model.generate(List.of("2 + 2?"), 1, sampling, 1, Progress.silent());
        JsonNode sent = request(0);
        assertThat(sent.at("/model").asText()).isEqualTo(MODEL);
        assertThat(sent.at("/messages/0/role").asText()).isEqualTo("system");
        assertThat(sent.at("/messages/0/content").asText()).isEqualTo("Be brief.");
        assertThat(sent.at("/messages/1/content").asText()).isEqualTo("2 + 2?");
        assertThat(sent.at("/max_tokens").asInt()).isEqualTo(50);
        assertThat(sent.at("/temperature").asDouble()).isEqualTo(0.5);
        assertThat(sent.at("/top_k").asInt()).isEqualTo(20);
        assertThat(sent.at("/top_p").asDouble()).isEqualTo(0.9);
        assertThat(sent.at("/min_p").asDouble()).isEqualTo(0.1);
        assertThat(sent.at("/stop/0").asText()).isEqualTo("END");
        assertThat(sent.at("/seed").isInt()).isTrue();
        assertThat(server.authorizations()).containsExactly("Bearer " + Endpoints.KEY);
    }

    @Test
    void reasoningModelsAreToldOnlyHowLongTheyMayWrite() throws Exception {
        Endpoints.of(server).dialect(Dialect.REASONING).ask("2 + 2?");
        assertThat(request(0).at("/max_completion_tokens").asInt()).isEqualTo(64);
        assertThat(request(0).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("model", "messages", "stream", "max_completion_tokens");
    }

    @Test
    void everySampleHasASeedOfItsOwn() throws Exception {
        EndpointModel model = Endpoints.of(server).open();
        List<List<Written>> written = model.generate(
                List.of("2 + 2?", "1 + 3?"), 3, SamplingSettings.sample(64, 0.7, 1), 1, Progress.silent());
        assertThat(written).hasSize(2).allMatch(samples -> samples.size() == 3);
        Set<Integer> seeds = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            seeds.add(request(i).at("/seed").asInt());
        }
        assertThat(seeds).hasSize(3).allMatch(seed -> seed >= 0);
        assertThat(server.bodies()).hasSize(6);
    }

    @Test
    void whatIsNotDrawnIsAskedOnce() throws Exception {
        EndpointModel model = Endpoints.of(server).open();
        List<List<Written>> written =
                model.generate(List.of("2 + 2?", "2 + 2?"), 3, SamplingSettings.greedy(64), 1, Progress.silent());
        assertThat(written).hasSize(2).allMatch(samples -> samples.size() == 3);
        assertThat(server.bodies()).hasSize(1);
        assertThat(request(0).has("seed")).isFalse();
    }

    @Test
    void anAnswerHasItsTokensAndSaysWhetherItWasCut() throws Exception {
        server.first(FaultServer.message(Map.of("content", "The ans"), "length", MODEL));
        Written cut = Endpoints.of(server).ask("2 + 2?");
        assertThat(cut.truncated()).isTrue();
        assertThat(cut.tokens()).isEqualTo(7);
        assertThat(cut.meanLogProb()).isNaN();
        assertThat(Endpoints.of(server).ask("2 + 2?").truncated()).isFalse();
    }

    @Test
    void theThoughtIsKeptApart() throws Exception {
        server.first(
                FaultServer.message(Map.of("content", "It is 4.", "reasoning_content", "two twos"), "stop", MODEL),
                FaultServer.message(Map.of("content", "It is 4.", "reasoning", "two twos"), "stop", MODEL),
                FaultServer.says("<think>\ntwo twos\n</think>\n\nIt is 4."),
                FaultServer.message(Map.of("content", "<think>two tw"), "length", MODEL));
        EndpointModel model = Endpoints.of(server).open();
        List<Written> written = Endpoints.ask(model, List.of("a", "b", "c", "d"));
        assertThat(written.subList(0, 3)).extracting(Written::text).containsOnly("It is 4.");
        assertThat(written.subList(0, 3))
                .extracting(Written::thought)
                .allMatch(thought -> thought.contains("two twos"));
        assertThat(written.get(3).text()).isEmpty();
        assertThat(written.get(3).truncated()).isTrue();
    }

    @Test
    void aTextEndsBeforeAStopStringThatTheServerPassedOver() throws Exception {
        server.always(FaultServer.says("It is 4. END It is 5."));
        SamplingSettings sampling = SamplingSettings.greedy(64).withStopStrings(List.of("END"));
        assertThat(Endpoints.of(server).open().generate(List.of("2 + 2?"), 1, sampling, 1, Progress.silent()))
                .first()
                .satisfies(samples -> assertThat(samples.get(0).text()).isEqualTo("It is 4."));
    }

    @Test
    void anInterruptedJobAsksNothingTwice() throws Exception {
        List<String> questions =
                IntStream.range(0, 12).mapToObj(i -> i + " + 1?").toList();
        AtomicBoolean canceled = new AtomicBoolean();
        Progress stopsHalfway = new Progress() {
            @Override
            public void report(double fraction, String message) {
                canceled.compareAndSet(false, fraction >= 0.5 && fraction < 1);
            }

            @Override
            public void checkCanceled() throws CanceledJobException {
                if (canceled.get()) {
                    throw new CanceledJobException();
                }
            }
        };
        SamplingSettings sampling = SamplingSettings.sample(64, 0.7, 5);
        EndpointModel model = Endpoints.of(server).cache(folder).open();
        assertThatThrownBy(() -> model.generate(questions, 1, sampling, 1, stopsHalfway))
                .isInstanceOf(CanceledJobException.class);
        long kept = lines();
        assertThat(kept).isBetween(6L, 12L);

        EndpointModel again = Endpoints.of(server).cache(folder).open();
        assertThat(again.generate(questions, 1, sampling, 1, Progress.silent())).hasSize(12);
        // not counted at the server, where a request of the canceled job may arrive late
        assertThat(again.usage().requests()).isEqualTo(12 - kept);
        assertThat(again.usage().known()).isEqualTo(kept);
        again.generate(questions, 1, sampling.withSeed(6), 1, Progress.silent());
        assertThat(again.usage().answered())
                .as("another seed is another question")
                .isEqualTo(24 - kept);
    }

    private long lines() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return Files.readAllLines(files.findFirst().orElseThrow()).size();
        }
    }

    @Test
    void whatAKilledProcessLeftOfALineIsPassedOver() throws Exception {
        Endpoints endpoint = Endpoints.of(server).cache(folder);
        endpoint.ask("1 + 1?");
        Path file;
        try (Stream<Path> files = Files.list(folder)) {
            file = files.findFirst().orElseThrow();
        }
        Files.writeString(file, "{\"question\":\"12", StandardOpenOption.APPEND);
        endpoint.ask("2 + 2?");
        int before = server.bodies().size();
        Endpoints.ask(endpoint.open(), List.of("1 + 1?", "2 + 2?"));
        assertThat(server.bodies()).hasSize(before);
    }

    @Test
    void failedQuestionsAreAskedAgain() throws Exception {
        server.first(FaultServer.status(400, "no"));
        Endpoints endpoint = Endpoints.of(server).cache(folder);
        EndpointModel model = endpoint.open();
        assertThat(Endpoints.ask(model, List.of("2 + 2?")).get(0).isFailed()).isTrue();
        assertThat(model.warnings()).singleElement().asString().contains("1 of 1 questions");
        assertThat(endpoint.ask("2 + 2?").text()).isEqualTo("The answer is 4.");
    }

    @Test
    void anotherModelThanAskedForIsToldOf() throws Exception {
        server.first(FaultServer.message(Map.of("content", "4"), "stop", "test-model-2026-01-01"));
        EndpointModel model = Endpoints.of(server).open();
        Endpoints.ask(model, List.of("a"));
        assertThat(model.warnings()).isEmpty();
        server.always(FaultServer.message(Map.of("content", "4"), "stop", "tiny"));
        Endpoints.ask(model, List.of("b"));
        assertThat(model.warnings()).singleElement().asString().contains("'tiny' answered");
    }

    @Test
    void whatItTakesIsToldBeforeAndAfter() throws Exception {
        Endpoints endpoint = Endpoints.of(server).prices(1, 1_000_000).cache(folder);
        endpoint.ask("2 + 2?");
        assertThat(endpoint.notes)
                .containsExactly(
                        "about 1 requests, at most 74 tokens (10 to read), cost at most 64.00",
                        "1 requests, 18 tokens (11 read, 7 written), cost 7.00");
        endpoint.ask("2 + 2?");
        assertThat(endpoint.notes.get(3))
                .isEqualTo("0 requests, 0 tokens (0 read, 0 written), cost 0.0000; 1 answers were known from before");
    }

    @Test
    void theKeyIsNowhereButInTheHeader() throws Exception {
        String echo = "Your key is " + Endpoints.KEY + ".";
        server.first(
                FaultServer.status(500, echo),
                FaultServer.message(Map.of("content", echo, "reasoning_content", echo), "stop", Endpoints.KEY),
                FaultServer.status(400, "{\"detail\":\"" + echo + "\"}"));
        Endpoints endpoint = Endpoints.of(server).cache(folder);
        EndpointModel model = endpoint.open();
        List<Written> written = Endpoints.ask(model, List.of("a", "b"));
        assertThat(written.toString()).contains(ApiKey.HIDDEN).doesNotContain(Endpoints.KEY);
        assertThat(model.warnings().toString() + endpoint.notes + endpoint.settings() + ApiKey.of(Endpoints.KEY, "x"))
                .doesNotContain(Endpoints.KEY);
        try (Stream<Path> files = Files.walk(folder).filter(Files::isRegularFile)) {
            for (Path file : files.toList()) {
                assertThat(Files.readString(file, StandardCharsets.UTF_8))
                        .isNotEmpty()
                        .doesNotContain(Endpoints.KEY);
            }
        }
        assertThat(server.authorizations()).containsOnly("Bearer " + Endpoints.KEY);
    }
}

package org.realm4knime.engine.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.realm4knime.engine.endpoint.FaultServer.MODEL;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.endpoint.EndpointFault.Kind;
import org.realm4knime.engine.endpoint.FaultServer.Behaviour;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.generate.Written;

/** Whatever a server does, a question becomes an answer or a row with its error, and what concerns all ends the job. */
class EndpointFaultsTest {

    private static final String WHOLE = FaultServer.document(Map.of("content", "The answer is 4."), "stop", MODEL);

    private final FaultServer server = new FaultServer();

    @AfterEach
    void closeServer() {
        server.close();
    }

    /** Faults that pass, and what is said of them if they do not. */
    static Stream<Arguments> passing() {
        return Stream.of(
                arguments("429", FaultServer.status(429, "{\"error\":{\"message\":\"slow down\"}}"), "slow down"),
                arguments("429 with a time", FaultServer.status(429, "", "Retry-After", "7"), "too many requests"),
                arguments("500", FaultServer.status(500, "<html><b>oops</b></html>"), "(it says: oops)"),
                arguments("503", FaultServer.status(503, ""), "overloaded or away"),
                arguments("reset", FaultServer.reset(), "broke before the answer was whole"),
                arguments("hang", FaultServer.hang(), "no whole answer within 1 s (setting 'Time-out')"),
                arguments("drip", FaultServer.drip(), "no whole answer within 1 s (setting 'Time-out')"),
                arguments("half a document", FaultServer.halfOf(WHOLE), "broke before the answer was whole"),
                arguments(
                        "half a document that looks whole",
                        FaultServer.json(WHOLE.substring(0, WHOLE.length() / 2)),
                        "no whole answer of the chat protocol"),
                arguments(
                        "no choice",
                        FaultServer.json("{\"model\":\"test-model\",\"choices\":[]}"),
                        "no whole answer of the chat protocol"),
                arguments("an empty choice", FaultServer.says(" "), "empty answer"),
                arguments(
                        "bad UTF-8",
                        FaultServer.bytes(
                                "application/json",
                                WHOLE.replace("answer", "\u00ff").getBytes(StandardCharsets.ISO_8859_1)),
                        "no text (UTF-8)"),
                arguments(
                        "a page",
                        FaultServer.bytes("text/html; charset=utf-8", "<p>Hello".getBytes(StandardCharsets.UTF_8)),
                        "text/html instead of JSON"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("passing")
    void aFaultThatPassesIsTriedAgain(String name, Behaviour fault, String said) throws CanceledJobException {
        server.first(fault);
        Endpoints endpoint = Endpoints.of(server);
        assertThat(endpoint.ask("2 + 2?").text()).isEqualTo("The answer is 4.");
        assertThat(server.bodies()).hasSize(2);
        assertThat(endpoint.time.waits()).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("passing")
    void aFaultThatStaysIsARowWithItsError(String name, Behaviour fault, String said) throws CanceledJobException {
        server.always(fault);
        Written written = Endpoints.of(server).retries(1).ask("2 + 2?");
        assertThat(written.isFailed()).isTrue();
        assertThat(written.text()).isEmpty();
        assertThat(written.error()).contains(said).endsWith("(asked 2 times)");
        assertThat(server.bodies()).hasSize(2);
    }

    @Test
    void theServerSaysHowLongToWait() throws CanceledJobException {
        server.first(FaultServer.status(429, "", "Retry-After", "37"));
        Endpoints endpoint = Endpoints.of(server);
        endpoint.ask("2 + 2?");
        assertThat(endpoint.time.waits()).singleElement().satisfies(wait -> assertThat(wait)
                .isBetween(Duration.ofSeconds(37), Duration.ofSeconds(38)));
    }

    @Test
    void theTimeToWaitMayBeADate() {
        Instant now = Instant.parse("2026-01-01T12:00:00Z");
        String later =
                DateTimeFormatter.RFC_1123_DATE_TIME.format(now.plusSeconds(90).atOffset(ZoneOffset.UTC));
        EndpointFault fault = new StatusFaults("http://h", ApiKey.none()).of(503, "", Optional.of(later), now);
        assertThat(fault.kind()).isEqualTo(Kind.REST);
        assertThat(fault.waitTold()).contains(Duration.ofSeconds(90));
        assertThat(new StatusFaults("http://h", ApiKey.none())
                        .of(503, "", Optional.of("soon"), now)
                        .waitTold())
                .isEmpty();
    }

    @Test
    void whoIsToWaitForHoursGivesUpTheQuestion() throws CanceledJobException {
        server.always(FaultServer.status(429, "", "Retry-After", "7200"));
        Endpoints endpoint = Endpoints.of(server);
        assertThat(endpoint.ask("2 + 2?").isFailed()).isTrue();
        assertThat(endpoint.time.waits()).isEmpty();
    }

    @Test
    void aRefusedQuestionIsNotAskedAgain() throws CanceledJobException {
        server.first(FaultServer.status(400, "{\"error\":{\"message\":\"the prompt is too long\"}}"));
        List<Written> written = Endpoints.ask(Endpoints.of(server).open(), List.of("long", "2 + 2?"));
        assertThat(written.get(0).error()).contains("refused the question").contains("the prompt is too long");
        assertThat(written.get(1).text()).isEqualTo("The answer is 4.");
        assertThat(server.bodies()).hasSize(2);
    }

    @Test
    void whatAServerOfATrainingSaysIsRepeatedAsItSaysIt() {
        server.first(FaultServer.status(400, "{\"error\":{\"message\":\"n is too large (at most 4).\"}}"));
        String url = server.url() + "/chat";
        EndpointHttp http = EndpointHttp.plain(Duration.ofSeconds(5), ApiKey.none());
        SamplerClient client = new SamplerClient(url, ApiKey.none(), http, null, 0);
        assertThatThrownBy(() -> client.complete("step-1", new int[] {1}, 8, SamplingSettings.greedy(4), 1))
                .isInstanceOf(EngineException.class)
                .hasMessage(
                        "The server " + url + " refused a request (HTTP 400). It says: n is too large (at most 4).");
    }

    @Test
    void anAnswerOfTenMegabytesIsNotReadToItsEnd() throws CanceledJobException {
        server.always(FaultServer.says("x".repeat(10 << 20)));
        assertThat(Endpoints.of(server).timeout(60).ask("2 + 2?").error()).contains("more than 8 MB");
        assertThat(server.bodies()).hasSize(1);
    }

    @Test
    void whatAContentFilterHoldsBackIsARow() throws CanceledJobException {
        server.always(FaultServer.message(Map.of("content", "I"), "content_filter", MODEL));
        assertThat(Endpoints.of(server).ask("2 + 2?").error()).contains("content filter");
    }

    static Stream<Arguments> stopping() {
        return Stream.of(
                arguments(
                        401, "{\"error\":{\"message\":\"bad key " + Endpoints.KEY + "\"}}", "does not accept the key"),
                arguments(403, "Forbidden for " + Endpoints.KEY, "does not accept the key"),
                arguments(404, "{\"error\":{\"message\":\"no model test-model\"}}", "no model test-model"),
                arguments(429, "{\"error\":{\"code\":\"insufficient_quota\"}}", "no money left"),
                arguments(302, "", "new address"));
    }

    @ParameterizedTest
    @MethodSource("stopping")
    void whatConcernsEveryQuestionEndsTheJob(int status, String body, String said) {
        server.always(FaultServer.status(status, body, "Location", "http://127.0.0.1:1/"));
        assertThatThrownBy(() -> Endpoints.of(server).ask("2 + 2?"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(said)
                .hasMessageContaining("HTTP " + status)
                .hasMessageNotContaining(Endpoints.KEY);
        assertThat(server.bodies()).hasSize(1);
    }

    @Test
    void aServerThatIsNotThereIsSaidToBeSo() throws CanceledJobException {
        String url = server.url();
        server.close();
        assertThat(Endpoints.at(url).retries(1).ask("2 + 2?").error()).contains("cannot be reached");
    }

    @Test
    void whenNothingWorksAnyMoreTheRestIsNotAsked() {
        server.always(FaultServer.status(400, "no"));
        List<String> questions =
                IntStream.range(0, 100).mapToObj(i -> i + " + 1?").toList();
        EndpointModel model = Endpoints.of(server).open();
        assertThatThrownBy(() -> Endpoints.ask(model, questions))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("The last 20 questions")
                .hasMessageContaining("refused the question");
        assertThat(server.bodies().size()).isBetween(QuestionRun.HOPELESS, 99);
    }

    @Test
    void theOtherServerAnswersForOneThatIsGone() throws CanceledJobException {
        try (FaultServer other = new FaultServer()) {
            FaultServer gone = new FaultServer();
            gone.close();
            EndpointModel model = Endpoints.of(gone, other).parallel(2).open();
            assertThat(Endpoints.ask(model, List.of("1 + 3?", "2 + 2?", "3 + 1?")))
                    .extracting(Written::text)
                    .containsOnly("The answer is 4.");
            assertThat(other.bodies()).hasSize(3);
        }
    }
}

package org.realm4knime.headless.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example with an outside teacher, start to end, against a server that knows the answers and repeats its key. */
class OutsideTeacherTest {

    private static final Path WORKFLOW = Path.of("../../examples/outside-teacher");
    private static final String KEY = "sk-planted-0123456789abcdef";

    @TempDir
    private Path temp;

    private final AtomicInteger requests = new AtomicInteger();
    private volatile int status = 200;
    /** Part of the question that the server refuses; null for none. */
    private volatile String refused;
    /** What it was asked. */
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    private List<JsonObject> problems;
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        problems = Files.readAllLines(WORKFLOW.resolve("data/problems.jsonl")).stream()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
        Files.writeString(temp.resolve("key.txt"), KEY);
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(request);
        String key = exchange.getRequestHeaders().getFirst("Authorization");
        String number = problems.stream()
                .filter(problem -> request.contains(problem.get("question").getAsString()))
                .map(problem -> problem.get("answer").getAsString())
                .findFirst()
                .orElse("?");
        String body =
                """
                {"model":"%1$s","choices":[{"finish_reason":"stop","message":{"role":"assistant",
                 "content":"It is %2$s. The answer is %2$s.","reasoning_content":"%1$s"}}]}"""
                        .formatted(key, number);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        int said = refused != null && request.contains(refused) ? 400 : status;
        exchange.sendResponseHeaders(said, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private CommandLineRun run(Path out, String... more) {
        Stream<Object> arguments = Stream.of(
                "run",
                WORKFLOW,
                "--out",
                out,
                "--set",
                "Teacher on a server/baseUrl=http://127.0.0.1:"
                        + server.getAddress().getPort() + "/v1",
                "--set",
                "Teacher on a server/key=CREDENTIALS",
                "--set",
                "Teacher on a server/credentials=server",
                "--set",
                "Teach the student/steps=2");
        return CommandLineRun.of(Stream.concat(arguments, Stream.of(more)).toArray());
    }

    private CommandLineRun runWithKey(Path out, String... more) {
        return run(
                out,
                Stream.concat(Stream.of("--credentials", "server=file:" + temp.resolve("key.txt")), Stream.of(more))
                        .toArray(String[]::new));
    }

    @Test
    void itRunsFromStartToEndAndAsksNothingTwice() throws Exception {
        Path out = temp.resolve("out");
        CommandLineRun run = runWithKey(out);
        assertThat(run.code()).as(run.err() + run.out()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).containsPattern("teacher +boxes +without +5 +5 +100.0%");
        assertThat(Files.readString(out.resolve("realm.log")))
                .contains("teacher: about 20 requests", "teacher: 20 requests");
        // 20 routes, and 5 rationales with a rule in the prompt; all else is the same question
        assertThat(requests).hasValue(25);

        CommandLineRun again = runWithKey(out);
        assertThat(again.code()).isEqualTo(ExitCode.DONE);
        assertThat(requests).hasValue(25);
        for (String printed : List.of(run.out(), run.err(), again.out(), again.err())) {
            assertThat(printed).doesNotContain(KEY);
        }
        try (Stream<Path> files = Files.walk(out).filter(Files::isRegularFile)) {
            assertThat(files.toList()).hasSizeGreaterThan(10).allSatisfy(file -> assertThat(
                            Files.readString(file, StandardCharsets.ISO_8859_1))
                    .doesNotContain(KEY));
        }
    }

    @Test
    void resumingAsksAgainForWhatGotNoAnswerAndForNothingElse() throws Exception {
        refused = problems.get(0).get("question").getAsString();
        Path out = temp.resolve("out");
        CommandLineRun run = runWithKey(out);
        assertThat(run.code()).as(run.err() + run.out()).isEqualTo(ExitCode.DONE);
        assertThat(run.out() + run.err()).contains("got no answer");
        assertThat(asked).hasSizeGreaterThan(20);

        String before = refused;
        refused = null;
        asked.clear();
        CommandLineRun again = runWithKey(out, "--resume");
        assertThat(again.code()).as(again.err() + again.out()).isEqualTo(ExitCode.DONE);
        assertThat(asked).isNotEmpty().allSatisfy(request -> assertThat(request).contains(before));
        assertThat(again.out() + again.err()).doesNotContain("got no answer");

        asked.clear();
        assertThat(runWithKey(out, "--resume").code()).isEqualTo(ExitCode.DONE);
        assertThat(asked).isEmpty();
    }

    @Test
    void aWrongKeyEndsTheNodeWithAMessage() throws Exception {
        status = 401;
        Path out = temp.resolve("out");
        CommandLineRun run = runWithKey(out, "--keep-going");
        assertThat(run.code()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("Multi-Route Rollout (#4) failed").contains("does not accept the key");
        assertThat(run.out() + run.err() + Files.readString(out.resolve("realm.log")))
                .doesNotContain(KEY);
    }

    @Test
    void withoutItsCredentialsNothingIsComputed() {
        CommandLineRun run = run(temp.resolve("out"));
        assertThat(run.code()).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(run.err()).contains("no credentials called 'server'").contains("--credentials");
        assertThat(requests).hasValue(0);
    }
}

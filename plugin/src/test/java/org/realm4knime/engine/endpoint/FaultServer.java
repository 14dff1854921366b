package org.realm4knime.engine.endpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A server of the chat protocol that goes wrong in as many ways as it is told, and answers else. */
final class FaultServer implements AutoCloseable {

    static final String MODEL = "test-model";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Deque<Behaviour> next = new ConcurrentLinkedDeque<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private volatile Behaviour usual = says("The answer is 4.");

    /** What the server does with a request. */
    @FunctionalInterface
    interface Behaviour {
        void answer(HttpExchange exchange, FaultServer server) throws IOException;
    }

    FaultServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::handle);
        server.start();
    }

    /** What it does from now on, after what {@link #first} says. */
    FaultServer always(Behaviour behaviour) {
        usual = behaviour;
        return this;
    }

    /** What it does with the next requests, one each. */
    FaultServer first(Behaviour... behaviours) {
        next.addAll(List.of(behaviours));
        return this;
    }

    /** What it does when it is asked for its models; without this it knows no such address. */
    FaultServer lists(Behaviour behaviour) {
        server.createContext("/v1/models", exchange -> {
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            try (exchange) {
                behaviour.answer(exchange, this);
            }
        });
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** The bodies of all requests. */
    List<String> bodies() {
        return bodies;
    }

    /** The Authorization headers of all requests. */
    List<String> authorizations() {
        return authorizations;
    }

    private void handle(HttpExchange exchange) throws IOException {
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        Behaviour behaviour = next.poll();
        try (exchange) {
            (behaviour == null ? usual : behaviour).answer(exchange, this);
        }
    }

    static Behaviour says(String text) {
        return message(Map.of("role", "assistant", "content", text), "stop", MODEL);
    }

    static Behaviour message(Map<String, ?> message, String finish, String model) {
        return json(document(message, finish, model));
    }

    static String document(Map<String, ?> message, String finish, String model) {
        try {
            return JSON.writeValueAsString(Map.of(
                    "id",
                    "1",
                    "model",
                    model,
                    "choices",
                    List.of(Map.of("index", 0, "finish_reason", finish, "message", message)),
                    "usage",
                    Map.of("prompt_tokens", 11, "completion_tokens", 7, "total_tokens", 18)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Behaviour json(String document) {
        return (exchange, server) -> send(exchange, 200, "application/json", document.getBytes(StandardCharsets.UTF_8));
    }

    static Behaviour bytes(String contentType, byte[] body) {
        return (exchange, server) -> send(exchange, 200, contentType, body);
    }

    /** @param headers names and values in turn */
    static Behaviour status(int status, String body, String... headers) {
        return (exchange, server) -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            send(exchange, status, "application/json", body.getBytes(StandardCharsets.UTF_8));
        };
    }

    /** Closes the connection without a word. */
    static Behaviour reset() {
        return (exchange, server) -> {};
    }

    static Behaviour hang() {
        return (exchange, server) -> server.await(Long.MAX_VALUE);
    }

    /** A blank every now and then, and never an end. */
    static Behaviour drip() {
        return (exchange, server) -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            do {
                out.write(' ');
                out.flush();
            } while (!server.await(50));
        };
    }

    /** Announces a document and closes the connection within it. */
    static Behaviour halfOf(String document) {
        return (exchange, server) -> {
            byte[] whole = document.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, whole.length);
            exchange.getResponseBody().write(whole, 0, whole.length / 2);
            exchange.getResponseBody().flush();
        };
    }

    /** True once the server is closed. */
    private boolean await(long millis) {
        try {
            return closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static void send(HttpExchange exchange, int status, String contentType, byte[] body) throws IOException {
        if (!contentType.isEmpty()) {
            exchange.getResponseHeaders().add("Content-Type", contentType);
        }
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}

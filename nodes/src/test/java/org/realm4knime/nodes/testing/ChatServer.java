package org.realm4knime.nodes.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A server of the chat protocol, as far as nodes see of it: it answers, or refuses with a status. */
public final class ChatServer implements AutoCloseable {

    /** Name of its model. */
    public static final String MODEL = "test-model";

    private final HttpServer server;
    private final UnaryOperator<String> answer;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();

    /** @param answer the answer to a request's body; a number is a status to refuse it with */
    public ChatServer(UnaryOperator<String> answer) {
        this.answer = answer;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/chat/completions", this::handle);
        server.start();
    }

    /** Its base URL. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** Bodies of all requests. */
    public List<String> requests() {
        return requests;
    }

    /** Authorization headers of all requests. */
    public List<String> authorizations() {
        return authorizations;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        requests.add(body);
        authorizations.add(authorization);
        String text = answer.apply(body);
        boolean refuses = text.matches("\\d{3}");
        // a server may well repeat the key
        String said = refuses
                ? "{\"error\":{\"message\":\"refused, " + authorization + "\"}}"
                : """
                {"model":"%s","choices":[{"finish_reason":"stop","message":{"role":"assistant","content":"%s"}}],
                 "usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18}}"""
                        .formatted(MODEL, text);
        byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(refuses ? Integer.parseInt(text) : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

package org.realm4knime.headless.serve;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.generate.LiveGenerator;
import org.realm4knime.engine.generate.LiveRequest;
import org.realm4knime.engine.generate.PackedModel;
import org.realm4knime.engine.model.LanguageModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the OpenAI protocol's requests, as vLLM does: chat and completions, with log-probabilities and token ids,
 * streamed or whole, the list of models, health, loading and unloading of LoRA adapters, and loading of all weights.
 * Log-probabilities are those at the request's temperature, before top-k, top-p and min-p, as vLLM tells them with
 * {@code --logprobs-mode processed_logprobs}.
 */
public final class ModelServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ModelServer.class);
    private static final Gson GSON =
            new GsonBuilder().serializeNulls().disableHtmlEscaping().create();
    private static final int SPARE_THREADS = 8;

    static {
        // small answers are not held back, and a request that dribbles ends
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxReqTime", "60");
    }

    private final ServeSettings settings;
    private final ServedModels models;
    private final Gate gate;
    private final LiveGenerator generator;
    private final ExecutorService threads;
    private final HttpServer http;

    private ModelServer(LanguageModel model, ServeSettings settings, LiveGenerator generator) throws IOException {
        this.settings = settings;
        http = HttpServer.create(new InetSocketAddress(settings.host(), settings.port()), 0);
        models = new ServedModels(model, settings);
        gate = new Gate(settings, System::nanoTime);
        this.generator = generator;
        threads = Executors.newFixedThreadPool(settings.limits().concurrent() + SPARE_THREADS, task -> {
            Thread thread = new Thread(task, "realm4knime-http");
            thread.setDaemon(true);
            return thread;
        });
        http.setExecutor(threads);
        http.createContext("/", this::answer);
        http.start();
    }

    /**
     * Begins to answer.
     *
     * @param model must stay open until the server is closed, and must not be changed
     * @throws EngineException if others than this machine could ask without a token
     * @throws IOException if the address cannot be listened on
     */
    public static ModelServer start(LanguageModel model, ServeSettings settings) throws IOException {
        if (settings.token() == null && !Gate.isLoopback(settings.host())) {
            throw new EngineException(
                    "Other machines could reach " + settings.host() + ", so a token is needed that they must know.");
        }
        return start(model, settings, new LiveGenerator(settings.batch()));
    }

    /** The same with a generator, which is closed with the server. */
    static ModelServer start(LanguageModel model, ServeSettings settings, LiveGenerator generator) throws IOException {
        try {
            return new ModelServer(model, settings, generator);
        } catch (IOException e) {
            generator.close();
            throw e;
        }
    }

    /** The port that it listens on. */
    public int port() {
        return http.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) {
        try (exchange) {
            try {
                dispatch(exchange);
            } catch (HttpFault fault) {
                refuse(exchange, fault);
            } catch (EngineException e) {
                refuse(exchange, new HttpFault(400, e.getMessage()));
            } catch (RuntimeException | StackOverflowError e) {
                LOG.error("A request failed", e);
                refuse(exchange, new HttpFault(500, "The request failed; the server's log says why."));
            }
        } catch (IOException e) {
            LOG.debug("A connection broke", e);
        }
    }

    private void dispatch(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String what = exchange.getRequestMethod() + " " + path;
        if (what.equals("GET /health")) {
            requireAlive();
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        gate.requireAllowed(exchange.getRequestHeaders());
        switch (what) {
            case "GET /v1/models" -> send(exchange, 200, GSON.toJson(models.list()));
            case "POST /v1/chat/completions" -> complete(exchange, true);
            case "POST /v1/completions" -> complete(exchange, false);
            case "POST /v1/load_lora_adapter" -> {
                requireFolder(settings.adapters(), "loads no adapters", "--adapters");
                sendText(exchange, models.load(RequestJson.parse(gate.body(exchange))));
            }
            case "POST /v1/unload_lora_adapter" -> {
                requireFolder(settings.adapters(), "loads no adapters", "--adapters");
                sendText(exchange, models.unload(RequestJson.parse(gate.body(exchange))));
            }
            case "POST /collective_rpc" -> {
                requireFolder(settings.weights(), "takes no other weights", "--weights");
                models.reload(RequestJson.parse(gate.body(exchange)));
                send(exchange, 200, "{\"results\":[null]}");
            }
            case "POST /reset_prefix_cache" -> exchange.sendResponseHeaders(200, -1); // nothing is kept of prompts
            default -> throw new HttpFault(404, "There is nothing at " + what + ".");
        }
    }

    /** A server that cannot write any more must not say that it is well, or it would be asked on. */
    private void requireAlive() {
        generator.fault().ifPresent(reason -> {
            throw new HttpFault(503, reason);
        });
    }

    private static void requireFolder(Path allowed, String otherwise, String option) {
        if (allowed == null) {
            throw new HttpFault(404, "This server " + otherwise + ". Start it with " + option + " FOLDER.");
        }
    }

    private void complete(HttpExchange exchange, boolean chat) throws IOException {
        gate.count();
        gate.enter();
        try {
            RequestJson request = RequestJson.parse(gate.body(exchange));
            String name = request.text("model");
            PackedModel model = models.get(name);
            LanguageModel base = models.base();
            Asked asked = Asked.read(
                    chat,
                    request,
                    base.tokenizer(),
                    base.config().maxPositions(),
                    settings.limits().completions());
            Writing writing = new Writing(asked.stream());
            Runnable cancel =
                    submit(name, new LiveRequest(model, asked.prompt(), asked.samples(), asked.settings()), writing);
            AnswerJson answer = new AnswerJson(asked, base.tokenizer());
            if (asked.stream()) {
                stream(exchange, asked, answer, writing, cancel);
            } else {
                send(exchange, 200, GSON.toJson(answer.whole(whole(asked, writing))));
            }
        } finally {
            gate.leave();
        }
    }

    private Runnable submit(String name, LiveRequest request, Writing writing) {
        try {
            return generator.submit(request, writing);
        } catch (EngineException e) {
            requireAlive(); // what is wrong is not the request
            PackedModel now = models.get(name);
            if (now == request.model()) {
                throw e;
            }
            return generator.submit(request.with(now), writing); // its weights were replaced meanwhile
        }
    }

    private Completion[] whole(Asked asked, Writing writing) {
        Completion[] completions = new Completion[asked.samples()];
        for (int i = 0; i < completions.length; i++) {
            Writing.Event event = next(writing);
            completions[event.sample()] = event.completion();
        }
        return completions;
    }

    private Writing.Event next(Writing writing) {
        try {
            return writing.next();
        } catch (HttpFault fault) {
            requireAlive();
            throw fault;
        }
    }

    private void stream(HttpExchange exchange, Asked asked, AnswerJson answer, Writing writing, Runnable cancel)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-cache");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            try {
                new EventStream(asked, answer, models.base().tokenizer(), json -> event(out, GSON.toJson(json)))
                        .send(writing);
            } catch (HttpFault fault) {
                event(out, GSON.toJson(fault.json())); // the status has gone out already
            }
            event(out, "[DONE]");
        } catch (IOException e) {
            cancel.run();
            throw e;
        }
    }

    private static void event(OutputStream out, String data) throws IOException {
        out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void refuse(HttpExchange exchange, HttpFault fault) throws IOException {
        if (exchange.getResponseCode() != -1) {
            return; // the answer has begun
        }
        if (fault.status() == 429) {
            exchange.getResponseHeaders().set("Retry-After", "1");
        }
        send(exchange, fault.status(), GSON.toJson(fault.json()));
    }

    private static void sendText(HttpExchange exchange, String text) throws IOException {
        send(exchange, 200, text, "text/plain; charset=utf-8");
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        send(exchange, status, json, "application/json");
    }

    private static void send(HttpExchange exchange, int status, String text, String type) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Answers no more; requests that are being answered end early. */
    @Override
    public void close() {
        http.stop(0);
        generator.close();
        threads.shutdownNow();
        models.close();
    }

    /** The answer's JSON goes out. */
    interface Sink {

        void send(JsonObject json) throws IOException;
    }
}

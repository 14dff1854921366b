package org.realm4knime.headless.serve;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.generate.LiveGenerator;
import org.realm4knime.engine.model.Architecture;
import org.realm4knime.engine.model.DecoderConfig;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.LoraSettings;
import org.realm4knime.engine.model.TextTokenizer;
import org.realm4knime.engine.torch.Torch;

/** A small untrained model behind a server on a free port of this machine, and somebody who asks it. */
final class ServedModel implements AutoCloseable {

    /** Tokenizer of the refund desk; the tests run in the folder of this project. */
    private static final Path TOKENIZER = Path.of("../../examples/build-tiny-models/data/tokenizer");

    static final LoraSettings LORA = LoraSettings.of(2, 4);

    final LanguageModel model;
    final ModelServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    ServedModel(ServeSettings settings) throws IOException {
        this(untrained(), settings);
    }

    /** @param model closed with this */
    ServedModel(LanguageModel model, ServeSettings settings) throws IOException {
        this(model, settings, new LiveGenerator(settings.batch()));
    }

    ServedModel(LanguageModel model, ServeSettings settings, LiveGenerator generator) throws IOException {
        this.model = model;
        server = ModelServer.start(model, settings, generator);
    }

    static LanguageModel untrained() {
        return untrained(3);
    }

    static LanguageModel untrained(long seed) {
        int vocabulary = TextTokenizer.read(TOKENIZER).vocabSize();
        DecoderConfig config =
                DecoderConfig.uniform(Architecture.LLAMA, vocabulary, 16, 1, 2, 1, 8, 24, 256, 1e4, 1e-5, true);
        return LanguageModel.create(config, TOKENIZER, seed);
    }

    static ServeSettings settings(String token, Path adapters, ServeLimits limits) {
        return settings(token, adapters, null, limits);
    }

    static ServeSettings settings(String token, Path adapters, Path weights, ServeLimits limits) {
        return new ServeSettings("tiny", "127.0.0.1", 0, token, adapters, weights, 4, limits);
    }

    /** Writes an adapter that changes what a model writes, and gives the model it. */
    static void adapt(LanguageModel model, Path folder, double shift) {
        model.startAdapter(LORA, 1);
        Torch.run(() -> {
            model.adapter().orElseThrow().tensors().forEach(tensor -> tensor.addi(shift));
            return null;
        });
        model.writeAdapter(folder);
        Progress.unwatched(progress -> {
            model.adapter().orElseThrow().merge(model.tensors(), model.tensors(), progress);
            return model;
        });
    }

    String url() {
        return "http://127.0.0.1:" + server.port() + "/v1";
    }

    HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        return postTo(url() + path, body, headers);
    }

    HttpResponse<String> postTo(String address, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address))
                .setHeader("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String address) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }

    static JsonObject json(HttpResponse<String> response) {
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    @Override
    public void close() {
        server.close();
        model.close();
    }
}

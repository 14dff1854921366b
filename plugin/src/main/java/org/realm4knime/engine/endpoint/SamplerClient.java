package org.realm4knime.engine.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.endpoint.EndpointFault.Kind;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.model.TextTokenizer;

/** One server that writes completions of token ids, with vLLM's additions to the protocol. */
final class SamplerClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COMPLETIONS = "/completions";
    private static final String VERSION = "/v1";

    private final String url;
    private final ApiKey key;
    private final EndpointHttp http;
    private final TextTokenizer tokenizer;
    private final int vocabSize;

    /**
     * A client.
     *
     * @param tokenizer of the model, here and on the server
     * @param vocabSize number of token ids that the model can write
     */
    SamplerClient(String url, ApiKey key, EndpointHttp http, TextTokenizer tokenizer, int vocabSize) {
        this.url = url;
        this.key = key;
        this.http = http;
        this.tokenizer = tokenizer;
        this.vocabSize = vocabSize;
    }

    String url() {
        return url;
    }

    /** Loads an adapter from a folder that the server can read. */
    void load(String name, String path) {
        ObjectNode request = JSON.createObjectNode().put("lora_name", name).put("lora_path", path);
        send("/load_lora_adapter", request, status -> adapterTrouble(status, path));
    }

    void unload(String name) {
        send("/unload_lora_adapter", JSON.createObjectNode().put("lora_name", name), status -> "");
    }

    /** Has the server take all weights from a folder that it can read, in the place of its own. */
    void reload(String path) {
        ObjectNode request = JSON.createObjectNode().put("method", "reload_weights");
        request.putObject("kwargs").put("weights_path", path);
        String root = url.endsWith(VERSION) ? url.substring(0, url.length() - VERSION.length()) : url;
        exchange(HttpMethod.POST, root + "/collective_rpc", request, status -> weightsTrouble(status, path));
        // what it keeps of prompts was computed with the weights before
        exchange(HttpMethod.POST, root + "/reset_prefix_cache", null, status -> "");
    }

    /** The name of the model that the server has, without adapters. */
    String model() {
        try {
            String id = JSON.readTree(exchange(HttpMethod.GET, url + "/models", null, status -> ""))
                    .path("data")
                    .path(0)
                    .path("id")
                    .asText("");
            if (id.isEmpty()) {
                throw new EngineException("The server %s does not say which model it has.".formatted(url));
            }
            return id;
        } catch (JsonProcessingException e) {
            throw new EndpointFault(Kind.AGAIN, "The server " + url + " answered with half a document.");
        }
    }

    /**
     * Writes completions of a prompt.
     *
     * @param model the adapter, or the model itself
     * @param seed of the first completion; those that follow count up from it
     */
    List<Completion> complete(String model, int[] prompt, int samples, SamplingSettings sampling, long seed) {
        ObjectNode request = JSON.createObjectNode()
                .put("model", model)
                .put("n", samples)
                .put("max_tokens", sampling.maxNewTokens())
                .put("temperature", sampling.temperature())
                .put("seed", seed)
                // what is left out may be taken from the model's generation_config.json
                .put("top_p", sampling.topP())
                .put("top_k", sampling.topK() == 0 ? -1 : sampling.topK())
                .put("min_p", sampling.minP())
                .put("repetition_penalty", 1.0)
                .put("logprobs", 1)
                .put("return_token_ids", true);
        Arrays.stream(prompt).forEach(request.putArray("prompt")::add);
        if (!sampling.stopStrings().isEmpty()) {
            sampling.stopStrings().forEach(request.putArray("stop")::add);
        }
        String body = send(COMPLETIONS, request, status -> "");
        try {
            return read(JSON.readTree(body), samples);
        } catch (JsonProcessingException e) {
            throw new EndpointFault(Kind.AGAIN, "The server " + url + " answered with half a document.");
        }
    }

    private List<Completion> read(JsonNode answer, int samples) {
        Completion[] completions = new Completion[samples];
        for (JsonNode choice : answer.path("choices")) {
            int index = choice.path("index").asInt(-1);
            if (index >= 0 && index < samples) {
                completions[index] = completion(choice);
            }
        }
        List<Completion> all = new ArrayList<>();
        for (Completion completion : completions) {
            if (completion == null) {
                throw new EndpointFault(Kind.AGAIN, "The server " + url + " left out a completion.");
            }
            all.add(completion);
        }
        return all;
    }

    private Completion completion(JsonNode choice) {
        JsonNode ids = choice.path("token_ids");
        JsonNode numbers = choice.path("logprobs").path("token_logprobs");
        if (!ids.isArray() || !numbers.isArray() || ids.size() != numbers.size() || ids.isEmpty()) {
            throw new EngineException(
                    ("The server %s does not tell token ids and log-probabilities of what it writes. vLLM and realm"
                                    + " serve do.")
                            .formatted(url));
        }
        int[] tokens = new int[ids.size()];
        float[] logProbs = new float[tokens.length];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = ids.get(i).asInt(-1);
            logProbs[i] = (float) numbers.get(i).asDouble(Double.NaN);
        }
        requirePossible(tokens, logProbs);
        boolean truncated = choice.path("finish_reason").asText("").equals("length");
        String stop = choice.path("stop_reason").isTextual()
                ? choice.path("stop_reason").asText()
                : null;
        int last = tokens[tokens.length - 1];
        boolean ended = !truncated && stop == null;
        if (ended && Arrays.stream(tokenizer.stopIds()).noneMatch(id -> id == last)) {
            throw new EngineException(
                    ("The server %s ended a completion with the token %d, which ends none here. Serve the model that"
                                    + " is trained.")
                            .formatted(url, last));
        }
        int[] written = ended ? Arrays.copyOf(tokens, tokens.length - 1) : tokens;
        String text = tokenizer.decode(written);
        return new Completion(
                written,
                logProbs,
                stop != null && text.contains(stop) ? text.substring(0, text.indexOf(stop)) : text,
                truncated,
                ended ? last : -1,
                stop);
    }

    /** Training on other numbers would end it, or spoil the weights. */
    private void requirePossible(int[] tokens, float[] logProbs) {
        for (int i = 0; i < tokens.length; i++) {
            if (tokens[i] < 0 || tokens[i] >= vocabSize || !Float.isFinite(logProbs[i])) {
                throw new EngineException(
                        ("The server %s wrote the token %d with the log-probability %s, which cannot be. Serve the"
                                        + " model that is trained.")
                                .formatted(url, tokens[i], logProbs[i]));
            }
        }
    }

    private String send(String path, ObjectNode json, IntFunction<String> hint) {
        return exchange(HttpMethod.POST, url + path, json, hint);
    }

    /** @param json what is sent; null if nothing */
    private String exchange(HttpMethod method, String address, @Nullable ObjectNode json, IntFunction<String> hint) {
        HttpRequest.Builder request = HttpRequest.builder().method(method).url(address);
        if (json != null) {
            request.addHeader("Content-Type", "application/json").body(json.toString());
        }
        if (key.isGiven()) {
            request.addHeader("Authorization", "Bearer " + key.value());
        }
        try {
            return http.body(request.build());
        } catch (EndpointFault fault) {
            if (address.endsWith(COMPLETIONS) && fault.status() == 404) {
                // it has the adapter no more: another process has taken its place
                throw new EndpointFault(Kind.REST, refusal(fault));
            }
            if (fault.kind() == Kind.STOP && fault.status() != 0 || fault.kind() == Kind.REFUSED) {
                throw new EngineException(refusal(fault) + hint.apply(fault.status()));
            }
            throw fault;
        }
    }

    /** What the server says, without advice that is meant for a model that is asked. */
    private String refusal(EndpointFault fault) {
        String what = fault.status() == 401 || fault.status() == 403 ? "does not accept the key" : "refused a request";
        return "The server %s %s (HTTP %d)%s."
                .formatted(url, what, fault.status(), fault.said().isEmpty() ? "" : ". It says: " + fault.said());
    }

    private static String adapterTrouble(int status, String path) {
        return status == 404 || status == 403
                ? (" The adapter lies in %s: the server must be able to read that folder (setting 'Shared folder'), and"
                                + " must load adapters. vLLM does with --enable-lora and the environment variable"
                                + " VLLM_ALLOW_RUNTIME_LORA_UPDATING=True, realm serve with --adapters.")
                        .formatted(path)
                : "";
    }

    private static String weightsTrouble(int status, String path) {
        return status == 404 || status == 403
                ? (" The weights lie in %s: the server must be able to read that folder (setting 'Shared folder'), and"
                                + " must load weights. vLLM does with the environment variable VLLM_SERVER_DEV_MODE=1,"
                                + " realm serve with --weights. Where only LoRA adapters may be loaded, switch LoRA"
                                + " on.")
                        .formatted(path)
                : "";
    }
}

package org.realm4knime.headless.serve;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.model.TextTokenizer;

/**
 * What a request asks to be written.
 *
 * @param chat whether in the form of a chat
 * @param model name of the model or of an adapter
 * @param prompt tokens of the prompt
 * @param samples completions
 * @param settings how to draw
 * @param logProbs whether to tell the log-probabilities
 * @param tokenIds whether to tell the token ids
 * @param stream whether to send the text while it is written
 * @param usage whether the stream ends with the number of tokens
 */
record Asked(
        boolean chat,
        String model,
        int[] prompt,
        int samples,
        SamplingSettings settings,
        boolean logProbs,
        boolean tokenIds,
        boolean stream,
        boolean usage) {

    /** Most tokens of a completion where a request for one does not say; of a chat it is what there is room for. */
    private static final int USUAL_LENGTH = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Reads a request.
     *
     * @param chat whether it was sent to the address of chats
     * @param request its body
     * @param tokenizer of the model
     * @param positions tokens of prompt and completion that the model can take, at most
     * @param most completions, at most
     */
    static Asked read(boolean chat, RequestJson request, TextTokenizer tokenizer, int positions, int most) {
        refuseOthers(request);
        int[] prompt = chat ? chatPrompt(request, tokenizer) : textPrompt(request, tokenizer);
        int room = Math.max(1, positions - prompt.length);
        int usual = chat ? room : Math.min(room, USUAL_LENGTH);
        String length = request.has("max_completion_tokens") ? "max_completion_tokens" : "max_tokens";
        SamplingSettings settings = new SamplingSettings(
                request.integer(length, usual, 1, Integer.MAX_VALUE),
                within(request, "temperature", 1, 0, 100),
                // vLLM says "all" by -1 or 0
                Math.max(0, request.integer("top_k", 0, -1, Integer.MAX_VALUE)),
                within(request, "top_p", 1, Double.MIN_VALUE, 1),
                within(request, "min_p", 0, 0, 1),
                request.whole("seed", RANDOM.nextLong()),
                request.texts("stop").stream().filter(text -> !text.isEmpty()).toList());
        boolean logProbs = chat
                ? request.flag("logprobs")
                : request.has("logprobs") && request.integer("logprobs", 0, 0, Integer.MAX_VALUE) >= 0;
        return new Asked(
                chat,
                request.text("model"),
                prompt,
                request.integer("n", 1, 1, most),
                settings,
                logProbs,
                request.flag("return_token_ids"),
                request.flag("stream"),
                request.has("stream_options")
                        && request.json().get("stream_options") instanceof JsonObject options
                        && new RequestJson(options).flag("include_usage"));
    }

    private static void refuseOthers(RequestJson request) {
        for (String key : List.of("frequency_penalty", "presence_penalty")) {
            if (request.number(key, 0) != 0) {
                throw HttpFault.badRequest("'%s' is not supported; leave it out.", key);
            }
        }
        if (request.number("repetition_penalty", 1) != 1) {
            throw HttpFault.badRequest("'repetition_penalty' is not supported; leave it out.");
        }
        for (String key : List.of("tools", "response_format", "logit_bias", "suffix", "best_of", "echo")) {
            if (request.has(key) && !request.json().get(key).toString().matches("false|\\[\\]|\\{\\}")) {
                throw HttpFault.badRequest("'%s' is not supported; leave it out.", key);
            }
        }
    }

    private static double within(RequestJson request, String key, double otherwise, double least, double most) {
        double value = request.number(key, otherwise);
        if (!(value >= least && value <= most)) {
            throw HttpFault.badRequest("'%s' is %s, which is out of range.", key, value);
        }
        return value;
    }

    private static int[] textPrompt(RequestJson request, TextTokenizer tokenizer) {
        if (!request.has("prompt")) {
            throw HttpFault.badRequest("'prompt' is missing.");
        }
        JsonElement prompt = request.json().get("prompt");
        if (!prompt.isJsonArray()) {
            return tokenizer.encode(request.text("prompt"));
        }
        JsonArray array = prompt.getAsJsonArray();
        boolean nested = !array.isEmpty() && !array.get(0).isJsonPrimitive();
        boolean texts =
                !array.isEmpty() && !nested && array.get(0).getAsJsonPrimitive().isString();
        if ((nested || texts) && array.size() > 1) {
            throw HttpFault.badRequest("'prompt' has %d prompts; send a request for each.", array.size());
        }
        if (texts) {
            return tokenizer.encode(array.get(0).getAsString());
        }
        if (nested && !array.get(0).isJsonArray()) {
            throw HttpFault.badRequest("'prompt' must be a text or a list of token ids.");
        }
        return RequestJson.tokens(nested ? array.get(0).getAsJsonArray() : array, "prompt");
    }

    private static int[] chatPrompt(RequestJson request, TextTokenizer tokenizer) {
        List<Map<String, String>> messages = new ArrayList<>();
        for (JsonElement element : request.array("messages")) {
            if (!element.isJsonObject()) {
                throw HttpFault.badRequest("'messages' must be a list of objects.");
            }
            RequestJson message = new RequestJson(element.getAsJsonObject());
            Map<String, String> read = new LinkedHashMap<>();
            read.put("role", message.text("role"));
            read.put("content", content(message));
            messages.add(read);
        }
        if (messages.isEmpty()) {
            throw HttpFault.badRequest("'messages' is empty.");
        }
        return tokenizer.encode(tokenizer.chatPrompt(messages));
    }

    /** A text, or parts that are texts. */
    private static String content(RequestJson message) {
        if (!message.has("content") || !message.json().get("content").isJsonArray()) {
            return message.text("content");
        }
        StringBuilder text = new StringBuilder();
        for (JsonElement part : message.array("content")) {
            if (!part.isJsonObject() || !new RequestJson(part.getAsJsonObject()).has("text")) {
                throw HttpFault.badRequest("'content' has a part that is no text.");
            }
            text.append(new RequestJson(part.getAsJsonObject()).text("text"));
        }
        return text.toString();
    }
}

package org.realm4knime.headless.serve;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.model.TextTokenizer;

/** Answers to one request, whole or in pieces, in the form of the protocol and with the additions that vLLM makes. */
final class AnswerJson {

    private final Asked asked;
    private final TextTokenizer tokenizer;
    private final String id;
    private final long created = System.currentTimeMillis() / 1000;

    AnswerJson(Asked asked, TextTokenizer tokenizer) {
        this.asked = asked;
        this.tokenizer = tokenizer;
        id = (asked.chat() ? "chatcmpl-" : "cmpl-")
                + UUID.randomUUID().toString().replace("-", "");
    }

    /** The whole answer. */
    JsonObject whole(Completion[] completions) {
        JsonArray choices = new JsonArray();
        for (int i = 0; i < completions.length; i++) {
            Completion completion = completions[i];
            int[] tokens = drawn(completion);
            JsonObject choice = choice(i, tokens, completion.logProbs(), 0);
            if (asked.chat()) {
                JsonObject message = new JsonObject();
                message.addProperty("role", "assistant");
                message.addProperty("content", completion.text());
                choice.add("message", message);
            } else {
                choice.addProperty("text", completion.text());
            }
            end(choice, completion);
            choices.add(choice);
        }
        JsonObject answer = frame(asked.chat() ? "chat.completion" : "text_completion", choices);
        answer.add(
                "usage",
                usage(Arrays.stream(completions).mapToInt(c -> drawn(c).length).sum()));
        if (asked.chat() && asked.tokenIds()) {
            answer.add("prompt_token_ids", array(asked.prompt(), 0));
        }
        return answer;
    }

    /** The first piece of a chat's answer, which says who speaks. */
    JsonObject opening(int sample) {
        JsonObject choice = choice(sample, new int[0], new float[0], 0);
        JsonObject delta = new JsonObject();
        delta.addProperty("role", "assistant");
        delta.addProperty("content", "");
        choice.add("delta", delta);
        choice.add("finish_reason", JsonNull.INSTANCE);
        return piece(choice);
    }

    /**
     * A piece of the answer.
     *
     * @param sample number of the completion
     * @param text the piece
     * @param tokens tokens of the completion so far
     * @param logProbs their log-probabilities
     * @param first the first token that belongs to the piece
     * @param ended what the completion has become; null while it goes on
     */
    JsonObject piece(int sample, String text, int[] tokens, float[] logProbs, int first, Completion ended) {
        JsonObject choice = choice(sample, tokens, logProbs, first);
        if (asked.chat()) {
            JsonObject delta = new JsonObject();
            delta.addProperty("content", text);
            choice.add("delta", delta);
        } else {
            choice.addProperty("text", text);
        }
        if (ended == null) {
            choice.add("finish_reason", JsonNull.INSTANCE);
        } else {
            end(choice, ended);
        }
        return piece(choice);
    }

    private JsonObject piece(JsonObject choice) {
        JsonArray choices = new JsonArray();
        choices.add(choice);
        return frame(asked.chat() ? "chat.completion.chunk" : "text_completion", choices);
    }

    /** The last piece, where it was asked for. */
    JsonObject usagePiece(int written) {
        JsonObject piece = frame(asked.chat() ? "chat.completion.chunk" : "text_completion", new JsonArray());
        piece.add("usage", usage(written));
        return piece;
    }

    /** All tokens that a completion took, its end included. */
    int[] drawn(Completion completion) {
        return completion.drawn(tokenizer.eosId());
    }

    private JsonObject frame(String object, JsonArray choices) {
        JsonObject answer = new JsonObject();
        answer.addProperty("id", id);
        answer.addProperty("object", object);
        answer.addProperty("created", created);
        answer.addProperty("model", asked.model());
        answer.add("choices", choices);
        return answer;
    }

    private JsonObject usage(int written) {
        JsonObject usage = new JsonObject();
        usage.addProperty("prompt_tokens", asked.prompt().length);
        usage.addProperty("completion_tokens", written);
        usage.addProperty("total_tokens", asked.prompt().length + written);
        return usage;
    }

    private JsonObject choice(int sample, int[] tokens, float[] logProbs, int first) {
        JsonObject choice = new JsonObject();
        choice.addProperty("index", sample);
        choice.add("logprobs", asked.logProbs() ? logProbs(tokens, logProbs, first) : JsonNull.INSTANCE);
        if (asked.tokenIds()) {
            choice.add("token_ids", array(tokens, first));
            if (!asked.chat()) {
                choice.add("prompt_token_ids", array(asked.prompt(), 0));
            }
        }
        return choice;
    }

    private static void end(JsonObject choice, Completion completion) {
        choice.addProperty("finish_reason", completion.truncated() ? "length" : "stop");
        choice.addProperty("stop_reason", completion.stopString());
    }

    private JsonObject logProbs(int[] tokens, float[] logProbs, int first) {
        JsonArray content = new JsonArray();
        JsonArray texts = new JsonArray();
        JsonArray numbers = new JsonArray();
        for (int i = first; i < tokens.length; i++) {
            String text = tokenizer.decode(new int[] {tokens[i]});
            texts.add(text);
            numbers.add(logProbs[i]);
            JsonObject token = new JsonObject();
            token.addProperty("token", text);
            token.addProperty("logprob", logProbs[i]);
            token.add("bytes", bytes(text));
            token.add("top_logprobs", new JsonArray());
            content.add(token);
        }
        JsonObject result = new JsonObject();
        if (asked.chat()) {
            result.add("content", content);
        } else {
            result.add("tokens", texts);
            result.add("token_logprobs", numbers);
            result.add("top_logprobs", JsonNull.INSTANCE);
        }
        return result;
    }

    private static JsonArray bytes(String text) {
        JsonArray bytes = new JsonArray();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            bytes.add(b & 0xFF);
        }
        return bytes;
    }

    private static JsonArray array(int[] tokens, int first) {
        JsonArray array = new JsonArray();
        for (int i = first; i < tokens.length; i++) {
            array.add(tokens[i]);
        }
        return array;
    }
}

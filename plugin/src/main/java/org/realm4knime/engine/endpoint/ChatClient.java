package org.realm4knime.engine.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiChatResponseMetadata;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.realm4knime.engine.answer.Thoughts;
import org.realm4knime.engine.endpoint.EndpointFault.Kind;
import org.realm4knime.engine.generate.SamplingSettings;

/** Asks one server one question at a time; from any thread. */
final class ChatClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EndpointSettings settings;
    private final String baseUrl;
    private final ApiKey key;
    private final OpenAiChatModel model;
    private final Consumer<String> answering;

    /**
     * A client.
     *
     * @param baseUrl the server, one of the settings'
     * @param answering told the name of the model that answers, which may be another than the one that was asked for
     */
    ChatClient(EndpointSettings settings, String baseUrl, ApiKey key, HttpClient client, Consumer<String> answering) {
        this.settings = settings;
        this.baseUrl = baseUrl;
        this.key = key;
        this.answering = answering;
        Duration timeout = Duration.ofSeconds(settings.limits().timeoutSeconds());
        model = OpenAiChatModel.builder()
                .httpClientBuilder(EndpointHttp.builder(client, timeout, key))
                .baseUrl(baseUrl)
                .apiKey(key.isGiven() ? key.value() : null)
                .modelName(settings.model())
                .maxRetries(0)
                .returnThinking(true)
                .logRequests(false)
                .logResponses(false)
                .build();
    }

    /**
     * Asks.
     *
     * @throws EndpointFault if there is no answer
     */
    Reply ask(Question question) {
        ChatRequest request = ChatRequest.builder()
                .messages(messages(question))
                .parameters(options(question))
                .build();
        ChatResponse response;
        try {
            response = model.chat(request);
        } catch (RuntimeException e) {
            throw EndpointFault.behind(e)
                    .orElseGet(() -> new EndpointFault(
                            Kind.AGAIN,
                            "The server %s sent something that is no whole answer of the chat protocol."
                                    .formatted(baseUrl)));
        }
        answering.accept(key.hideIn(Objects.requireNonNullElse(response.modelName(), settings.model())));
        return reply(question, response);
    }

    private List<ChatMessage> messages(Question question) {
        ChatMessage asked = UserMessage.from(question.prompt());
        return settings.systemPrompt().isEmpty()
                ? List.of(asked)
                : List.of(SystemMessage.from(settings.systemPrompt()), asked);
    }

    private OpenAiChatRequestParameters options(Question question) {
        SamplingSettings sampling = question.sampling();
        OpenAiChatRequestParameters.Builder options = OpenAiChatRequestParameters.builder();
        if (settings.dialect() == Dialect.REASONING) {
            return options.maxCompletionTokens(sampling.maxNewTokens()).build();
        }
        Map<String, Object> more = new HashMap<>();
        if (sampling.topK() > 0) {
            more.put("top_k", sampling.topK());
        }
        if (sampling.minP() > 0) {
            more.put("min_p", sampling.minP());
        }
        options.maxOutputTokens(sampling.maxNewTokens())
                .temperature(sampling.temperature())
                .topP(sampling.topP() < 1 ? sampling.topP() : null)
                .seed(question.seed())
                .customParameters(more);
        return sampling.stopStrings().isEmpty()
                ? options.build()
                : options.stopSequences(sampling.stopStrings()).build();
    }

    private Reply reply(Question question, ChatResponse response) {
        if (response.finishReason() == FinishReason.CONTENT_FILTER) {
            throw new EndpointFault(Kind.REFUSED, "The server's content filter held the answer back.");
        }
        boolean truncated = response.finishReason() == FinishReason.LENGTH;
        String whole = Objects.requireNonNullElse(response.aiMessage().text(), "");
        String text = cut(
                        Thoughts.without(whole).orElse(""), question.sampling().stopStrings())
                .strip();
        if (text.isEmpty() && !truncated) {
            throw new EndpointFault(Kind.AGAIN, "The server %s sent an empty answer.".formatted(baseUrl));
        }
        TokenUsage usage = response.tokenUsage();
        return new Reply(
                key.hideIn(text),
                key.hideIn(thought(response, whole)),
                count(usage == null ? null : usage.inputTokenCount(), question.tokens(settings)),
                count(usage == null ? null : usage.outputTokenCount(), Question.tokens(whole)),
                truncated);
    }

    private static long count(Integer told, long estimated) {
        return told == null ? estimated : told;
    }

    /** Not every server cuts before a stop string. */
    private static String cut(String text, List<String> stops) {
        int end = stops.stream()
                .mapToInt(text::indexOf)
                .filter(place -> place >= 0)
                .min()
                .orElse(text.length());
        return text.substring(0, end);
    }

    /** Servers put the thought into a field of its own, of one name or the other, or before the answer in tags. */
    private static String thought(ChatResponse response, String whole) {
        String inText = Thoughts.without(whole)
                .map(said -> whole.substring(0, Math.max(0, whole.lastIndexOf(said))))
                .orElse(whole);
        return Stream.of(Objects.requireNonNullElse(response.aiMessage().thinking(), ""), newerField(response), inText)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** The name that vLLM gives the field since version 0.12, which LangChain4j does not know. */
    private static String newerField(ChatResponse response) {
        if (!(response.metadata() instanceof OpenAiChatResponseMetadata metadata)
                || metadata.rawHttpResponse() == null) {
            return "";
        }
        try {
            JsonNode message = JSON.readTree(metadata.rawHttpResponse().body()).at("/choices/0/message/reasoning");
            return message.asText("");
        } catch (JsonProcessingException e) {
            return "";
        }
    }
}

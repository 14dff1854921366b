package org.realm4knime.engine.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.endpoint.EndpointFault.Kind;

/** Looks whether servers are there, take the key and have the model, before anything is asked of them. */
public final class EndpointCheck {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MOST_NAMES = 10;

    private final EndpointSettings settings;
    private final ApiKey key;
    private final HttpClient client;

    private EndpointCheck(EndpointSettings settings, ApiKey key) {
        this.settings = settings;
        this.key = key;
        client = EndpointHttp.builder(EndpointHttp.jdk(TIMEOUT), TIMEOUT, key).build();
    }

    /**
     * Asks each server for its list of models. Some have none, which is no fault.
     *
     * @param progress asked, while a server is waited for, whether to stop
     * @return what the user is to be told: servers that are away, and lists without the model
     * @throws EngineException if a server does not take the key, or none is there
     */
    public static List<String> warnings(EndpointSettings settings, ApiKey key, Progress progress)
            throws CanceledJobException {
        EndpointCheck check = new EndpointCheck(settings, key);
        List<String> warnings = new ArrayList<>();
        int away = 0;
        for (String url : settings.baseUrls()) {
            try {
                Waiting.on(() -> check.list(url), progress).ifPresent(warnings::add);
            } catch (EndpointFault fault) {
                warnings.add(fault.getMessage());
                away++;
            }
        }
        if (away == settings.baseUrls().size()) {
            throw new EngineException(String.join(" ", warnings));
        }
        return warnings;
    }

    /** What is wrong with a server's list; a fault if the server cannot be used. */
    private Optional<String> list(String baseUrl) {
        HttpRequest.Builder request =
                HttpRequest.builder().method(HttpMethod.GET).url(baseUrl + "/models");
        if (key.isGiven()) {
            request.addHeader("Authorization", "Bearer " + key.value());
        }
        try {
            return lacking(
                    baseUrl, JSON.readTree(client.execute(request.build()).body()));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (EndpointFault fault) {
            if (fault.status() == 401 || fault.status() == 403) {
                throw new EngineException(fault.getMessage());
            }
            if (fault.kind() == Kind.REST) {
                throw fault;
            }
            return Optional.empty();
        }
    }

    private Optional<String> lacking(String baseUrl, JsonNode list) {
        List<String> names = Stream.of("/data", "/models")
                .map(list::at)
                .flatMap(models -> StreamSupport.stream(models.spliterator(), false))
                .map(model -> model.path("id").asText(""))
                .filter(name -> !name.isEmpty())
                .toList();
        if (names.isEmpty() || names.stream().anyMatch(settings::isModel)) {
            return Optional.empty();
        }
        String more = names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : "";
        return Optional.of("The server %s lists no model '%s' (setting 'Model'). It has: %s%s."
                .formatted(
                        baseUrl,
                        settings.model(),
                        key.hideIn(String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())))),
                        more));
    }
}

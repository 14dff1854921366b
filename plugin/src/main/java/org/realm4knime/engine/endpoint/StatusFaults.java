package org.realm4knime.engine.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.realm4knime.engine.endpoint.EndpointFault.Kind;

/** What a server means by a status that is no success. */
final class StatusFaults {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_TEXT = 300;
    /** Characters of a page that are looked at; looking for the end of each of its elements takes their square. */
    private static final int LONGEST_PAGE = 10_000;

    private static final Pattern MARKUP = Pattern.compile("(?s)<(script|style).*?</\\1>|<[^>]*>");
    /** What hosted models call an account without money, which no waiting mends. */
    private static final String NO_MONEY = "insufficient_quota";

    private final String url;
    private final ApiKey key;

    /** @param url where the request went */
    StatusFaults(String url, ApiKey key) {
        this.url = url;
        this.key = key;
    }

    /**
     * The fault.
     *
     * @param status HTTP status, not one of success
     * @param body what the server says
     * @param retryAfter the header of that name, seconds or a date
     * @param now to count a date from
     */
    EndpointFault of(int status, String body, Optional<String> retryAfter, Instant now) {
        String words = words(body);
        String said = words.isEmpty() ? "" : " (it says: " + words + ")";
        return of(status, body, said, retryAfter, now).saying(words);
    }

    private EndpointFault of(int status, String body, String said, Optional<String> retryAfter, Instant now) {
        Duration wait = retryAfter.flatMap(text -> wait(text, now)).orElse(null);
        if (status == 429 && body.contains(NO_MONEY)) {
            return stop(status, "says that the account has no money left" + said + ". Top it up, or use another key.");
        }
        return switch (status) {
            case 401, 403 -> stop(status, keyTrouble() + said + ".");
            case 404, 405 ->
                stop(
                        status,
                        "knows no such address or model" + said + ". Check the settings 'Base URL', which usually ends"
                                + " with /v1, and 'Model' of the Language Model Connector.");
            case 408, 409, 425 -> fault(Kind.AGAIN, status, "could not answer now" + said + ".", wait);
            case 429 -> fault(Kind.REST, status, "has too many requests" + said + ".", wait);
            case 502, 503, 504, 529 -> fault(Kind.REST, status, "is overloaded or away" + said + ".", wait);
            default -> {
                if (status >= 500) {
                    yield fault(Kind.AGAIN, status, "failed" + said + ".", wait);
                }
                yield status < 400
                        ? stop(status, "sends the request elsewhere. Enter its new address as 'Base URL'.")
                        : fault(Kind.REFUSED, status, "refused the question" + said + ".", null);
            }
        };
    }

    private String keyTrouble() {
        return key.isGiven()
                ? "does not accept the key. Check the credentials or the environment variable that the Language Model"
                        + " Connector names"
                : "asks for a key. Set 'Key' of the Language Model Connector";
    }

    private EndpointFault stop(int status, String what) {
        return fault(Kind.STOP, status, what, null);
    }

    private EndpointFault fault(Kind kind, int status, String what, Duration wait) {
        return new EndpointFault(kind, "The server %s %s (HTTP %d)".formatted(url, what, status), status, wait);
    }

    /** What the server says, as far as it is meant for people. */
    private String words(String body) {
        String text = key.hideIn(message(body)).strip().replaceAll("\\s+", " ").replaceAll("\\.$", "");
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "..." : text;
    }

    private static String message(String body) {
        try {
            JsonNode json = JSON.readTree(body);
            return Stream.of("/error/message", "/message", "/detail", "/error")
                    .map(json::at)
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::asText)
                    .findFirst()
                    .orElse("");
        } catch (JsonProcessingException e) {
            return MARKUP.matcher(body.substring(0, Math.min(LONGEST_PAGE, body.length())))
                    .replaceAll(" ");
        }
    }

    private static Optional<Duration> wait(String text, Instant now) {
        try {
            return Optional.of(Duration.ofMillis((long) (1000 * Math.max(0, Double.parseDouble(text.strip())))));
        } catch (NumberFormatException e) {
            return date(text).map(date -> Duration.between(now, date)).filter(time -> !time.isNegative());
        }
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The header's first value, whatever its name's capitals. */
    static Optional<String> retryAfter(java.net.http.HttpHeaders headers) {
        List<String> values = headers.allValues("retry-after");
        return values.stream().findFirst();
    }
}

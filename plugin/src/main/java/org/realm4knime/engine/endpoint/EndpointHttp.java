package org.realm4knime.engine.endpoint;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.realm4knime.engine.endpoint.EndpointFault.Kind;

/**
 * The JDK's client as LangChain4j's. Its own adapter forgets the headers of a refusal, and with them how long to wait;
 * and the JDK's time-out ends with the response's headers, so that a server could dribble for ever.
 */
final class EndpointHttp implements HttpClient {

    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final java.net.http.HttpClient client;
    private final Duration timeout;
    private final ApiKey key;

    /** A client that asks by one of the JDK's. */
    EndpointHttp(java.net.http.HttpClient client, Duration timeout, ApiKey key) {
        this.client = client;
        this.timeout = timeout;
        this.key = key;
    }

    /** The JDK's client, of which all servers share one. */
    static java.net.http.HttpClient jdk(Duration connectTimeout) {
        return java.net.http.HttpClient.newBuilder()
                // uvicorn, and so vLLM, takes the upgrade to HTTP/2 for a request without a body
                .version(java.net.http.HttpClient.Version.HTTP_1_1)
                // a redirect would take the key elsewhere
                .followRedirects(java.net.http.HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout)
                .build();
    }

    /** What LangChain4j makes its client with. */
    static HttpClientBuilder builder(java.net.http.HttpClient client, Duration timeout, ApiKey key) {
        return new HttpClientBuilder() {
            @Override
            public Duration connectTimeout() {
                return timeout;
            }

            @Override
            public HttpClientBuilder connectTimeout(Duration given) {
                return this;
            }

            @Override
            public Duration readTimeout() {
                return timeout;
            }

            @Override
            public HttpClientBuilder readTimeout(Duration given) {
                return this;
            }

            @Override
            public HttpClient build() {
                return new EndpointHttp(client, timeout, key);
            }
        };
    }

    /** A client for what LangChain4j does not know. */
    static EndpointHttp plain(Duration timeout, ApiKey key) {
        return new EndpointHttp(jdk(CONNECT), timeout, key);
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        HttpResponse<byte[]> response = succeeded(request);
        String body = text(response.body());
        int status = response.statusCode();
        requireJson(request.url(), response.headers().firstValue("content-type").orElse(""));
        return SuccessfulHttpResponse.builder()
                .statusCode(status)
                .headers(response.headers().map())
                .body(body)
                .build();
    }

    /** The body of an answer, whatever its type. */
    String body(HttpRequest request) {
        return text(succeeded(request).body());
    }

    private HttpResponse<byte[]> succeeded(HttpRequest request) {
        HttpResponse<byte[]> response = exchange(request);
        int status = response.statusCode();
        if (status < 200 || status > 299) {
            throw new StatusFaults(request.url(), key)
                    .of(status, text(response.body()), StatusFaults.retryAfter(response.headers()), Instant.now());
        }
        return response;
    }

    private HttpResponse<byte[]> exchange(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(jdkRequest(request), info -> new LimitedBody());
        try {
            return exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw new EndpointFault(
                    Kind.AGAIN,
                    "The server %s gave no whole answer within %d s (setting 'Time-out')."
                            .formatted(request.url(), timeout.toSeconds()));
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new EndpointFault(Kind.STOP, "The request was cancelled.");
        } catch (ExecutionException e) {
            throw EndpointFault.behind(e).orElseGet(() -> broken(request.url(), e.getCause()));
        }
    }

    private static EndpointFault broken(String url, Throwable cause) {
        return cause instanceof java.net.ConnectException || cause instanceof java.net.http.HttpConnectTimeoutException
                ? new EndpointFault(Kind.REST, "The server " + url + " cannot be reached. Is it running?")
                : new EndpointFault(
                        Kind.AGAIN, "The connection to the server " + url + " broke before the answer was whole.");
    }

    private static java.net.http.HttpRequest jdkRequest(HttpRequest request) {
        java.net.http.HttpRequest.Builder builder = java.net.http.HttpRequest.newBuilder(URI.create(request.url()));
        request.headers().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        return builder.method(
                        request.method().name(),
                        request.body() == null
                                ? java.net.http.HttpRequest.BodyPublishers.noBody()
                                : java.net.http.HttpRequest.BodyPublishers.ofString(request.body()))
                .build();
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new EndpointFault(Kind.AGAIN, "The answer has bytes that are no text (UTF-8).");
        }
    }

    private static void requireJson(String url, String contentType) {
        String type = contentType.toLowerCase(Locale.ROOT);
        // some servers say nothing
        if (!type.isEmpty() && !type.contains("json")) {
            throw new EndpointFault(
                    Kind.AGAIN,
                    ("The server %s answered with %s instead of JSON. Check the setting 'Base URL', which usually ends"
                                    + " with /v1.")
                            .formatted(url, type.replaceAll(";.*", "")));
        }
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        throw new UnsupportedOperationException("Answers are not streamed");
    }
}

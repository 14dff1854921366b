package org.realm4knime.headless.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/** Who may ask, how much and how often. */
final class Gate {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");
    private static final double NANOS_OF_MINUTE = 60e9;

    private final ServeSettings settings;
    private final LongSupplier clock;
    private final Semaphore places;
    /** Requests that may come now: filled up over time to those of a minute. */
    private double allowed;

    private long filledAt;

    /** @param clock nanoseconds since some fixed time */
    Gate(ServeSettings settings, LongSupplier clock) {
        this.settings = settings;
        this.clock = clock;
        places = new Semaphore(settings.limits().concurrent());
        allowed = settings.limits().perMinute();
        filledAt = clock.getAsLong();
    }

    /** Whether only this machine can reach an address. */
    static boolean isLoopback(String host) {
        return LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
    }

    /** Refuses those who do not know the token and, where there is none, pages of a browser. */
    void requireAllowed(Headers headers) {
        if (settings.token() == null) {
            // a page that a browser shows may have a name that leads here, and may send forms
            String host =
                    Objects.requireNonNullElse(headers.getFirst("Host"), "").replaceAll(":[0-9]*$", "");
            if (!isLoopback(host.replaceAll("[\\[\\]]", ""))) {
                throw new HttpFault(403, "The request is not addressed to this machine.");
            }
            return;
        }
        String given = Objects.requireNonNullElse(headers.getFirst("Authorization"), "");
        byte[] expected = ("Bearer " + settings.token()).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8))) {
            throw new HttpFault(401, "The token is missing or wrong. Send it as: Authorization: Bearer TOKEN.");
        }
    }

    /** Counts a request, and refuses it if there were too many in the last minute. */
    synchronized void count() {
        int most = settings.limits().perMinute();
        if (most == 0) {
            return;
        }
        long now = clock.getAsLong();
        allowed = Math.min(most, allowed + (now - filledAt) * most / NANOS_OF_MINUTE);
        filledAt = now;
        if (allowed < 1) {
            throw new HttpFault(429, "There were more than " + most + " requests in a minute.");
        }
        allowed--;
    }

    /** Takes a place for a request; {@link #leave} must follow. */
    void enter() {
        if (!places.tryAcquire()) {
            throw new HttpFault(
                    429,
                    "%d requests are being answered."
                            .formatted(settings.limits().concurrent()));
        }
    }

    void leave() {
        places.release();
    }

    /** The body of a request, of the size that is allowed. */
    String body(HttpExchange exchange) throws IOException {
        String type = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Content-Type"), "");
        if (!type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw new HttpFault(415, "The Content-Type must be application/json.");
        }
        int most = settings.limits().bytes();
        byte[] bytes = exchange.getRequestBody().readNBytes(most + 1);
        if (bytes.length > most) {
            throw new HttpFault(413, "The request has more than " + most + " bytes.");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

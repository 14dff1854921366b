package org.realm4knime.engine.endpoint;

import java.time.Duration;
import java.util.Optional;

/** Why a request brought no answer. Its message is for the user, and has no key in it. */
final class EndpointFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What follows from it. */
    enum Kind {
        /** No question will be answered until the user mends something. */
        STOP,
        /** The server is to be left alone for a while; another one may answer. */
        REST,
        /** Asked again, the question may be answered. */
        AGAIN,
        /** This question will not be answered. */
        REFUSED
    }

    private final Kind kind;
    /** Null if the server did not say. */
    private final Duration wait;
    /** HTTP status; 0 if there is none. */
    private final int status;
    /** What the server says in its own words; empty if nothing. */
    private final String said;

    EndpointFault(Kind kind, String message) {
        this(kind, message, 0, null);
    }

    /**
     * A fault that the server tells.
     *
     * @param status HTTP status
     * @param wait how long the server says to wait, or null
     */
    EndpointFault(Kind kind, String message, int status, Duration wait) {
        this(kind, message, status, wait, "");
    }

    private EndpointFault(Kind kind, String message, int status, Duration wait, String said) {
        // the cause is left out: what the libraries say may repeat what was sent
        super(message);
        this.kind = kind;
        this.status = status;
        this.wait = wait;
        this.said = said;
    }

    /** The same, with what the server says in its own words. */
    EndpointFault saying(String words) {
        return new EndpointFault(kind, getMessage(), status, wait, words);
    }

    Kind kind() {
        return kind;
    }

    /** The HTTP status; 0 if the server gave none. */
    int status() {
        return status;
    }

    /** What the server says in its own words, which the message holds too; empty if nothing. */
    String said() {
        return said;
    }

    /** What the server said how long to wait. */
    Optional<Duration> waitTold() {
        return Optional.ofNullable(wait);
    }

    /** The fault behind an exception of the library's, if there is one. */
    static Optional<EndpointFault> behind(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof EndpointFault fault) {
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }
}

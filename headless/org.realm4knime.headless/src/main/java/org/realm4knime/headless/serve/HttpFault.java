package org.realm4knime.headless.serve;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;

/** Why a request is refused, as the protocol says it. */
final class HttpFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    HttpFault(int status, String message) {
        super(message);
        this.status = status;
    }

    static HttpFault badRequest(String message, Object... arguments) {
        return new HttpFault(400, message.formatted(arguments));
    }

    int status() {
        return status;
    }

    private String type() {
        return switch (status) {
            case 401, 403 -> "authentication_error";
            case 404 -> "not_found_error";
            case 429 -> "rate_limit_error";
            case 500, 503 -> "server_error";
            default -> "invalid_request_error";
        };
    }

    /** The body of the answer. */
    JsonObject json() {
        JsonObject error = new JsonObject();
        error.addProperty("message", getMessage());
        error.addProperty("type", type());
        error.add("param", JsonNull.INSTANCE);
        error.addProperty("code", status);
        JsonObject body = new JsonObject();
        body.add("error", error);
        return body;
    }
}

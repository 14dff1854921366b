package org.realm4knime.engine.endpoint;

import java.util.Objects;
import org.realm4knime.engine.EngineException;

/** The key that a server asks for. It is shown nowhere: not in a message, not by {@link #toString}. */
public final class ApiKey {

    /** Stands for the key in what a server says. */
    static final String HIDDEN = "(key)";

    private static final ApiKey NONE = new ApiKey("");
    /** A shorter one may be part of ordinary words. */
    private static final int SHORT = 6;

    private final String value;

    private ApiKey(String value) {
        this.value = value;
    }

    /** For servers that ask for no key. */
    public static ApiKey none() {
        return NONE;
    }

    /**
     * A key.
     *
     * @param text the key; space around it is dropped
     * @param origin where it comes from, for messages
     * @throws EngineException if it is empty, or has characters that no key has; the message does not show them
     */
    public static ApiKey of(String text, String origin) {
        String key = Objects.requireNonNullElse(text, "").strip();
        if (key.isEmpty()) {
            throw new EngineException("The key of the model's server is empty (" + origin
                    + "). Enter the key there, or set 'Key' to" + " 'None' if the server asks for none.");
        }
        if (!key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new EngineException("The key of the model's server (" + origin + ") has a space, a line break or a"
                    + " letter that no key has. Enter it again.");
        }
        return new ApiKey(key);
    }

    /** Whether there is a key. */
    public boolean isGiven() {
        return !value.isEmpty();
    }

    /** For the request's header alone. */
    String value() {
        return value;
    }

    /** A text of the server's without the key, should the server repeat it. */
    String hideIn(String text) {
        if (text == null || !isGiven() || !text.contains(value)) {
            return text;
        }
        return value.length() < SHORT ? HIDDEN : text.replace(value, HIDDEN);
    }

    @Override
    public String toString() {
        return isGiven() ? HIDDEN : "(no key)";
    }
}

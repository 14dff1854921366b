package org.realm4knime.engine;

/**
 * A failure that the user can do something about. Its message is shown to the user as it is: it names the file, row,
 * column or setting, says what is wrong with it, and what to do.
 */
public class EngineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message what is wrong and what to do about it, in the user's words
     */
    public EngineException(String message) {
        super(message);
    }

    /**
     * Creates an exception with its cause.
     *
     * @param message what is wrong and what to do about it, in the user's words
     * @param cause what led to it
     */
    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}

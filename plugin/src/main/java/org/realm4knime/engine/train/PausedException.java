package org.realm4knime.engine.train;

import org.realm4knime.engine.EngineException;

/** A step could not begin because something outside of the training is missing; the weights are as they were. */
public final class PausedException extends EngineException {

    private static final long serialVersionUID = 1L;

    /**
     * A pause.
     *
     * @param message what is missing, and what to do
     * @param cause what was thrown
     */
    public PausedException(String message, Throwable cause) {
        super(message, cause);
    }
}

package org.realm4knime.engine.update;

/** A loss or gradient is not a finite number. The training loop turns it into an error that says what to do. */
public final class DivergedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param what "loss" or "gradient"
     */
    DivergedException(String what) {
        super(what);
    }
}

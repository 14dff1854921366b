package org.realm4knime.engine.train;

/** A loss or gradient is not a finite number. The training loop turns it into an error that says what to do. */
final class DivergedException extends RuntimeException {

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

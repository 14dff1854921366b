package org.realm4knime.engine;

/**
 * Thrown by {@link Progress#checkCanceled()} when the user asked the running job to stop. Work that leaves something
 * worth having when it stops throws a class of its own.
 */
public class CanceledJobException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with its fixed message. */
    public CanceledJobException() {
        super("The job was canceled.");
    }
}

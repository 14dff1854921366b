package org.knime.core.node;

/** A failure whose message is meant for the user as it is. */
public final class KNIMEException extends Exception {

    private static final long serialVersionUID = 1L;

    public KNIMEException(final String message, final Throwable cause) {
        super(message, cause);
    }
}

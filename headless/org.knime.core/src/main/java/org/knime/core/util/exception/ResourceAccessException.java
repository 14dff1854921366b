package org.knime.core.util.exception;

import java.io.IOException;

/** A resource named by a URI cannot be reached. */
public class ResourceAccessException extends IOException {

    private static final long serialVersionUID = 1L;

    public ResourceAccessException(final String message) {
        super(message);
    }

    public ResourceAccessException(final String message, final Throwable cause) {
        super(message, cause);
    }
}

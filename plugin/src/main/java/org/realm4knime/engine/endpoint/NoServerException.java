package org.realm4knime.engine.endpoint;

import org.realm4knime.engine.EngineException;

/** None of the servers answers any more. What has been done so far is good, and may be gone on with later. */
public final class NoServerException extends EngineException {

    private static final long serialVersionUID = 1L;

    NoServerException(String message) {
        super(message);
    }
}

package org.knime.core.webui.node.dialog.defaultdialog.util.updates;

/** What a dialog shows cannot be computed; users read the message, if there is one. */
public final class StateComputationFailureException extends Exception {

    private static final long serialVersionUID = 1L;

    public StateComputationFailureException(final String message) {
        super(message);
    }
}

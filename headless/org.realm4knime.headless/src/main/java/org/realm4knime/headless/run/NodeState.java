package org.realm4knime.headless.run;

/** What became of a node in a run. */
public enum NodeState {
    /** It ran to its end. */
    DONE("done"),
    /** Its results of an earlier run were taken, since neither its settings nor its inputs changed. */
    REUSED("reused"),
    /** It could not be configured or executed. */
    FAILED("failed"),
    /** An input was missing, because a node before it failed or because nothing is connected to it. */
    NOT_RUN("not run"),
    /** The run was interrupted while it ran or before it could. */
    INTERRUPTED("interrupted");

    private final String text;

    NodeState(String text) {
        this.text = text;
    }

    /** @return whether the node's outputs are there */
    public boolean hasResults() {
        return this == DONE || this == REUSED;
    }

    /** @return the state in words */
    public String text() {
        return text;
    }
}

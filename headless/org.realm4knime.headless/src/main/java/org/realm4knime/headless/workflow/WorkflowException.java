package org.realm4knime.headless.workflow;

import java.util.List;

/**
 * A workflow, or what the user asked for it, cannot be used. Each problem is one sentence for the user that names the
 * file, node or setting and says what to do.
 */
public final class WorkflowException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** @param problem what is wrong, for the user */
    public WorkflowException(String problem) {
        this(List.of(problem), null);
    }

    /**
     * @param problem what is wrong, for the user
     * @param cause what the log keeps
     */
    public WorkflowException(String problem, Throwable cause) {
        this(List.of(problem), cause);
    }

    /** @param problems everything that is wrong, one sentence each, in the order of the workflow; not empty */
    public WorkflowException(List<String> problems) {
        this(problems, null);
    }

    private WorkflowException(List<String> problems, Throwable cause) {
        super(String.join("\n", problems), cause);
        this.problems = List.copyOf(problems);
    }

    /** @return one sentence a problem */
    public List<String> problems() {
        return problems;
    }
}

package org.knime.core.node.workflow;

/** How a node is executed; here always plainly. */
public final class ExecutionEnvironment {

    public static final ExecutionEnvironment DEFAULT = new ExecutionEnvironment();

    public ExecutionEnvironment() {}

    /** Whether the node is executed again with data from a view. */
    public boolean reExecute() {
        return false;
    }
}

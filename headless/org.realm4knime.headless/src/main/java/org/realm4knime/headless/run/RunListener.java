package org.realm4knime.headless.run;

import org.realm4knime.headless.workflow.WorkflowNode;

/** Follows a run; called from the thread that runs the nodes. */
public interface RunListener {

    /**
     * A node begins to execute.
     *
     * @param node the node
     * @param number its place in the order of execution, from 1
     * @param of how many nodes there are
     */
    void started(WorkflowNode node, int number, int of);

    /**
     * The running node has come further.
     *
     * @param fraction how far, in [0, 1]; negative if the node does not say
     * @param message what it is doing; may be empty
     */
    void progressed(double fraction, String message);

    /**
     * A node is through, whatever became of it.
     *
     * @param result what became of it
     * @param number its place in the order of execution, from 1
     * @param of how many nodes there are
     */
    void finished(NodeResult result, int number, int of);
}

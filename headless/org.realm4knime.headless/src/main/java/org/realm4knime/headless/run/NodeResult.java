package org.realm4knime.headless.run;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.realm4knime.headless.node.NodeView;
import org.realm4knime.headless.workflow.WorkflowNode;

/**
 * What came of one node.
 *
 * @param node the node
 * @param state what became of it
 * @param time how long it ran, also when it failed; of a reused result the time of the run that made it
 * @param messages warnings, and the error if it failed, for the user
 * @param outputs its data outputs; of an interrupted node those that it had kept so far
 * @param view its view, if it has one and ran
 * @param wrote what a node without outputs said last: what it wrote, and where; empty if nothing
 */
public record NodeResult(
        WorkflowNode node,
        NodeState state,
        Duration time,
        List<String> messages,
        List<NodeOutput> outputs,
        Optional<NodeView> view,
        String wrote) {

    /** Copies the lists. */
    public NodeResult {
        messages = List.copyOf(messages);
        outputs = List.copyOf(outputs);
    }

    /**
     * @param node a node that has no results
     * @param state why
     * @param time how long it ran
     * @param messages for the user
     * @return the result
     */
    public static NodeResult without(WorkflowNode node, NodeState state, Duration time, List<String> messages) {
        return new NodeResult(node, state, time, messages, List.of(), Optional.empty(), "");
    }
}

package org.realm4knime.headless.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.realm4knime.headless.workflow.Workflow;

/**
 * What came of a run.
 *
 * @param workflow what ran
 * @param started when
 * @param time how long it took
 * @param nodes one result a node, in the order in which they ran
 */
public record RunResult(Workflow workflow, Instant started, Duration time, List<NodeResult> nodes) {

    /** Copies the list. */
    public RunResult {
        nodes = List.copyOf(nodes);
    }

    /** @return whether all nodes have results */
    public boolean isComplete() {
        return nodes.stream().allMatch(n -> n.state().hasResults());
    }

    /** @return whether the run was interrupted */
    public boolean isInterrupted() {
        return nodes.stream().anyMatch(n -> n.state() == NodeState.INTERRUPTED);
    }

    /**
     * @param state a state
     * @return how many nodes are in it
     */
    public long count(NodeState state) {
        return nodes.stream().filter(n -> n.state() == state).count();
    }
}

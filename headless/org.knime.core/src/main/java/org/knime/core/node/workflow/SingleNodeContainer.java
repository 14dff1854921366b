package org.knime.core.node.workflow;

import org.knime.core.node.ExecutionContext;

/** A node in its workflow. */
public abstract class SingleNodeContainer extends NodeContainer {

    /** Where the output of a node is kept; here always in memory. */
    public enum MemoryPolicy {
        CacheOnDisc,
        CacheSmallInMemory,
        CacheInMemory
    }

    SingleNodeContainer(final WorkflowManager parent, final NodeID id) {
        super(parent, id);
    }

    /** A context in which the node can be executed, with the container's progress monitor. */
    public abstract ExecutionContext createExecutionContext();

    /** The number of input ports, with the flow variable port. */
    public abstract int getNrInPorts();

    /** The number of output ports, with the flow variable port. */
    public abstract int getNrOutPorts();
}

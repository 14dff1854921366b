package org.knime.core.node.workflow;

import org.knime.core.node.DefaultNodeProgressMonitor;
import org.knime.core.node.NodeProgressMonitor;

/** A node in its workflow, or a workflow. */
public abstract class NodeContainer {

    private final WorkflowManager m_parent;
    private final NodeID m_id;
    private final NodeProgressMonitor m_progressMonitor = new DefaultNodeProgressMonitor();
    private NodeMessage m_message = NodeMessage.NONE;

    NodeContainer(final WorkflowManager parent, final NodeID id) {
        m_parent = parent;
        m_id = id;
    }

    public final WorkflowManager getParent() {
        return m_parent;
    }

    public final NodeID getID() {
        return m_id;
    }

    public abstract String getName();

    /** For instance "Route Verifier 0:7". */
    public final String getNameWithID() {
        return getName() + " " + m_id;
    }

    public NodeProgressMonitor getProgressMonitor() {
        return m_progressMonitor;
    }

    /** What the node told last; {@link NodeMessage#NONE} if nothing. */
    public final NodeMessage getNodeMessage() {
        return m_message;
    }

    final void setNodeMessage(final NodeMessage message) {
        m_message = message;
    }
}

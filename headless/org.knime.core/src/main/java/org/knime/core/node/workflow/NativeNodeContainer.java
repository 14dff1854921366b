package org.knime.core.node.workflow;

import java.util.UUID;
import org.knime.core.data.filestore.internal.WriteFileStoreHandler;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.Node;
import org.knime.core.node.NodeModel;

/** A node of an extension in its workflow. */
public class NativeNodeContainer extends SingleNodeContainer {

    private final Node m_node;

    NativeNodeContainer(final WorkflowManager parent, final Node n, final NodeID id) {
        super(parent, id);
        m_node = n;
        m_node.addMessageListener(event -> setNodeMessage(event.getMessage()));
    }

    public Node getNode() {
        return m_node;
    }

    public NodeModel getNodeModel() {
        return m_node.getNodeModel();
    }

    @Override
    public String getName() {
        return m_node.getName();
    }

    @Override
    public int getNrInPorts() {
        return m_node.getNrInPorts();
    }

    @Override
    public int getNrOutPorts() {
        return m_node.getNrOutPorts();
    }

    /** Gives the node a handler of its own for file stores, in a temporary folder. */
    public void initLocalFileStoreHandler() {
        final WriteFileStoreHandler handler = new WriteFileStoreHandler(getNameWithID(), UUID.randomUUID());
        handler.addToRepository(getParent().getWorkflowDataRepository());
        m_node.setFileStoreHandler(handler);
    }

    /** Deletes the node's file stores. */
    public void clearFileStoreHandler() {
        if (m_node.getFileStoreHandler() != null) {
            m_node.getFileStoreHandler().clearAndDispose();
            m_node.setFileStoreHandler(null);
        }
    }

    @Override
    public ExecutionContext createExecutionContext() {
        if (m_node.getFileStoreHandler() == null) {
            initLocalFileStoreHandler();
        }
        return new ExecutionContext(
                getProgressMonitor(),
                m_node,
                MemoryPolicy.CacheSmallInMemory,
                getParent().getWorkflowDataRepository());
    }
}

package org.knime.core.node.workflow;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.knime.core.node.Node;
import org.knime.core.node.NodeFactory;
import org.knime.core.node.NodeModel;
import org.knime.core.node.context.ModifiableNodeCreationConfiguration;
import org.knime.core.node.workflow.contextv2.WorkflowContextV2;

/**
 * A workflow: its nodes, its context and its file stores. Connections, and the order in which nodes are configured and
 * executed, are left to whoever runs the workflow.
 */
public final class WorkflowManager extends NodeContainer {

    /** The parent of all workflows. */
    public static final WorkflowManager ROOT = new WorkflowManager(null, NodeID.ROOTID, "ROOT", null);

    private final String m_name;
    private final WorkflowContextV2 m_context;
    private final WorkflowDataRepository m_dataRepository = new WorkflowDataRepository();
    private final Map<NodeID, NodeContainer> m_nodes = new TreeMap<>();

    private WorkflowManager(
            final WorkflowManager parent, final NodeID id, final String name, final WorkflowContextV2 context) {
        super(parent, id);
        m_name = name;
        m_context = context;
    }

    /** Adds an empty workflow. */
    public synchronized WorkflowManager createAndAddProject(
            final String name, final WorkflowCreationHelper creationHelper) {
        final NodeID id = createUniqueID();
        final WorkflowManager project = new WorkflowManager(this, id, name, creationHelper.getWorkflowContext());
        m_nodes.put(id, project);
        return project;
    }

    /** Removes a workflow and deletes its nodes' file stores. */
    public synchronized void removeProject(final NodeID id) {
        if (m_nodes.remove(id) instanceof WorkflowManager project) {
            project.m_nodes.values().forEach(node -> ((NativeNodeContainer) node).clearFileStoreHandler());
        }
    }

    private NodeID createUniqueID() {
        int index = m_nodes.size();
        while (m_nodes.containsKey(getID().createChild(index))) {
            index++;
        }
        return getID().createChild(index);
    }

    /** Adds a node with its default ports and settings. */
    public NodeID createAndAddNode(final NodeFactory<?> factory) {
        return addNodeAndApplyContext(factory, null, -1);
    }

    /**
     * Adds a node with its default settings; it is not configured.
     *
     * @param creationConfig the node's ports; null for the default ones
     * @param nodeIDSuffix the node's index; -1 for the next free one
     * @throws IllegalArgumentException if the index is taken
     */
    @SuppressWarnings("unchecked") // the model is used as NodeModel only
    public synchronized NodeID addNodeAndApplyContext(
            final NodeFactory<?> factory,
            final ModifiableNodeCreationConfiguration creationConfig,
            final int nodeIDSuffix) {
        final NodeID id = nodeIDSuffix < 0 ? createUniqueID() : getID().createChild(nodeIDSuffix);
        if (m_nodes.containsKey(id)) {
            throw new IllegalArgumentException("The workflow has a node with the id " + id + " already");
        }
        final Node node = new Node((NodeFactory<NodeModel>) factory, creationConfig);
        m_nodes.put(id, new NativeNodeContainer(this, node, id));
        return id;
    }

    /** The nodes in the order of their ids. */
    public synchronized Collection<NodeContainer> getNodeContainers() {
        return List.copyOf(m_nodes.values());
    }

    /** @throws IllegalArgumentException if there is no node of that id */
    public synchronized NodeContainer getNodeContainer(final NodeID id) {
        final NodeContainer container = m_nodes.get(id);
        if (container == null) {
            throw new IllegalArgumentException("The workflow has no node with the id " + id);
        }
        return container;
    }

    /**
     * The node of that id as the given class.
     *
     * @param failOnError whether a missing node, or one of another class, is an error; null is returned otherwise
     * @throws IllegalArgumentException if that is an error and there is no such node
     */
    public synchronized <T> T getNodeContainer(final NodeID id, final Class<T> subclass, final boolean failOnError) {
        final NodeContainer container = m_nodes.get(id);
        if (subclass.isInstance(container)) {
            return subclass.cast(container);
        }
        if (failOnError) {
            throw new IllegalArgumentException(
                    "The workflow has no " + subclass.getSimpleName() + " with the id " + id);
        }
        return null;
    }

    public WorkflowDataRepository getWorkflowDataRepository() {
        return m_dataRepository;
    }

    /** Where the workflow lies; null for {@link #ROOT}. */
    public WorkflowContextV2 getContextV2() {
        return m_context;
    }

    @Override
    public String getName() {
        return m_name;
    }
}

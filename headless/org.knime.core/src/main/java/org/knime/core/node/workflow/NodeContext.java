package org.knime.core.node.workflow;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The node on whose behalf a thread is working. */
public final class NodeContext {

    private static final ThreadLocal<Deque<NodeContext>> STACK = ThreadLocal.withInitial(ArrayDeque::new);

    private final NodeContainer m_nodeContainer;

    private NodeContext(final NodeContainer nodeContainer) {
        m_nodeContainer = nodeContainer;
    }

    /** The context of the current thread; null if it works for no node. */
    public static NodeContext getContext() {
        return STACK.get().peek();
    }

    public static Optional<NodeContext> getContextOptional() {
        return Optional.ofNullable(getContext());
    }

    /** From now on the current thread works for the node, until {@link #removeLastContext()}. */
    public static void pushContext(final NodeContainer nodeContainer) {
        pushContext(new NodeContext(nodeContainer));
    }

    /** Makes another thread's context that of the current thread, until {@link #removeLastContext()}. */
    public static void pushContext(final NodeContext context) {
        STACK.get().push(context);
    }

    /** @throws IllegalStateException if there is no context */
    public static void removeLastContext() {
        if (STACK.get().poll() == null) {
            throw new IllegalStateException("There is no node context to remove");
        }
    }

    public NodeContainer getNodeContainer() {
        return m_nodeContainer;
    }

    /** The workflow that holds the node, or the container itself if it is a workflow. */
    public WorkflowManager getWorkflowManager() {
        return m_nodeContainer instanceof WorkflowManager workflow ? workflow : m_nodeContainer.getParent();
    }

    @Override
    public String toString() {
        return m_nodeContainer.getNameWithID();
    }
}

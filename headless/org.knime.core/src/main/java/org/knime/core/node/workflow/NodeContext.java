package org.knime.core.node.workflow;

import java.util.ArrayDeque;
import java.util.Deque;

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

    /** From now on the current thread works for the node, until {@link #removeLastContext()}. */
    public static void pushContext(final NodeContainer nodeContainer) {
        STACK.get().push(new NodeContext(nodeContainer));
    }

    /** @throws java.util.NoSuchElementException if there is no context */
    public static void removeLastContext() {
        STACK.get().pop();
    }

    public NodeContainer getNodeContainer() {
        return m_nodeContainer;
    }
}

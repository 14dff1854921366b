package org.knime.core.webui.node.view;

import org.knime.core.node.NodeModel;

/** A node factory whose node may have a view. */
public interface NodeViewFactory<T extends NodeModel> {

    boolean hasNodeView();

    /** The view of an executed model. */
    NodeView createNodeView(T nodeModel);
}

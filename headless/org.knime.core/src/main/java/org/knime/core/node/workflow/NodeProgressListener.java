package org.knime.core.node.workflow;

import java.util.EventListener;

/** Is told when a node's progress changes. */
public interface NodeProgressListener extends EventListener {

    void progressChanged(NodeProgressEvent pe);
}

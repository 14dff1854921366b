package org.knime.core.node;

import org.knime.core.node.message.Message;

/** Is told when a node model sets or clears its warning. */
public interface NodeModelWarningListener {

    /** @param warning null if cleared */
    void warningChanged(Message warning);
}

package org.knime.core.node.port;

/** A node model that keeps port objects of its execution, for instance for its view. */
public interface PortObjectHolder {

    /** The kept objects; null if the node is not executed or kept nothing. */
    PortObject[] getInternalPortObjects();

    /** Called before the first use with what was kept when the workflow was saved. */
    void setInternalPortObjects(PortObject[] portObjects);
}

package org.knime.core.node;

import org.knime.core.node.config.base.ConfigBaseWO;

/** Write access to a node's settings. */
public interface NodeSettingsWO extends ConfigBaseWO {

    /** Adds and returns an empty sub config. */
    NodeSettingsWO addNodeSettings(String key);

    /** Adds the given settings under their own key. */
    void addNodeSettings(NodeSettings settings);
}

package org.knime.core.node;

import org.knime.core.node.config.base.ConfigBaseRO;

/** Read access to a node's settings. */
public interface NodeSettingsRO extends ConfigBaseRO {

    /** @throws InvalidSettingsException if there is no sub config under the key */
    NodeSettingsRO getNodeSettings(String key) throws InvalidSettingsException;
}

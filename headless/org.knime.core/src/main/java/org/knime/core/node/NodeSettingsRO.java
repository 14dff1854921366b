package org.knime.core.node;

import org.knime.core.node.config.ConfigRO;

/** Read access to a node's settings. */
public interface NodeSettingsRO extends ConfigRO {

    /** @throws InvalidSettingsException if there is no sub config under the key */
    NodeSettingsRO getNodeSettings(String key) throws InvalidSettingsException;
}

package org.knime.core.node;

import org.knime.core.node.config.base.ConfigBaseRO;

/** Read access to a model's content. */
public interface ModelContentRO extends ConfigBaseRO {

    /** @throws InvalidSettingsException if there is no sub content under the key */
    ModelContentRO getModelContent(String key) throws InvalidSettingsException;
}

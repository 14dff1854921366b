package org.knime.core.node;

import org.knime.core.node.config.base.ConfigBaseWO;

/** Write access to a model's content. */
public interface ModelContentWO extends ConfigBaseWO {

    /** Adds and returns an empty sub content. */
    ModelContentWO addModelContent(String key);
}

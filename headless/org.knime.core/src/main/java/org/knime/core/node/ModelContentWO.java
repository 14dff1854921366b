package org.knime.core.node;

import org.knime.core.node.config.ConfigWO;

/** Write access to a model's content. */
public interface ModelContentWO extends ConfigWO {

    /** Adds and returns an empty sub content. */
    ModelContentWO addModelContent(String key);

    /** Adds the given content under its own key. */
    void addModelContent(ModelContent modelContent);
}

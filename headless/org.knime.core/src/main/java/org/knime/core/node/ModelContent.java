package org.knime.core.node;

import java.io.IOException;
import java.io.InputStream;
import org.knime.core.node.config.base.ConfigBase;

/** A model's content as a settings tree, as port objects and specs write it. */
public final class ModelContent extends ConfigBase implements ModelContentRO, ModelContentWO {

    public ModelContent(final String key) {
        super(key);
    }

    @Override
    public ModelContent getInstance(final String key) {
        return new ModelContent(key);
    }

    /**
     * Reads settings XML and closes the stream.
     *
     * @throws IOException if the stream breaks or is not settings XML; the message names line and column
     */
    public static ModelContentRO loadFromXML(final InputStream in) throws IOException {
        return (ModelContent) loadFromXML(new ModelContent("ignored"), in);
    }

    @Override
    public ModelContentWO addModelContent(final String key) {
        return (ModelContent) addConfigBase(key);
    }

    @Override
    public ModelContent getModelContent(final String key) throws InvalidSettingsException {
        return (ModelContent) getConfigBase(key);
    }
}

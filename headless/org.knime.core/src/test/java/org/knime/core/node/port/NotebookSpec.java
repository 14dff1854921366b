package org.knime.core.node.port;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;

/** A spec with one text. */
public final class NotebookSpec extends AbstractSimplePortObjectSpec {

    /** Registered in the tests' plugin.xml. */
    public static final class Serializer extends AbstractSimplePortObjectSpecSerializer<NotebookSpec> {}

    private String m_title;

    /** For restoring. */
    public NotebookSpec() {}

    NotebookSpec(final String title) {
        m_title = title;
    }

    String title() {
        return m_title;
    }

    @Override
    protected void save(final ModelContentWO model) {
        model.addString("title", m_title);
    }

    @Override
    protected void load(final ModelContentRO model) throws InvalidSettingsException {
        m_title = model.getString("title");
    }
}

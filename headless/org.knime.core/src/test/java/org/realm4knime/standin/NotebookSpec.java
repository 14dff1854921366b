package org.realm4knime.standin;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;
import org.knime.core.node.port.AbstractSimplePortObjectSpec;

/** A spec with one text. */
public final class NotebookSpec extends AbstractSimplePortObjectSpec {

    private String title;

    /** For restoring. */
    public NotebookSpec() {}

    NotebookSpec(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    @Override
    protected void save(ModelContentWO model) {
        model.addString("title", title);
    }

    @Override
    protected void load(ModelContentRO model) throws InvalidSettingsException {
        title = model.getString("title");
    }

    /** Registered in the tests' plugin.xml. */
    public static final class Serializer extends AbstractSimplePortObjectSpecSerializer<NotebookSpec> {}
}

package org.knime.core.webui.node.view;

import java.util.Optional;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.webui.data.InitialDataService;
import org.knime.core.webui.page.Page;

/** The view of a node: a web page and the data it starts with. */
public interface NodeView {

    Page getPage();

    /** The data with which the page starts; empty if there is none. */
    <D> Optional<InitialDataService<D>> createInitialDataService();

    void validateSettings(NodeSettingsRO settings) throws InvalidSettingsException;

    void loadValidatedSettingsFrom(NodeSettingsRO settings);
}

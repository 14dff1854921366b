package org.knime.node;

import java.util.Optional;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectHolder;
import org.knime.core.webui.data.InitialDataService;
import org.knime.core.webui.node.dialog.defaultdialog.NodeParametersUtil;
import org.knime.core.webui.node.view.NodeView;
import org.knime.core.webui.page.Page;
import org.knime.node.DefaultView.ViewInput;
import org.knime.node.parameters.NodeParameters;

/** A {@link DefaultView} as a node view. */
final class DefaultViewToNodeViewAdapter implements NodeView, ViewInput {

    private final DefaultView m_view;
    private final PortObjectHolder m_holder;
    private NodeParameters m_parameters; // null until loaded

    DefaultViewToNodeViewAdapter(final DefaultView view, final PortObjectHolder holder) {
        m_view = view;
        m_holder = holder;
    }

    @Override
    public Page getPage() {
        return m_view.m_page;
    }

    @Override
    @SuppressWarnings("unchecked") // the caller does not know the type of the data
    public <D> Optional<InitialDataService<D>> createInitialDataService() {
        return m_view.createInitialDataService(this).map(service -> (InitialDataService<D>) service);
    }

    @Override
    public void validateSettings(final NodeSettingsRO settings) throws InvalidSettingsException {
        if (m_view.getParametersClass().isPresent()) {
            NodeParametersUtil.loadSettings(
                            settings, m_view.getParametersClass().get())
                    .validate();
        }
    }

    @Override
    public void loadValidatedSettingsFrom(final NodeSettingsRO settings) {
        if (m_view.getParametersClass().isPresent()) {
            try {
                m_parameters = NodeParametersUtil.loadSettings(
                        settings, m_view.getParametersClass().get());
            } catch (final InvalidSettingsException e) {
                throw new IllegalStateException("The settings of the view are not valid: " + e.getMessage(), e);
            }
        }
    }

    @Override
    @SuppressWarnings("unchecked") // the class of the parameters is the one the view declares
    public <S extends NodeParameters> S getParameters() {
        return (S) m_parameters;
    }

    @Override
    public PortObject[] getInternalPortObjects() {
        return m_holder.getInternalPortObjects();
    }
}

package org.knime.node;

import java.util.Optional;
import org.knime.core.node.ConfigurableNodeFactory;
import org.knime.core.node.NodeDescription;
import org.knime.core.node.NodeModel;
import org.knime.core.node.context.NodeCreationConfiguration;
import org.knime.core.node.port.PortObjectHolder;
import org.knime.core.node.port.PortType;
import org.knime.core.webui.node.view.NodeView;
import org.knime.core.webui.node.view.NodeViewFactory;
import org.knime.node.DefaultModel.StandardDefaultModel;
import org.knime.node.parameters.NodeParameters;

/** Makes a node from its declaration; a subclass has a public constructor without arguments. */
public abstract class DefaultNodeFactory extends ConfigurableNodeFactory<NodeModel>
        implements NodeViewFactory<NodeModel> {

    private final DefaultNode m_node;

    protected DefaultNodeFactory(final DefaultNode node) {
        super(true);
        m_node = node;
        init();
    }

    @Override
    public final synchronized void init() {
        super.init();
    }

    @Override
    protected final NodeDescription createNodeDescription() {
        return DefaultNodeDescription.of(m_node);
    }

    @Override
    protected final Optional<PortsConfigurationBuilder> createPortsConfigBuilder() {
        if (m_node.m_ports.isEmpty()) {
            return Optional.empty();
        }
        final PortsConfigurationBuilder builder = new PortsConfigurationBuilder();
        m_node.m_ports.forEach(group -> addGroup(builder, group));
        return Optional.of(builder);
    }

    private static void addGroup(final PortsConfigurationBuilder builder, final PortGroupDefinition group) {
        final String id = group.m_id;
        final PortType[] supported = group.m_supportedTypes;
        final PortType optionalDefault = group.m_defaultTypes.length == 0 ? null : group.m_defaultTypes[0];
        switch (group.m_mode) {
            case FIXED -> {
                if (group.m_input) {
                    builder.addFixedInputPortGroup(id, group.m_fixedTypes);
                } else {
                    builder.addFixedOutputPortGroup(id, group.m_fixedTypes);
                }
            }
            case OPTIONAL -> {
                if (group.m_input) {
                    builder.addOptionalInputPortGroupWithDefault(id, optionalDefault, supported);
                } else {
                    builder.addOptionalOutputPortGroupWithDefault(id, optionalDefault, supported);
                }
            }
            case EXTENDABLE -> {
                if (group.m_input) {
                    builder.addExtendableInputPortGroupWithDefault(
                            id, group.m_fixedTypes, group.m_defaultTypes, supported);
                } else {
                    builder.addExtendableOutputPortGroupWithDefault(
                            id, group.m_fixedTypes, group.m_defaultTypes, supported);
                }
            }
        }
    }

    @Override
    protected final NodeModel createNodeModel(final NodeCreationConfiguration creationConfig) {
        return new StandardDefaultModelToNodeModelAdapter(
                (StandardDefaultModel) m_node.m_model,
                creationConfig.getPortConfig().orElse(null),
                viewParametersClass().orElse(null));
    }

    @Override
    public final NodeModel createNodeModel() {
        return super.createNodeModel();
    }

    private Optional<Class<? extends NodeParameters>> viewParametersClass() {
        return m_node.getView().flatMap(DefaultView::getParametersClass);
    }

    /** Whether the node has parameters. */
    public boolean hasNodeDialog() {
        return m_node.m_model.getParametersClass().isPresent()
                || viewParametersClass().isPresent();
    }

    @Override
    public final boolean hasNodeView() {
        return m_node.getView().isPresent();
    }

    @Override
    public final NodeView createNodeView(final NodeModel nodeModel) {
        return new DefaultViewToNodeViewAdapter(
                m_node.getView().orElseThrow(() -> new IllegalStateException("The node has no view")),
                (PortObjectHolder) nodeModel);
    }
}

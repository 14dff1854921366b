package org.realm4knime.headless.node;

import java.util.Map;
import java.util.Optional;
import org.knime.core.node.Node;
import org.knime.core.node.NodeFactory;
import org.knime.core.node.NodeModel;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.context.ModifiableNodeCreationConfiguration;
import org.knime.core.node.context.ports.ExtendablePortGroup;
import org.knime.core.node.context.ports.ModifiablePortsConfiguration;
import org.realm4knime.headless.workflow.WorkflowException;

/** A kind of node as it comes out of the node repository: with its default ports and settings, in no workflow. */
public final class NodeTemplate {

    private final NodeFactory<NodeModel> factory;
    private final ModifiableNodeCreationConfiguration creation;

    private NodeTemplate(NodeFactory<NodeModel> factory) {
        this.factory = factory;
        this.creation = NodeInstance.creationConfiguration(factory);
    }

    /**
     * @param registry knows the nodes
     * @param factory class name of a factory
     * @return the node
     * @throws WorkflowException if there is no such node
     */
    @SuppressWarnings("unchecked")
    public static NodeTemplate create(NodeRegistry registry, String factory) throws WorkflowException {
        return new NodeTemplate((NodeFactory<NodeModel>) registry.create(factory));
    }

    /** @return a new node with the ports as they are configured now */
    public Node node() {
        return new Node(factory, creation == null ? null : creation.copy());
    }

    /** @return its ports in groups, if they can be configured */
    public Optional<ModifiablePortsConfiguration> ports() {
        return creation == null ? Optional.empty() : creation.getPortConfig();
    }

    /** @return its port groups that can take more or fewer ports, live */
    public Map<String, ExtendablePortGroup> extendablePorts() {
        return ports().map(ModifiablePortsConfiguration::getExtendablePorts).orElse(Map.of());
    }

    /** @return its default parameters */
    public NodeSettings parameters() {
        NodeSettings settings = new NodeSettings("model");
        node().saveModelSettingsTo(settings);
        return settings;
    }

    /** @return the default parameters of its view; empty if it has none */
    public NodeSettings viewParameters() {
        NodeSettings settings = new NodeSettings("view");
        node().saveDefaultViewSettingsTo(settings);
        return settings;
    }

    /** @param settings a node's settings.xml, to which its port configuration and factory settings are added */
    void saveConfigurationTo(NodeSettings settings) {
        factory.saveAdditionalFactorySettings(settings.addNodeSettings("factory_settings"));
        if (creation != null) {
            creation.saveSettingsTo(settings);
        }
    }
}

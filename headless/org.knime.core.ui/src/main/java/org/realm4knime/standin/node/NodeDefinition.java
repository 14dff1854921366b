package org.realm4knime.standin.node;

import java.util.List;
import java.util.Optional;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.core.node.NodeSettings;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOrRearrangerConsumer;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteConsumer;
import org.knime.node.parameters.NodeParameters;

/**
 * A node as its factory declares it.
 *
 * @param name for people
 * @param icon path relative to the class of the factory
 * @param type what kind of node it is
 * @param shortDescription one sentence, simple HTML
 * @param fullDescription simple HTML
 * @param ports groups of ports in their order
 * @param parameters their class, if the node has any
 * @param configure what the node makes of specs
 * @param execute what the node makes of data
 * @param view its view, if it has one
 */
public record NodeDefinition(
        String name,
        String icon,
        NodeType type,
        String shortDescription,
        String fullDescription,
        List<PortGroup> ports,
        Optional<Class<? extends NodeParameters>> parameters,
        ConfigureOrRearrangerConsumer<ConfigureInput, ConfigureOutput> configure,
        ExecuteConsumer execute,
        Optional<ViewDefinition> view) {

    /** @return the parameters of a new node, under the key that KNIME gives them in settings.xml */
    public NodeSettings defaultParameters() {
        NodeSettings settings = new NodeSettings("model");
        parameters.ifPresent(type -> ParametersStore.save(ParametersStore.create(type), settings));
        return settings;
    }
}

package org.realm4knime.standin.node;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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

    /**
     * Parameters of a new node that nothing is connected to.
     *
     * @return under the key that KNIME gives them in settings.xml
     */
    public NodeSettings newParameters() {
        return saved(type -> ParametersStore.create(type, new DialogInput(List.of(), List.of())));
    }

    /**
     * What counts for parameters that a saved workflow lacks, as they were added since.
     *
     * @return under the key that KNIME gives them in settings.xml
     */
    public NodeSettings defaultParameters() {
        return saved(ParametersStore::create);
    }

    private NodeSettings saved(Function<Class<? extends NodeParameters>, NodeParameters> maker) {
        NodeSettings settings = new NodeSettings("model");
        parameters.ifPresent(type -> ParametersStore.save(maker.apply(type), settings));
        return settings;
    }
}

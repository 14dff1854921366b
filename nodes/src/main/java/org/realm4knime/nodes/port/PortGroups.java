package org.realm4knime.nodes.port;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.knime.core.node.context.ports.PortsConfiguration;
import org.knime.core.node.workflow.NativeNodeContainer;
import org.knime.core.node.workflow.NodeContext;

/**
 * Where the ports of a node with optional or repeated ports are.
 *
 * @param positions positions among the inputs, or among the outputs, by name of the port
 */
public record PortGroups(Map<String, int[]> positions) {

    /**
     * The input ports that the user gave the node which is being configured or executed. They are asked from the node
     * itself: up to KNIME 5.8 a node's model has no other way to learn them.
     */
    public static PortGroups ofCurrentNode() {
        return of(PortsConfiguration::getInputPortLocation);
    }

    /** The output ports of the node which is being configured or executed. */
    public static PortGroups outputsOfCurrentNode() {
        return of(PortsConfiguration::getOutputPortLocation);
    }

    private static PortGroups of(Function<PortsConfiguration, Map<String, int[]>> side) {
        if (NodeContext.getContext().getNodeContainer() instanceof NativeNodeContainer container) {
            return container
                    .getNode()
                    .getCopyOfCreationConfig()
                    .flatMap(configuration -> configuration.getPortConfig().map(side))
                    .map(PortGroups::new)
                    .orElseThrow(() -> new IllegalStateException("The node has no port groups"));
        }
        throw new IllegalStateException("Port groups are known only while a node is configured or executed");
    }

    /** Position of the port; empty if the user did not add it. */
    public Optional<Integer> optional(String name) {
        return all(name).boxed().findFirst();
    }

    /** Position of a port that is always there. */
    public int required(String name) {
        return optional(name).orElseThrow(() -> new IllegalStateException("No port '" + name + "'"));
    }

    /** Positions of a repeated port, in order. */
    public IntStream all(String name) {
        return Arrays.stream(positions.getOrDefault(name, new int[0]));
    }

    /** Positions of a port that is always there and of those that the user added to it, in order. */
    public IntStream all(String first, String further) {
        return IntStream.concat(all(first), all(further));
    }
}

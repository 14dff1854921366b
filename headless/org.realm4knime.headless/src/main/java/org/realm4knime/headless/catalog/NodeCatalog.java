package org.realm4knime.headless.catalog;

import java.util.ArrayList;
import java.util.List;
import org.realm4knime.headless.node.NodeRegistry;
import org.realm4knime.headless.workflow.WorkflowException;
import org.realm4knime.standin.node.NodeDefinition;
import org.realm4knime.standin.node.PortGroup;
import org.realm4knime.standin.node.PortGroup.Side;

/** Describes the nodes that there are, from their definitions. */
public final class NodeCatalog {

    private NodeCatalog() {}

    /**
     * @param registry the nodes
     * @return a description of each, in the order of the registry
     * @throws WorkflowException if a node cannot be created
     */
    public static List<NodeInfo> of(NodeRegistry registry) throws WorkflowException {
        List<NodeInfo> result = new ArrayList<>();
        for (NodeRegistry.Contribution contribution : registry.contributions()) {
            result.add(describe(contribution, registry.definition(contribution.factory())));
        }
        return result;
    }

    private static NodeInfo describe(NodeRegistry.Contribution contribution, NodeDefinition node) {
        return new NodeInfo(
                node.name(),
                contribution.factory(),
                contribution.category(),
                Markdown.of(node.shortDescription()),
                Markdown.of(node.fullDescription()),
                ports(node, Side.INPUT),
                ports(node, Side.OUTPUT),
                ParameterReader.read(node));
    }

    private static List<PortInfo> ports(NodeDefinition node, Side side) {
        return node.ports().stream()
                .filter(group -> group.side() == side)
                .map(group -> new PortInfo(
                        group.name(), group.type().getName(), number(group), Markdown.of(group.description())))
                .toList();
    }

    private static String number(PortGroup group) {
        return switch (group.mode()) {
            case FIXED -> "";
            case OPTIONAL -> "optional";
            case EXTENDABLE -> group.fixed() == 0 ? "any number" : group.fixed() + " or more";
        };
    }
}

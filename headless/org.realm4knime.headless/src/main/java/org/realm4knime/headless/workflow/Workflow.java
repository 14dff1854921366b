package org.realm4knime.headless.workflow;

import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import org.knime.core.node.NodeSettings;

/**
 * A workflow as it lies on disk, read and checked for its form; whether its nodes exist and accept their settings is
 * another matter.
 *
 * @param name the workflow's name: that of its folder
 * @param folder the folder of workflow.knime; relative paths in node settings start here
 * @param settings content of workflow.knime
 * @param nodes by number
 * @param connections in the order of the file
 */
public record Workflow(
        String name, Path folder, NodeSettings settings, List<WorkflowNode> nodes, List<Connection> connections) {

    /** Copies the lists. */
    public Workflow {
        nodes = List.copyOf(nodes);
        connections = List.copyOf(connections);
    }

    /**
     * @param id number of a node
     * @return the node
     * @throws NoSuchElementException if there is none
     */
    public WorkflowNode node(int id) {
        return nodes.stream().filter(n -> n.id() == id).findFirst().orElseThrow();
    }

    /**
     * @param id number of a node
     * @return the lines that enter it
     */
    public List<Connection> into(int id) {
        return connections.stream().filter(c -> c.target() == id).toList();
    }
}

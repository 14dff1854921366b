package org.realm4knime.headless.workflow;

/**
 * A line between two nodes. Ports count as KNIME counts them: 0 is the flow variable port, data ports start at 1.
 *
 * @param source id of the node that the line leaves
 * @param sourcePort its output port
 * @param target id of the node that the line enters
 * @param targetPort its input port
 */
public record Connection(int source, int sourcePort, int target, int targetPort) {

    /** @return whether the line only orders the nodes (and hands on flow variables) and carries no data */
    public boolean isFlowVariable() {
        return targetPort == 0;
    }

    @Override
    public String toString() {
        return "#%d port %d -> #%d port %d".formatted(source, sourcePort, target, targetPort);
    }
}

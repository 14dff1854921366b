package org.realm4knime.headless.workflow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Collectors;

/** The order in which a workflow's nodes can run. */
public final class WorkflowGraph {

    private WorkflowGraph() {}

    /**
     * Topological order (Kahn's algorithm); of the nodes that could come next, the one with the lowest number does, so
     * the order is the same in every run.
     *
     * @param workflow the workflow
     * @return all its nodes, each after those it depends on
     * @throws WorkflowException if its connections form a cycle; names the nodes of one cycle
     */
    public static List<WorkflowNode> order(Workflow workflow) throws WorkflowException {
        Map<Integer, Integer> waitingFor = new HashMap<>();
        workflow.nodes()
                .forEach(n -> waitingFor.put(n.id(), workflow.into(n.id()).size()));
        PriorityQueue<Integer> ready = new PriorityQueue<>();
        waitingFor.forEach((id, inputs) -> {
            if (inputs == 0) {
                ready.add(id);
            }
        });
        List<WorkflowNode> order = new ArrayList<>();
        while (!ready.isEmpty()) {
            int id = ready.remove();
            order.add(workflow.node(id));
            for (Connection c : workflow.connections()) {
                if (c.source() == id && waitingFor.merge(c.target(), -1, Integer::sum) == 0) {
                    ready.add(c.target());
                }
            }
        }
        if (order.size() < workflow.nodes().size()) {
            throw new WorkflowException(
                    "The workflow has a cycle: " + cycle(workflow, order) + ". Remove one connection.");
        }
        return order;
    }

    /** Walks against the connections among the nodes that never became ready, until a node comes up again. */
    private static String cycle(Workflow workflow, List<WorkflowNode> ordered) {
        List<WorkflowNode> rest = new ArrayList<>(workflow.nodes());
        rest.removeAll(ordered);
        LinkedHashSet<WorkflowNode> path = new LinkedHashSet<>();
        WorkflowNode node = rest.get(0);
        while (path.add(node)) {
            node = workflow.into(node.id()).stream()
                    .map(c -> workflow.node(c.source()))
                    .filter(rest::contains)
                    .findFirst()
                    .orElseThrow();
        }
        List<WorkflowNode> cycle = new ArrayList<>(path);
        cycle = new ArrayList<>(cycle.subList(cycle.indexOf(node), cycle.size()));
        Collections.reverse(cycle);
        cycle.add(cycle.get(0));
        return cycle.stream().map(WorkflowNode::displayName).collect(Collectors.joining(" -> "));
    }
}

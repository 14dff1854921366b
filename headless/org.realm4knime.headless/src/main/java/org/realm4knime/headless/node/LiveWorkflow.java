package org.realm4knime.headless.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.realm4knime.headless.workflow.Connection;
import org.realm4knime.headless.workflow.Workflow;
import org.realm4knime.headless.workflow.WorkflowException;
import org.realm4knime.headless.workflow.WorkflowGraph;
import org.realm4knime.headless.workflow.WorkflowNode;
import org.realm4knime.standin.Keyring;

/**
 * A workflow whose nodes are created and have accepted their settings, and whose connections join ports that exist and
 * fit.
 */
public final class LiveWorkflow {

    private static final String FLOW_VARIABLES = "Flow Variable";

    private final Workflow workflow;
    private final Map<Integer, NodeInstance> nodes = new LinkedHashMap<>();

    private LiveWorkflow(Workflow workflow) {
        this.workflow = workflow;
    }

    /**
     * @param workflow as read, with any overrides applied
     * @param registry knows the nodes
     * @return the workflow, ready to run
     * @throws WorkflowException with everything that is wrong with its nodes and connections
     */
    public static LiveWorkflow create(Workflow workflow, NodeRegistry registry) throws WorkflowException {
        return create(workflow, registry, Keyring.empty());
    }

    /**
     * As the other, with credentials.
     *
     * @param keyring the credentials that every node can see
     */
    public static LiveWorkflow create(Workflow workflow, NodeRegistry registry, Keyring keyring)
            throws WorkflowException {
        LiveWorkflow live = new LiveWorkflow(workflow);
        List<String> problems = new ArrayList<>();
        for (WorkflowNode node : WorkflowGraph.order(workflow)) {
            try {
                live.nodes.put(node.id(), NodeInstance.create(node, registry, workflow.folder(), keyring));
            } catch (WorkflowException e) {
                problems.addAll(e.problems());
            }
        }
        if (problems.isEmpty()) {
            workflow.connections().forEach(c -> live.check(c, problems));
        }
        if (!problems.isEmpty()) {
            throw new WorkflowException(problems);
        }
        return live;
    }

    private void check(Connection c, List<String> problems) {
        NodeInstance source = nodes.get(c.source());
        NodeInstance target = nodes.get(c.target());
        if (c.sourcePort() < 0 || c.sourcePort() > source.outputs()) {
            problems.add("A connection leaves output %d of %s, which has %d."
                    .formatted(c.sourcePort(), source.saved().displayName(), source.outputs()));
        } else if (c.targetPort() < 0 || c.targetPort() > target.inputs()) {
            problems.add("A connection enters input %d of %s, which has %d."
                    .formatted(c.targetPort(), target.saved().displayName(), target.inputs()));
        } else if (!fits(c, source, target)) {
            problems.add("Output %d of %s (%s) does not fit input %d of %s (%s)."
                    .formatted(
                            c.sourcePort(),
                            source.saved().displayName(),
                            c.sourcePort() == 0 ? FLOW_VARIABLES : source.outputType(c.sourcePort()),
                            c.targetPort(),
                            target.saved().displayName(),
                            c.targetPort() == 0 ? FLOW_VARIABLES : target.inputType(c.targetPort())));
        }
    }

    /** Port 0 on either side is that of flow variables. */
    private static boolean fits(Connection c, NodeInstance source, NodeInstance target) {
        if (c.sourcePort() == 0 || c.targetPort() == 0) {
            return c.sourcePort() == c.targetPort();
        }
        return target.inputType(c.targetPort()).isSuperTypeOf(source.outputType(c.sourcePort()));
    }

    /** @return what lies on disk */
    public Workflow workflow() {
        return workflow;
    }

    /** @return the nodes in the order in which they can run */
    public List<NodeInstance> nodes() {
        return List.copyOf(nodes.values());
    }

    /**
     * @param id number of a node
     * @return the node
     */
    public NodeInstance node(int id) {
        return nodes.get(id);
    }
}

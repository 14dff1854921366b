package org.realm4knime.headless.run;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.realm4knime.engine.IoReason;
import org.realm4knime.headless.node.LiveWorkflow;
import org.realm4knime.headless.node.NodeInstance;
import org.realm4knime.headless.workflow.Connection;
import org.realm4knime.headless.workflow.Workflow;

/**
 * Executes a workflow's nodes one after the other. A node that fails stops only those that need its results. A node
 * without inputs (a reader) and one without outputs (a writer) always runs, since what it reads or writes lies outside
 * the workflow; any other is skipped when {@link ResultStore} has its results for the same settings and inputs.
 */
public final class WorkflowRunner {

    private static final Logger LOGGER = Logger.getLogger(WorkflowRunner.class.getName());

    private final LiveWorkflow live;
    private final ResultStore store;
    private final RunListener listener;
    private final BiPredicate<List<PortObject>, List<PortObject>> unanswered;
    private final Map<Integer, NodeResult> results = new HashMap<>();
    private final Map<Integer, List<String>> contents = new HashMap<>();
    private volatile NodeInstance running;
    private volatile boolean cancelled;
    private String said = "";

    /**
     * @param live what to run
     * @param store keeps the results
     * @param listener is told what happens
     * @param unanswered whether a node with these inputs and outputs is worth executing again, since a server left rows
     *     without an answer
     */
    public WorkflowRunner(
            LiveWorkflow live,
            ResultStore store,
            RunListener listener,
            BiPredicate<List<PortObject>, List<PortObject>> unanswered) {
        this.live = live;
        this.store = store;
        this.listener = listener;
        this.unanswered = unanswered;
    }

    /**
     * Runs the workflow in this thread; once an object, after {@link #configure}.
     *
     * @return what became of it; also when nodes failed or {@link #cancel} was called
     */
    public RunResult run() {
        Instant started = Instant.now();
        long begin = System.nanoTime();
        List<NodeResult> ordered = new ArrayList<>();
        for (NodeInstance node : live.nodes()) {
            NodeResult result = run(node, ordered.size() + 1);
            results.put(node.saved().id(), result);
            ordered.add(result);
            listener.finished(result, ordered.size(), live.nodes().size());
        }
        return new RunResult(live.workflow(), started, since(begin), ordered);
    }

    /** Asks the running node to stop and lets no other begin; from any thread. */
    public void cancel() {
        cancelled = true;
        NodeInstance node = running;
        if (node != null) {
            node.cancel();
        }
    }

    /**
     * Configures ahead what can be configured from specs alone, so that a wrong setting late in the workflow shows at
     * once and not after hours of training. A node behind a flow variable connection may wait for a side effect.
     *
     * @return the nodes that cannot run as they are configured, and why; {@link #run} does not run them
     */
    public List<NodeResult> configure() {
        List<NodeResult> wrong = new ArrayList<>();
        for (NodeInstance node : live.nodes()) {
            List<String> unconnected = unconnected(node);
            Optional<List<PortObjectSpec>> specs = specsAhead(node);
            if (!unconnected.isEmpty()) {
                wrong.add(NodeResult.without(node.saved(), NodeState.NOT_RUN, Duration.ZERO, unconnected));
            } else if (specs.isPresent() && !node.configure(specs.get())) {
                wrong.add(failed(node, Duration.ZERO));
            } else {
                continue;
            }
            NodeResult result = wrong.get(wrong.size() - 1);
            results.put(node.saved().id(), result);
        }
        return wrong;
    }

    private Optional<List<PortObjectSpec>> specsAhead(NodeInstance node) {
        List<PortObjectSpec> specs = new ArrayList<>();
        boolean waits = workflow().into(node.saved().id()).stream().anyMatch(Connection::isFlowVariable);
        for (int port = 1; port <= node.inputs(); port++) {
            Optional<Connection> c = connection(node, port);
            Optional<PortObjectSpec> spec = c.flatMap(in -> results.containsKey(in.source())
                    ? Optional.empty()
                    : live.node(in.source()).outputSpec(in.sourcePort()));
            if (waits || spec.isEmpty()) {
                return Optional.empty();
            }
            specs.add(spec.get());
        }
        return waits ? Optional.empty() : Optional.of(specs);
    }

    private NodeResult run(NodeInstance node, int number) {
        NodeResult ahead = results.get(node.saved().id());
        if (ahead != null) {
            return ahead;
        }
        List<String> missing = missingInputs(node);
        if (cancelled || !missing.isEmpty()) {
            NodeState state = cancelled ? NodeState.INTERRUPTED : NodeState.NOT_RUN;
            return NodeResult.without(node.saved(), state, Duration.ZERO, cancelled ? List.of() : missing);
        }
        listener.started(node.saved(), number, live.nodes().size());
        running = node;
        said = "";
        long begin = System.nanoTime();
        try {
            return reuseOrExecute(node, begin);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.SEVERE, node.saved().displayName() + " failed", e);
            return NodeResult.without(node.saved(), NodeState.FAILED, since(begin), List.of(describe(e)));
        } finally {
            running = null;
        }
    }

    private NodeResult reuseOrExecute(NodeInstance node, long begin) throws IOException {
        String key = store.key(node, inputContents(node));
        if (node.inputs() > 0 && node.outputs() > 0) {
            Optional<ResultStore.Stored> stored = store.find(node, key);
            if (stored.isPresent()) {
                keepContents(node, stored.get().contents());
                return stored.get().result();
            }
        }
        List<PortObject> inputs = inputs(node);
        if (!node.configure(inputs.stream().map(PortObject::getSpec).toList())) {
            return failed(node, since(begin));
        }
        Optional<List<PortObject>> outputs =
                cancelled ? Optional.empty() : node.execute(inputs, store.fileStores(node), this::progressed);
        if (outputs.isEmpty()) {
            return cancelled ? interrupted(node, since(begin)) : failed(node, since(begin));
        }
        NodeResult result = new NodeResult(
                node.saved(),
                NodeState.DONE,
                since(begin),
                node.messages(),
                named(node, outputs.get()),
                node.view(),
                node.outputs() == 0 ? said : "");
        if (node.outputs() > 0) {
            listener.progressed(1, "keeping the results");
        }
        keepContents(node, store.save(node, key, result, unanswered.test(inputs, outputs.get())));
        return result;
    }

    private void progressed(double fraction, String message) {
        said = message;
        listener.progressed(fraction, message);
    }

    private static NodeResult interrupted(NodeInstance node, Duration time) {
        NodeInstance.Unfinished unfinished = node.unfinished();
        List<NodeOutput> kept = unfinished.tables().entrySet().stream()
                .map(e -> new NodeOutput(e.getKey(), node.outputName(e.getKey()), e.getValue()))
                .toList();
        return new NodeResult(node.saved(), NodeState.INTERRUPTED, time, List.of(), kept, unfinished.view(), "");
    }

    private static List<NodeOutput> named(NodeInstance node, List<PortObject> outputs) {
        return IntStream.rangeClosed(1, outputs.size())
                .mapToObj(port -> new NodeOutput(port, node.outputName(port), outputs.get(port - 1)))
                .toList();
    }

    private NodeResult failed(NodeInstance node, Duration time) {
        List<String> messages = node.messages();
        return NodeResult.without(
                node.saved(),
                NodeState.FAILED,
                time,
                messages.isEmpty() ? List.of("The node failed and gave no reason; see realm.log.") : messages);
    }

    private static String describe(Exception e) {
        String message = e instanceof IOException failure ? IoReason.of(failure) : e.getMessage();
        return message == null || message.isBlank() ? "Unexpected error: " + e : message;
    }

    /** By the clock that nobody sets. */
    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** @return why the node has not all it needs, in sentences */
    private List<String> missingInputs(NodeInstance node) {
        List<String> missing = new ArrayList<>();
        String without = workflow().into(node.saved().id()).stream()
                .map(c -> results.get(c.source()))
                .filter(source -> !source.state().hasResults())
                .map(source -> source.node().displayName())
                .distinct()
                .collect(Collectors.joining(", "));
        if (!without.isEmpty()) {
            missing.add("There are no results of " + without + ".");
        }
        missing.addAll(unconnected(node));
        return missing;
    }

    private List<String> unconnected(NodeInstance node) {
        return IntStream.rangeClosed(1, node.inputs())
                .filter(port -> connection(node, port).isEmpty())
                .mapToObj(port -> "Nothing is connected to input %d (%s).".formatted(port, node.inputName(port)))
                .toList();
    }

    private List<PortObject> inputs(NodeInstance node) {
        return IntStream.rangeClosed(1, node.inputs())
                .mapToObj(port -> connection(node, port).orElseThrow())
                .map(c -> results.get(c.source())
                        .outputs()
                        .get(c.sourcePort() - 1)
                        .object())
                .toList();
    }

    private List<String> inputContents(NodeInstance node) {
        return IntStream.rangeClosed(1, node.inputs())
                .mapToObj(port -> connection(node, port).orElseThrow())
                .map(c -> contents.get(c.source()).get(c.sourcePort() - 1))
                .toList();
    }

    private void keepContents(NodeInstance node, List<String> outputs) {
        contents.put(node.saved().id(), outputs);
    }

    private Optional<Connection> connection(NodeInstance node, int port) {
        return workflow().into(node.saved().id()).stream()
                .filter(c -> c.targetPort() == port)
                .findFirst();
    }

    private Workflow workflow() {
        return live.workflow();
    }
}

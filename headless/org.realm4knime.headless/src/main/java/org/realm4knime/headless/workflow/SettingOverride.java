package org.realm4knime.headless.workflow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.knime.core.node.NodeSettings;

/**
 * A setting given on the command line as {@code node/key=value}. The node is named by its name (all nodes of that
 * name), by the text under it on the canvas, or by name and number, {@code Reasoner (#4)}. Keys of nested settings are
 * joined with {@code /}. The value takes the type that the setting has.
 *
 * @param nodes what names the nodes
 * @param key path of the setting below the node's parameters
 * @param value as typed
 */
public record SettingOverride(String nodes, String key, String value) {

    /**
     * @param text {@code node/key=value}
     * @param workflow tells where the name of a node that has a slash ends
     * @return the parts
     * @throws WorkflowException if a part is missing or no node has the name
     */
    public static SettingOverride parse(String text, Workflow workflow) throws WorkflowException {
        int equals = text.indexOf('=');
        int slash = text.indexOf('/');
        if (equals < 0 || slash < 0 || slash > equals) {
            throw new WorkflowException(
                    "--set \"%s\" must read node/key=value, for example \"%s\".".formatted(text, example(workflow)));
        }
        String path = text.substring(0, equals);
        String node = names(workflow)
                .filter(name -> path.startsWith(name + "/"))
                .max(Comparator.comparingInt(String::length))
                .orElseThrow(() -> unknownNode(text, path.substring(0, slash), workflow));
        return new SettingOverride(node, path.substring(node.length() + 1), text.substring(equals + 1));
    }

    private static String example(Workflow workflow) {
        return workflow.nodes().stream()
                .flatMap(node ->
                        SettingsTree.leaves(node.parameters()).stream().map(key -> node.name() + "/" + key + "=value"))
                .findFirst()
                .orElse("Language Model Writer/path=model");
    }

    private static WorkflowException unknownNode(String text, String node, Workflow workflow) {
        return new WorkflowException("--set \"%s\": no node is called \"%s\". There are: %s."
                .formatted(
                        text,
                        node,
                        workflow.nodes().stream()
                                .map(n -> n.displayName()
                                        + n.label().map(l -> " \"" + l + "\"").orElse(""))
                                .collect(Collectors.joining(", "))));
    }

    private static Stream<String> names(Workflow workflow) {
        return workflow.nodes().stream()
                .flatMap(n -> Stream.concat(Stream.of(n.name(), n.displayName()), n.label().stream()));
    }

    /**
     * Changes the settings of the nodes in place.
     *
     * @param workflow its nodes
     * @return the nodes that were changed
     * @throws WorkflowException if a node lacks the setting, or the value does not fit its type
     */
    public List<WorkflowNode> apply(Workflow workflow) throws WorkflowException {
        Predicate<WorkflowNode> named = node -> nodes.equals(node.name())
                || nodes.equals(node.displayName())
                || node.label().filter(nodes::equals).isPresent();
        List<WorkflowNode> changed = new ArrayList<>();
        for (WorkflowNode node : workflow.nodes()) {
            if (named.test(node)) {
                set(node);
                changed.add(node);
            }
        }
        return changed;
    }

    private void set(WorkflowNode node) throws WorkflowException {
        for (NodeSettings tree : List.of(node.parameters(), node.viewParameters())) {
            if (SettingsTree.contains(tree, key)) {
                try {
                    SettingsTree.set(tree, key, value);
                } catch (IllegalArgumentException e) {
                    throw new WorkflowException(
                            "--set \"%s/%s=%s\": %s".formatted(nodes, key, value, e.getMessage()), e);
                }
                return;
            }
        }
        List<String> keys = Stream.of(node.parameters(), node.viewParameters())
                .flatMap(tree -> SettingsTree.leaves(tree).stream())
                .toList();
        throw new WorkflowException("--set: %s has no setting \"%s\". It has: %s."
                .formatted(node.displayName(), key, keys.isEmpty() ? "none" : String.join(", ", keys)));
    }
}

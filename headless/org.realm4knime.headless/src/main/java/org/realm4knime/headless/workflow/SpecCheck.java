package org.realm4knime.headless.workflow;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.realm4knime.headless.workflow.WorkflowSpec.NodeSpec;
import org.realm4knime.headless.workflow.WorkflowSpec.NoteSpec;

/** Refuses what a description of a workflow says in vain: a misspelt key, a number used twice, a line to nowhere. */
final class SpecCheck {

    private SpecCheck() {}

    /**
     * Checks one file, which may rely on parts.
     *
     * @param spec what it says
     * @param further keys that it may have beside those of a workflow
     * @throws JsonParseException if a key has no meaning, or two nodes have one number
     */
    static void file(JsonObject spec, String... further) {
        keys(spec, "The workflow", WorkflowSpec.class, further);
        Set<String> ids = new HashSet<>();
        for (JsonElement node : list(spec, "nodes")) {
            JsonElement id = node.getAsJsonObject().get("id");
            if (id != null && !ids.add(id.getAsString())) {
                throw new JsonParseException("Two nodes have the number %s. Give one of them another.".formatted(id));
            }
            keys(node.getAsJsonObject(), "Node " + id, NodeSpec.class);
        }
        list(spec, "annotations").forEach(note -> keys(note.getAsJsonObject(), "An annotation", NoteSpec.class));
    }

    /**
     * Checks what the parts add up to.
     *
     * @param spec the whole workflow
     * @throws JsonParseException if a node has no factory, or a connection is not one between its nodes
     */
    static void whole(WorkflowSpec spec) {
        Set<Integer> ids = new TreeSet<>();
        for (NodeSpec node : spec.nodes()) {
            if (node.factory() == null) {
                throw new JsonParseException(
                        "Node %d names no factory. docs/nodes.md lists them.".formatted(node.id()));
            }
            ids.add(node.id());
        }
        for (int[] connection : spec.connections()) {
            String said = Arrays.toString(connection);
            if (connection.length != 4) {
                throw new JsonParseException(
                        "The connection %s is not four numbers: node, its output, node, its input.".formatted(said));
            }
            for (int end : List.of(connection[0], connection[2])) {
                if (!ids.contains(end)) {
                    throw new JsonParseException("The connection %s names node %d, and there is none. There are: %s."
                            .formatted(said, end, ids));
                }
            }
        }
    }

    private static void keys(JsonObject object, String of, Class<?> record, String... further) {
        List<String> known = Stream.concat(
                        Arrays.stream(record.getRecordComponents()).map(part -> part.getName()), Stream.of(further))
                .toList();
        for (String key : object.keySet()) {
            if (!known.contains(key)) {
                throw new JsonParseException("%s has the key \"%s\", which means nothing here. It may have: %s."
                        .formatted(of, key, String.join(", ", known)));
            }
        }
    }

    private static Iterable<JsonElement> list(JsonObject object, String key) {
        JsonElement value = object.get(key);
        return value == null || value.isJsonNull() ? List.of() : value.getAsJsonArray();
    }
}

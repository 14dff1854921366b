package org.realm4knime.headless.workflow;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Puts a workflow's description together from parts that several share.
 *
 * <pre>{@code
 * {"parts": ["data.json", "evaluation.json"], "without": [7, [3, 1, 8, 2]],
 *  "nodes": [{"id": 12, "settings": {"decay": 0}}, {"id": 30, "factory": "..."}],
 *  "connections": [[12, 1, 30, 1]]}
 * }</pre>
 *
 * <p>A node that a part describes too keeps from there what is not said again; its settings and ports are taken
 * together. Nodes named in {@code without} go, with their connections; so do connections named there.
 */
final class SpecParts {

    private static final String PARTS = "parts";
    private static final String WITHOUT = "without";
    private static final String NODES = "nodes";
    private static final String CONNECTIONS = "connections";
    private static final String ANNOTATIONS = "annotations";

    private SpecParts() {}

    /**
     * @param file a description; its parts' paths are relative to its folder
     * @return the same without parts
     * @throws IOException if a file cannot be read
     * @throws JsonParseException if a file is not such a description
     */
    static JsonObject read(Path file) throws IOException {
        JsonElement json = JsonParser.parseString(Files.readString(file));
        if (!json.isJsonObject()) {
            throw new JsonParseException(file + " holds no JSON object.");
        }
        JsonObject own = json.getAsJsonObject();
        SpecCheck.file(own, PARTS, WITHOUT);
        JsonObject merged = new JsonObject();
        for (JsonElement part : array(own, PARTS)) {
            add(merged, read(file.resolveSibling(part.getAsString())));
        }
        remove(merged, array(own, WITHOUT));
        own.remove(PARTS);
        own.remove(WITHOUT);
        add(merged, own);
        return merged;
    }

    private static void add(JsonObject merged, JsonObject more) {
        for (Map.Entry<String, JsonElement> entry : more.entrySet()) {
            switch (entry.getKey()) {
                case NODES ->
                    merged.add(
                            NODES, nodes(array(merged, NODES), entry.getValue().getAsJsonArray()));
                case CONNECTIONS, ANNOTATIONS -> {
                    JsonArray all = array(merged, entry.getKey()).deepCopy();
                    all.addAll(entry.getValue().getAsJsonArray());
                    merged.add(entry.getKey(), all);
                }
                default -> merged.add(entry.getKey(), entry.getValue());
            }
        }
    }

    private static JsonArray nodes(JsonArray first, JsonArray second) {
        Map<Integer, JsonObject> byId = new LinkedHashMap<>();
        first.forEach(node -> byId.put(id(node), node.getAsJsonObject()));
        for (JsonElement node : second) {
            byId.merge(id(node), node.getAsJsonObject(), SpecParts::node);
        }
        JsonArray all = new JsonArray();
        byId.values().forEach(all::add);
        return all;
    }

    private static JsonObject node(JsonObject first, JsonObject second) {
        JsonObject merged = first.deepCopy();
        for (Map.Entry<String, JsonElement> entry : second.entrySet()) {
            JsonElement before = merged.get(entry.getKey());
            if (before != null && before.isJsonObject() && entry.getValue().isJsonObject()) {
                entry.getValue().getAsJsonObject().entrySet().forEach(e -> before.getAsJsonObject()
                        .add(e.getKey(), e.getValue()));
            } else {
                merged.add(entry.getKey(), entry.getValue());
            }
        }
        return merged;
    }

    private static void remove(JsonObject merged, JsonArray without) {
        JsonArray nodes = array(merged, NODES).deepCopy();
        JsonArray connections = array(merged, CONNECTIONS).deepCopy();
        for (JsonElement gone : without) {
            Predicate<JsonElement> named = gone.isJsonArray() ? gone::equals : node -> id(node) == gone.getAsInt();
            // in the parts as they are: a node named before may have taken the connection with it
            JsonArray there = array(merged, gone.isJsonArray() ? CONNECTIONS : NODES);
            if (there.asList().stream().noneMatch(named)) {
                throw new JsonParseException("\"without\" names " + gone + ", which no part has");
            }
            if (gone.isJsonArray()) {
                connections.asList().removeIf(named);
            } else {
                nodes.asList().removeIf(named);
                connections.asList().removeIf(connection -> touches(connection, gone.getAsInt()));
            }
        }
        merged.add(NODES, nodes);
        merged.add(CONNECTIONS, connections);
    }

    private static boolean touches(JsonElement connection, int node) {
        JsonArray ends = connection.getAsJsonArray();
        return ends.get(0).getAsInt() == node || ends.get(2).getAsInt() == node;
    }

    private static int id(JsonElement node) {
        JsonElement id = node.getAsJsonObject().get("id");
        if (id == null) {
            throw new JsonParseException("a node has no id: " + node);
        }
        return id.getAsInt();
    }

    private static JsonArray array(JsonObject object, String key) {
        JsonElement value = object.get(key);
        return value == null ? new JsonArray() : value.getAsJsonArray();
    }
}

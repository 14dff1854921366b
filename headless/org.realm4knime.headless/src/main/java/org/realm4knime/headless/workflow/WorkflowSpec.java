package org.realm4knime.headless.workflow;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.realm4knime.engine.IoReason;

/**
 * A workflow in short, from which one in KNIME's format is written: what a person would decide, without what follows
 * from the node definitions.
 *
 * <pre>{@code
 * {
 *   "nodes": [
 *     {"id": 1, "factory": "org.realm4knime.nodes.reader.ReaderNodeFactory", "label": "Training cases",
 *      "x": 100, "y": 120, "settings": {"path": "data/train.jsonl"}},
 *     {"id": 2, "factory": "...", "ports": {"Models": 2}, "settings": {"group/key": 3, "list": ["a", "b"]}}
 *   ],
 *   "connections": [[1, 1, 2, 1]],
 *   "annotations": [{"text": "Read the cases", "x": 60, "y": 40, "width": 240, "height": 200}]
 * }
 * }</pre>
 *
 * <p>Descriptions may share parts, see {@link SpecParts}.
 *
 * @param description of the whole workflow; null for none
 * @param nodes the nodes
 * @param connections source, its output port, target, its input port; ports count from 1
 * @param annotations notes on the canvas; null for none
 */
public record WorkflowSpec(
        String description, List<NodeSpec> nodes, List<int[]> connections, List<NoteSpec> annotations) {

    /**
     * A node.
     *
     * @param id its number
     * @param factory class name of its factory
     * @param label text under the node; null for none
     * @param description what the node is for, in a sentence; null for none
     * @param x left edge on the canvas, in pixels
     * @param y top edge on the canvas, in pixels
     * @param settings values by path, where they differ from the defaults; null for none
     * @param ports how many ports each named port group has, where it differs from the default; null for none
     */
    public record NodeSpec(
            int id,
            String factory,
            String label,
            String description,
            int x,
            int y,
            Map<String, JsonElement> settings,
            Map<String, Integer> ports) {

        /** Replaces what is missing by what is empty. */
        public NodeSpec {
            settings = settings == null ? Map.of() : settings;
            ports = ports == null ? Map.of() : ports;
        }
    }

    /**
     * A note on the canvas.
     *
     * @param text plain text
     * @param x left edge, in pixels
     * @param y top edge, in pixels
     * @param width in pixels
     * @param height in pixels
     */
    public record NoteSpec(String text, int x, int y, int width, int height) {}

    /** Replaces what is missing by what is empty. */
    public WorkflowSpec {
        nodes = nodes == null ? List.of() : nodes;
        connections = connections == null ? List.of() : connections;
        annotations = annotations == null ? List.of() : annotations;
    }

    /**
     * @param file JSON
     * @return what it says
     * @throws WorkflowException if it is not such a file
     */
    public static WorkflowSpec read(Path file) throws WorkflowException {
        try {
            WorkflowSpec spec = new Gson().fromJson(SpecParts.read(file), WorkflowSpec.class);
            if (spec == null || spec.nodes().isEmpty()) {
                throw new WorkflowException(file + " lists no nodes.");
            }
            SpecCheck.whole(spec);
            return spec;
        } catch (IOException e) {
            throw new WorkflowException("Cannot read %s: %s.".formatted(file, IoReason.of(e)), e);
        } catch (JsonParseException | IllegalStateException | NumberFormatException e) {
            throw new WorkflowException(file + " is not a workflow in JSON: " + e.getMessage(), e);
        }
    }
}

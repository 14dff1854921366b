package org.realm4knime.headless.toy;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.realm4knime.headless.node.NodeRegistry;
import org.realm4knime.headless.node.WorkflowAuthor;
import org.realm4knime.headless.workflow.WorkflowException;
import org.realm4knime.headless.workflow.WorkflowSpec;
import org.realm4knime.headless.workflow.WorkflowSpec.NodeSpec;
import org.realm4knime.headless.workflow.WorkflowSpec.NoteSpec;
import org.realm4knime.headless.workflow.WorkflowWriter;

/**
 * The workflow of the tests: Numbers (#1) -> Multiply (#2), Multiply (#3) -> Concatenate (#4) -> Long Trainer (#5) ->
 * Scorer (#6); Numbers goes to the optional input of Concatenate, too.
 */
public final class ToyWorkflow {

    private ToyWorkflow() {}

    /**
     * @param folder where to write it
     * @param trainerWaits whether the first run of the trainer waits to be interrupted
     * @return the folder
     */
    public static Path write(Path folder, boolean trainerWaits) throws IOException, WorkflowException {
        WorkflowSpec spec = new WorkflowSpec(
                "Numbers & <products>",
                List.of(
                        node(1, "Numbers", "First numbers", Map.of("count", new JsonPrimitive(4)), Map.of()),
                        node(2, "Multiply", null, Map.of("factor", new JsonPrimitive(0)), Map.of()),
                        node(3, "Multiply", null, Map.of(), Map.of()),
                        node(4, "Concatenate", null, Map.of(), Map.of("Tables", 2, "Last", 1)),
                        node(5, "LongTrainer", null, Map.of("waits", new JsonPrimitive(trainerWaits)), Map.of()),
                        node(6, "Scorer", "Final scores", Map.of(), Map.of())),
                List.of(
                        new int[] {1, 1, 2, 1},
                        new int[] {1, 1, 3, 1},
                        new int[] {2, 1, 4, 1},
                        new int[] {3, 1, 4, 2},
                        new int[] {1, 1, 4, 3},
                        new int[] {4, 1, 5, 1},
                        new int[] {5, 1, 6, 1}),
                List.of(new NoteSpec("A note", 20, 20, 300, 200)));
        WorkflowWriter.replace(
                new WorkflowAuthor(NodeRegistry.fromClassPath())
                        .write(folder.getFileName().toString(), spec),
                folder);
        return folder;
    }

    private static NodeSpec node(
            int id, String kind, String label, Map<String, JsonElement> settings, Map<String, Integer> ports) {
        String factory = ToyWorkflow.class.getPackageName() + "." + kind + "NodeFactory";
        return new NodeSpec(id, factory, label, null, 50 + 150 * id, 100 + 60 * (id % 2), settings, ports);
    }
}

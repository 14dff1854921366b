package org.realm4knime.headless.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.headless.workflow.WorkflowSpec.NodeSpec;

class WorkflowSpecTest {

    @TempDir
    private Path folder;

    @Test
    void partsAreTakenTogether() throws Exception {
        write(
                "parts/data.json",
                """
                {"nodes": [{"id": 1, "factory": "Reader", "label": "Cases", "x": 10, "settings": {"path": "a", \
                "limit": 3}},
                           {"id": 2, "factory": "Filter"}],
                 "connections": [[1, 1, 2, 1]],
                 "annotations": [{"text": "Read", "width": 5}]}""");
        write(
                "parts/all.json",
                """
                {"description": "all", "parts": ["data.json"], "nodes": [{"id": 3, "factory": "Scorer"}],
                 "connections": [[2, 1, 3, 1]]}""");
        Path file = write(
                "arm.json",
                """
                {"description": "an arm", "parts": ["parts/all.json"],
                 "nodes": [{"id": 1, "x": 20, "settings": {"limit": 4}}, {"id": 4, "factory": "Writer"}],
                 "connections": [[3, 1, 4, 1]]}""");

        WorkflowSpec spec = WorkflowSpec.read(file);

        assertThat(spec.description()).isEqualTo("an arm");
        assertThat(spec.nodes()).extracting(NodeSpec::id).containsExactly(1, 2, 3, 4);
        NodeSpec reader = spec.nodes().get(0);
        assertThat(reader.label()).isEqualTo("Cases");
        assertThat(reader.x()).isEqualTo(20);
        assertThat(reader.settings()).isEqualTo(Map.of("path", new JsonPrimitive("a"), "limit", new JsonPrimitive(4)));
        assertThat(spec.connections())
                .containsExactly(new int[] {1, 1, 2, 1}, new int[] {2, 1, 3, 1}, new int[] {3, 1, 4, 1});
        assertThat(spec.annotations()).hasSize(1);
    }

    @Test
    void aNodeOfAPartCanBeLeftOut() throws Exception {
        write(
                "part.json",
                """
                {"nodes": [{"id": 1, "factory": "A"}, {"id": 2, "factory": "B"}, {"id": 3, "factory": "C"}],
                 "connections": [[1, 1, 2, 1], [2, 1, 3, 1]]}""");
        Path file = write(
                "arm.json",
                """
                {"parts": ["part.json"], "without": [2], "connections": [[1, 1, 3, 1]]}""");

        WorkflowSpec spec = WorkflowSpec.read(file);

        assertThat(spec.nodes()).extracting(NodeSpec::factory).containsExactly("A", "C");
        assertThat(spec.connections()).containsExactly(new int[] {1, 1, 3, 1});
    }

    @Test
    void anArmCanLeaveOutAConnectionAndNothingThatIsNotThere() throws Exception {
        write(
                "part.json",
                """
                {"nodes": [{"id": 1, "factory": "A"}, {"id": 2, "factory": "B"}],
                 "connections": [[1, 1, 2, 1], [1, 1, 2, 2]]}""");
        Path file = write(
                "arm.json",
                """
                {"parts": ["part.json"], "without": [[1, 1, 2, 1]], "connections": [[1, 1, 2, 3]]}""");

        assertThat(WorkflowSpec.read(file).connections())
                .containsExactly(new int[] {1, 1, 2, 2}, new int[] {1, 1, 2, 3});

        Path mistaken = write("mistaken.json", "{\"parts\": [\"part.json\"], \"without\": [[1, 1, 2, 9]]}");
        assertThatThrownBy(() -> WorkflowSpec.read(mistaken)).hasMessageContaining("[1,1,2,9], which no part has");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[2, [1, 1, 2, 1]]", "[[1, 1, 2, 1], 2]"})
    void aNodeAndAConnectionOfItCanBeLeftOutInEitherOrder(String without) throws Exception {
        write(
                "part.json",
                """
                {"nodes": [{"id": 1, "factory": "A"}, {"id": 2, "factory": "B"}, {"id": 3, "factory": "C"}],
                 "connections": [[1, 1, 2, 1], [2, 1, 3, 1], [1, 1, 3, 2]]}""");
        Path file = write("arm.json", "{\"parts\": [\"part.json\"], \"without\": %s}".formatted(without));

        WorkflowSpec spec = WorkflowSpec.read(file);

        assertThat(spec.nodes()).extracting(NodeSpec::factory).containsExactly("A", "C");
        assertThat(spec.connections()).containsExactly(new int[] {1, 1, 3, 2});

        Path mistaken = write("mistaken.json", "{\"parts\": [\"part.json\"], \"without\": [2, [1, 1, 2, 9]]}");
        assertThatThrownBy(() -> WorkflowSpec.read(mistaken)).hasMessageContaining("[1,1,2,9], which no part has");
        Path absent = write("absent.json", "{\"parts\": [\"part.json\"], \"without\": [[1, 1, 2, 1], 4]}");
        assertThatThrownBy(() -> WorkflowSpec.read(absent)).hasMessageContaining("4, which no part has");
    }

    @Test
    void whatIsNoDescriptionIsNamed() throws Exception {
        Path missing = write("arm.json", "{\"parts\": [\"nowhere.json\"]}");
        assertThatThrownBy(() -> WorkflowSpec.read(missing))
                .isInstanceOf(WorkflowException.class)
                .hasMessageContaining("nowhere.json");
        Path text = write("text.json", "[]");
        assertThatThrownBy(() -> WorkflowSpec.read(text)).hasMessageContaining("text.json");
        Path nameless = write("nameless.json", "{\"nodes\": [{\"factory\": \"A\"}]}");
        assertThatThrownBy(() -> WorkflowSpec.read(nameless)).hasMessageContaining("has no id");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"nods": []}                                             | The workflow has the key "nods"
                    {"nodes": [{"id": 1, "factory": "A", "setings": {}}]}    | Node 1 has the key "setings"
                    {"nodes": [{"id": 1, "factory": "A"}], "annotations": [{"txt": ""}]} | An annotation has the key
                    {"nodes": [{"id": 1, "factory": "A"}, {"id": 1, "factory": "B"}]} | Two nodes have the number 1
                    {"nodes": [{"id": 1}]}                                   | Node 1 names no factory
                    {"nodes": [{"id": 1, "factory": "A"}], "connections": [[1, 1, 2, 1]]} | node 2, and there is none
                    {"nodes": [{"id": 1, "factory": "A"}], "connections": [[1, 1, 1]]} | [1, 1, 1] is not four numbers
                    {"nodes": [{"id": 1, "factory": "A"}], "connections": 3} | is not a workflow in JSON
                    """)
    void whatWouldBeSaidInVainIsRefused(String json, String message) throws Exception {
        Path file = write("spec.json", json);

        assertThatThrownBy(() -> WorkflowSpec.read(file))
                .isInstanceOf(WorkflowException.class)
                .hasMessageContaining("spec.json")
                .hasMessageContaining(message);
    }

    private Path write(String name, String json) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, json);
    }
}

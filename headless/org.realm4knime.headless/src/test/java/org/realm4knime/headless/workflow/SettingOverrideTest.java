package org.realm4knime.headless.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;

class SettingOverrideTest {

    @TempDir
    private Path temp;

    private Workflow workflow;

    @BeforeEach
    void readSample() throws Exception {
        workflow = WorkflowReader.read(SampleWorkflow.copy("tables", temp).folder());
        NodeSettings settings = workflow.node(1).parameters();
        settings.addBoolean("shuffled", false);
        settings.addNodeSettings("group").addDouble("rate", 0.5);
        NodeSettings names = new NodeSettings("names");
        names.addInt("array-size", 2);
        names.addString("0", "a");
        names.addString("1", "b");
        settings.addNodeSettings(names);
        settings.addIntArray("sizes", 1, 2, 3);
    }

    private NodeSettings set(String text) throws WorkflowException {
        SettingOverride.parse(text, workflow).apply(workflow);
        return workflow.node(1).parameters();
    }

    @Test
    void keepsTheTypeOfTheSetting() throws Exception {
        assertThat(set("Modern Source/rowCount=12").getInt("rowCount")).isEqualTo(12);
        assertThat(set("Modern Source/prefix=x = y/z ").getString("prefix")).isEqualTo("x = y/z ");
        assertThat(set("Modern Source/shuffled=true").getBoolean("shuffled")).isTrue();
        assertThat(set("Modern Source/group/rate=1e-3").getNodeSettings("group").getDouble("rate"))
                .isEqualTo(0.001);
    }

    @Test
    void splitsListsAtCommas() throws InvalidSettingsException, WorkflowException {
        assertThat(SettingsTree.get(set("Modern Source/names=x, y,z"), "names")).isEqualTo("x, y, z");
        assertThat(set("Modern Source/sizes=7").getIntArray("sizes")).containsExactly(7);
        assertThat(set("Modern Source/names=").getNodeSettings("names").getInt("array-size"))
                .isZero();
    }

    @Test
    void takesNameAndNumber() throws Exception {
        assertThat(set("Modern Source (#1)/rowCount=3").getInt("rowCount")).isEqualTo(3);
    }

    @Test
    void changesAllNodesOfAName() throws Exception {
        workflow.node(2).settings().addString("node-name", "Modern Source");
        workflow.node(2).parameters().addInt("rowCount", 1);

        List<WorkflowNode> changed =
                SettingOverride.parse("Modern Source/rowCount=5", workflow).apply(workflow);

        assertThat(changed).extracting(WorkflowNode::id).containsExactly(1, 2);
        assertThat(workflow.node(2).parameters().getInt("rowCount")).isEqualTo(5);
    }

    @Test
    void aNameMayHoldASlash() throws Exception {
        workflow.node(1).settings().addString("node-name", "Read/Write");

        assertThat(set("Read/Write/rowCount=4").getInt("rowCount")).isEqualTo(4);
    }

    @Test
    void listsTheNodesThereAre() {
        assertThatThrownBy(() -> set("Reader/path=x"))
                .isInstanceOf(WorkflowException.class)
                .hasMessageContaining("no node is called \"Reader\"")
                .hasMessageContaining("Modern Source (#1), Modern Pass (#2), Classic Pass (#3)");
    }

    @Test
    void listsTheSettingsThereAre() {
        assertThatThrownBy(() -> set("Modern Source/rows=x"))
                .isInstanceOf(WorkflowException.class)
                .hasMessageContaining("Modern Source (#1) has no setting \"rows\"")
                .hasMessageContaining("rowCount, prefix, shuffled, group/rate, names, sizes");
    }

    @ParameterizedTest
    @CsvSource({
        "Modern Source/rowCount=ten, a whole number",
        "Modern Source/rowCount=1.5, a whole number",
        "Modern Source/group/rate=fast, a number",
        "Modern Source/shuffled=maybe, true or false",
        "Modern Source/sizes=1;2, a whole number",
        "rowCount=3, node/key=value",
        "Modern Source/rowCount, node/key=value",
    })
    void saysWhatASettingTakes(String text, String expected) {
        assertThatThrownBy(() -> set(text))
                .isInstanceOf(WorkflowException.class)
                .hasMessageContaining(expected);
    }
}

package org.realm4knime.headless.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowReaderTest {

    @TempDir
    private Path temp;

    private SampleWorkflow sample;

    @BeforeEach
    void copySample() throws IOException {
        sample = SampleWorkflow.copy("tables", temp);
    }

    private String problem() {
        Throwable thrown = catchThrowable(() -> WorkflowReader.read(sample.folder()));
        assertThat(thrown).isInstanceOf(WorkflowException.class);
        return thrown.getMessage();
    }

    @Test
    void readsWhatKnimeSaved() throws Exception {
        Workflow workflow = WorkflowReader.read(sample.folder());

        assertThat(workflow.name()).isEqualTo("tables");
        assertThat(workflow.nodes())
                .extracting(WorkflowNode::displayName)
                .containsExactly("Modern Source (#1)", "Modern Pass (#2)", "Classic Pass (#3)");
        assertThat(workflow.connections()).containsExactly(new Connection(1, 1, 2, 1), new Connection(2, 1, 3, 1));
        WorkflowNode source = workflow.node(1);
        assertThat(source.factory()).isEqualTo("toy.ext.ModernSourceNodeFactory");
        assertThat(source.parameters().getInt("rowCount")).isEqualTo(7);
        assertThat(source.parameters().getString("prefix")).isEqualTo("thing ");
        assertThat(source.bounds()).containsExactly(50, 100, -1, -1);
        assertThat(source.label()).isEmpty();
    }

    @Test
    void takesTheFileAsWellAsTheFolder() throws Exception {
        assertThat(WorkflowReader.read(sample.folder().resolve("workflow.knime"))
                        .nodes())
                .hasSize(3);
    }

    @Test
    void readsTheLabelUnderANode() throws Exception {
        sample.edit(
                "Modern Pass (#2)/settings.xml",
                "<entry key=\"customDescription\"",
                "<config key=\"nodeAnnotation\"><entry key=\"text\" type=\"xstring\" value=\"Add a"
                        + " column%%00010more\"/></config><entry key=\"customDescription\"");

        assertThat(WorkflowReader.read(sample.folder()).node(2).label()).contains("Add a column");
    }

    @Test
    void namesAMissingWorkflow() {
        assertThatThrownBy(() -> WorkflowReader.read(temp.resolve("nowhere")))
                .isInstanceOf(WorkflowException.class)
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> WorkflowReader.read(temp))
                .hasMessageContaining("not a workflow folder")
                .hasMessageContaining("workflow.knime");
    }

    @Test
    void namesFileAndLineOfBrokenXml() throws IOException {
        sample.edit("Modern Pass (#2)/settings.xml", "<config key=\"factory_settings\"/>", "<config key=\"x\">");

        assertThat(problem()).contains("Modern Pass (#2)/settings.xml, line").contains("broken XML");
    }

    /** Entities could be files of this machine, or become gigabytes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE config SYSTEM \"file:///etc/passwd\">",
                "<!DOCTYPE config [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
                "<!DOCTYPE config [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>"
            })
    void refusesADocumentTypeAndWithItEveryEntity(String type) throws IOException {
        sample.edit("Modern Pass (#2)/settings.xml", "<config ", type + "<config ");

        assertThat(problem()).contains("Modern Pass (#2)/settings.xml, line").contains("DOCTYPE is disallowed");
    }

    @Test
    void refusesSettingsThatAreNestedWithoutEnd() throws IOException {
        String deep = "<config key=\"a\">".repeat(100_000) + "</config>".repeat(100_000);
        sample.edit("Modern Pass (#2)/settings.xml", "<config key=\"factory_settings\"/>", deep);

        assertThat(problem()).contains("Modern Pass (#2)/settings.xml").contains("more than 200 elements are nested");
    }

    @Test
    void refusesASettingsFileWithoutAName() throws IOException {
        sample.edit(
                "workflow.knime",
                "value=\"Classic Pass (#3)/settings.xml\"",
                "isnull=\"true\" value=\"Classic Pass (#3)/settings.xml\"");

        assertThat(problem()).contains("Missing file").contains("null");
    }

    @Test
    void namesAMissingSettingsFile() throws IOException {
        Files.delete(sample.folder().resolve("Classic Pass (#3)/settings.xml"));

        assertThat(problem()).contains("Missing file").contains("Classic Pass (#3)/settings.xml");
    }

    @Test
    void reportsAllBadFilesAtOnce() throws IOException {
        Files.delete(sample.folder().resolve("Classic Pass (#3)/settings.xml"));
        sample.edit("Modern Pass (#2)/settings.xml", "key=\"factory\"", "key=\"factories\"");

        assertThat(problem()).contains("Classic Pass (#3)").contains("names no node factory");
    }

    @Test
    void namesTheNodesOfACycle() throws IOException {
        sample.edit("workflow.knime", "<entry key=\"sourceID\" type=\"xint\" value=\"1\"/>", entry("sourceID", 3));

        assertThat(problem())
                .contains("cycle")
                .containsPattern("Modern Pass \\(#2\\) -> Classic Pass \\(#3\\) -> Modern Pass \\(#2\\)"
                        + "|Classic Pass \\(#3\\) -> Modern Pass \\(#2\\) -> Classic Pass \\(#3\\)");
    }

    @Test
    void refusesAConnectionToNowhere() throws IOException {
        sample.edit("workflow.knime", entry("destID", 3), entry("destID", 9));

        assertThat(problem()).contains("#2 port 1 -> #9 port 1").contains("no node #9");
    }

    @Test
    void refusesTwoConnectionsIntoOnePort() throws IOException {
        sample.edit("workflow.knime", entry("destID", 3), entry("destID", 2))
                .edit("workflow.knime", entry("sourceID", 2), entry("sourceID", 1));

        assertThat(problem()).contains("Two connections enter port 1 of Modern Pass (#2)");
    }

    @Test
    void saysHowToGetRidOfAMetanode() throws IOException {
        sample.edit("workflow.knime", "value=\"Classic Pass (#3)/settings.xml\"", "value=\"Group (#3)/settings.xml\"")
                .edit("workflow.knime", "NativeNode", "SubNode");

        assertThat(problem()).contains("Group (#3)").contains("component").contains("Expand");
    }

    @Test
    void refusesAnOldFormat() throws IOException {
        sample.edit("workflow.knime", "value=\"5.1.0\"", "value=\"2.11.0\"");

        assertThat(problem()).contains("format version \"2.11.0\"");
    }

    private static String entry(String key, int value) {
        return "<entry key=\"" + key + "\" type=\"xint\" value=\"" + value + "\"/>";
    }
}

package org.realm4knime.nodes.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knime.core.node.InvalidSettingsException;

class WorkflowPathTest {

    @TempDir
    Path folder;

    @AfterEach
    void clearProperty() {
        System.clearProperty(WorkflowPath.OUTPUT_PROPERTY);
        System.clearProperty(AllowedFolders.PROPERTY);
    }

    private static WorkflowPath path(Object text) {
        return new WorkflowPath(text.toString(), "File");
    }

    @Test
    void anAbsolutePathIsTakenAsItIs() throws Exception {
        Path file = Files.writeString(folder.resolve("a b.jsonl"), "");
        assertThat(path(" " + file + " ").toExisting()).isEqualTo(file);
    }

    @Test
    void quotationMarksOfACopiedPathAreTakenOff() throws Exception {
        Path file = Files.writeString(folder.resolve("a b.jsonl"), "");
        assertThat(path("\"" + file + "\" ").toExisting()).isEqualTo(file);
        assertThat(path("\"" + folder.resolve("new") + "\"").toWritable()).isEqualTo(folder.resolve("new"));
        assertThat(path("\"").text()).isEqualTo("\"");
    }

    @Test
    void aTildeIsTheUsersFolder() throws Exception {
        String home = System.getProperty("user.home");
        System.setProperty("user.home", folder.toString());
        try {
            Path file = Files.writeString(folder.resolve("cases.csv"), "");
            assertThat(path("~/cases.csv").toExisting()).isEqualTo(file);
            assertThat(path("~cases.csv").text()).isEqualTo("~cases.csv");
        } finally {
            System.setProperty("user.home", home);
        }
    }

    @Test
    void aFileUrlIsResolved() throws Exception {
        Path file = Files.writeString(folder.resolve("a b.jsonl"), "");
        assertThat(path("file:" + file).toExisting()).isEqualTo(file);
        assertThat(path(file.toUri()).toExisting()).isEqualTo(file);
    }

    @Test
    void whatDoesNotExistIsNamedWithItsSetting() {
        assertThatThrownBy(() -> path(folder.resolve("missing")).toExisting())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("missing' does not exist (setting 'File')");
    }

    @Test
    void nothingTypedIsAnError() {
        assertThatThrownBy(() -> path("  ").toExisting()).hasMessage("The setting 'File' is empty. Enter a path.");
        assertThatThrownBy(() -> path("").toWritable()).hasMessage("The setting 'File' is empty. Enter a path.");
    }

    @Test
    void withoutKnimeARelativeOutputLiesInTheOutputFolder() throws Exception {
        System.setProperty(WorkflowPath.OUTPUT_PROPERTY, folder.toString());
        assertThat(path("model").toWritable()).isEqualTo(folder.resolve("model"));
        assertThat(path(folder.resolve("x")).toWritable()).isEqualTo(folder.resolve("x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s/elsewhere/x", "../elsewhere/x", "a/../../elsewhere/x", "file:%s/elsewhere/x", "link/x"})
    void withoutKnimeAWorkflowWritesNowhereElse(String text) throws Exception {
        Path output = Files.createDirectory(folder.resolve("output"));
        Files.createSymbolicLink(output.resolve("link"), Files.createDirectory(folder.resolve("elsewhere")));
        WorkflowPath typed = path(text.formatted(folder));
        assertThat(typed.text()).isNotEmpty();

        System.setProperty(WorkflowPath.OUTPUT_PROPERTY, output.toString());
        assertThatThrownBy(typed::toWritable)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("(setting 'File') lies neither in the folder of the results nor")
                .hasMessageContaining(
                        "add --write-to '" + folder.resolve("elsewhere").toRealPath() + "'");

        System.setProperty(AllowedFolders.PROPERTY, folder.resolve("elsewhere").toString());
        assertThat(typed.toWritable().getFileName()).hasToString("x");
    }

    @Test
    void inKnimeAPathIsTakenAsItIs() throws Exception {
        assertThat(path(folder.resolve("x")).toWritable()).isEqualTo(folder.resolve("x"));
    }

    @Test
    void aUrlThatCannotBeResolvedSaysWhatToUseInstead() {
        assertThatThrownBy(() -> path("knime://nowhere.at.all/x").toExisting())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("knime://nowhere.at.all/x")
                .hasMessageContaining("Use an absolute path");
    }
}

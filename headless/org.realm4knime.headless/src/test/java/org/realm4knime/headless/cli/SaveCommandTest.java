package org.realm4knime.headless.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.headless.toy.ToyWorkflow;
import org.realm4knime.headless.workflow.Workflow;
import org.realm4knime.headless.workflow.WorkflowArchive;
import org.realm4knime.headless.workflow.WorkflowNode;
import org.realm4knime.headless.workflow.WorkflowReader;

class SaveCommandTest {

    @TempDir
    private Path temp;

    @Test
    void savesAWorkflowUnchangedButForTheOverrides() throws Exception {
        Path original = ToyWorkflow.write(temp.resolve("flow"), false);

        CommandLineRun run =
                CommandLineRun.of("save", original, temp.resolve("saved"), "--set", "Multiply (#3)/factor=9");

        assertThat(run.code()).isEqualTo(ExitCode.DONE);
        Workflow saved = WorkflowReader.read(temp.resolve("saved"));
        for (WorkflowNode node : WorkflowReader.read(original).nodes()) {
            Path file = Path.of(node.displayName(), "settings.xml");
            if (node.id() == 3) {
                assertThat(saved.node(3).parameters().getInt("factor")).isEqualTo(9);
            } else {
                assertThat(temp.resolve("saved").resolve(file)).hasSameTextualContentAs(original.resolve(file));
            }
        }
        assertThat(temp.resolve("saved/workflow.knime")).hasSameTextualContentAs(original.resolve("workflow.knime"));
    }

    @Test
    void savesAnArchiveThatCanBeImportedAndRun() throws Exception {
        Path original = ToyWorkflow.write(temp.resolve("flow"), false);
        Files.writeString(Files.createDirectories(original.resolve("data")).resolve("cases.csv"), "id\n1\n");
        Path archive = temp.resolve("Numbers and sums.knwf");

        CommandLineRun run = CommandLineRun.of("save", original, archive, "--set", "Multiply (#3)/factor=9");

        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.DONE);
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName))
                    .contains(
                            "Numbers and sums/workflow.knime",
                            "Numbers and sums/Multiply (#3)/settings.xml",
                            "Numbers and sums/data/cases.csv");
        }
        try (WorkflowArchive unpacked = WorkflowArchive.open(archive)) {
            Workflow saved = WorkflowReader.read(unpacked.folder());
            assertThat(saved.name()).isEqualTo("Numbers and sums");
            assertThat(saved.node(3).parameters().getInt("factor")).isEqualTo(9);
            assertThat(unpacked.folder().resolve("data/cases.csv")).hasContent("id\n1\n");
        }
        assertThat(CommandLineRun.of("save", original, archive).err()).contains("exists already; name a new file");
    }

    @Test
    void writesTheKeysThatKnimeExpects() throws Exception {
        Path workflow = ToyWorkflow.write(temp.resolve("flow"), false);

        assertThat(Files.readString(workflow.resolve("Concatenate (#4)/settings.xml")))
                .containsSubsequence(
                        "key=\"node_file\"",
                        "key=\"flow_stack\"",
                        "key=\"internal_node_subsettings\"",
                        "key=\"model\"",
                        "key=\"customDescription\"",
                        "key=\"state\" type=\"xstring\" value=\"CONFIGURED\"",
                        "key=\"factory\"",
                        "key=\"node-name\"",
                        "key=\"node-bundle-name\" type=\"xstring\" value=\"Toy nodes\"",
                        "key=\"node-bundle-symbolic-name\"",
                        "key=\"node-bundle-vendor\"",
                        "key=\"node-bundle-version\" type=\"xstring\" value=\"1.2.3\"",
                        "key=\"node-feature-name\"",
                        "key=\"node-feature-symbolic-name\"",
                        "key=\"node-feature-vendor\"",
                        "key=\"node-feature-version\"",
                        "key=\"factory_settings\"",
                        "key=\"node_creation_config\"",
                        "key=\"Tables\"",
                        "key=\"Last\"",
                        "key=\"All\"",
                        "key=\"name\"",
                        "key=\"hasContent\" type=\"xboolean\" value=\"false\"",
                        "key=\"isInactive\"",
                        "key=\"ports\"",
                        "key=\"port_1\"",
                        "key=\"filestores\"");
    }

    @Test
    void refusesToOverwrite() throws Exception {
        Path original = ToyWorkflow.write(temp.resolve("flow"), false);

        CommandLineRun run = CommandLineRun.of("save", original, original);

        assertThat(run.code()).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(run.err()).contains("exists already");
    }

    @Test
    void listsNodes() {
        CommandLineRun plain = CommandLineRun.of("nodes");
        CommandLineRun markdown = CommandLineRun.of("nodes", "--markdown");

        assertThat(plain.out())
                .contains("Numbers\n    Gives the numbers from 1.\n    out Numbers:")
                .contains("    count = 3   (whole number)\n        Count. How many *numbers* to give.")
                .contains("spelling = PLAIN   (PLAIN | LOUD)")
                .contains("in Tables:", ", 1 or more", "in Last:", ", optional");
        assertThat(markdown.out())
                .contains("- [Numbers](#numbers): Gives the numbers from 1.")
                .contains("| Spelling | `spelling` | a choice | `PLAIN` | How a number's name is written.<br>`PLAIN`");
    }
}

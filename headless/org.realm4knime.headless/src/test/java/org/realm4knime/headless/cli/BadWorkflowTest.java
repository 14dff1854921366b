package org.realm4knime.headless.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.headless.toy.ToyWorkflow;

/** What cannot be loaded ends with exit code 2, one clear message a problem and no stack trace. */
class BadWorkflowTest {

    @TempDir
    private Path temp;

    private Path workflow;

    @BeforeEach
    void writeWorkflow() throws Exception {
        workflow = ToyWorkflow.write(temp.resolve("flow"), false);
    }

    private CommandLineRun run(String... more) {
        Object[] arguments = new Object[more.length + 4];
        arguments[0] = "run";
        arguments[1] = workflow;
        arguments[2] = "--out";
        arguments[3] = temp.resolve("out");
        System.arraycopy(more, 0, arguments, 4, more.length);
        CommandLineRun run = CommandLineRun.of(arguments);
        assertThat(run.err()).doesNotContain("\tat ").doesNotContain("Exception");
        return run;
    }

    private void edit(String file, String text, String by) throws Exception {
        String content = Files.readString(workflow.resolve(file));
        assertThat(content).contains(text);
        Files.writeString(workflow.resolve(file), content.replaceFirst(Pattern.quote(text), by));
    }

    private void assertRefused(CommandLineRun run, String... message) {
        assertThat(run.code()).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(run.err()).startsWith("realm: ").contains(message);
        assertThat(run.err().lines()).hasSize(1);
    }

    @Test
    void brokenSettings() throws Exception {
        edit("Multiply (#2)/settings.xml", "</config>", "");

        assertRefused(run(), "Multiply (#2)/settings.xml, line", "broken XML");
    }

    @Test
    void unknownNode() throws Exception {
        edit("Multiply (#2)/settings.xml", "toy.MultiplyNodeFactory", "toy.DivideNodeFactory");

        assertRefused(
                run(),
                "Multiply (#2): unknown node factory org.realm4knime.headless.toy.DivideNodeFactory",
                "realm nodes");
    }

    @Test
    void cycle() throws Exception {
        edit("workflow.knime", "\"sourceID\" type=\"xint\" value=\"1\"", "\"sourceID\" type=\"xint\" value=\"5\"");

        assertRefused(run(), "cycle: ", "Concatenate (#4)", "Long Trainer (#5)", "Multiply (#2)");
    }

    @Test
    void portThatDoesNotExist() throws Exception {
        edit("workflow.knime", "\"destPort\" type=\"xint\" value=\"3\"", "\"destPort\" type=\"xint\" value=\"7\"");

        assertRefused(run(), "A connection enters input 7 of Concatenate (#4), which has 3.");
    }

    @Test
    void settingsOfAnotherKind() throws Exception {
        edit(
                "Numbers (#1)/settings.xml",
                "\"count\" type=\"xint\" value=\"4\"",
                "\"count\" type=\"xstring\" value=\"4\"");

        assertRefused(run(), "Numbers (#1): its settings are not valid", "count");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Numbers/spelling=QUIET; PLAIN, LOUD",
                "Numbers/size=1; Numbers (#1) has no setting \"size\". It has: count, prefix, spelling.",
                "Reader/path=x; no node is called \"Reader\"",
                "Numbers/count=few; the setting is a whole number, not \"few\"",
            })
    void wrongOverride(String override, String message) {
        assertRefused(run("--set", override), message);
    }

    @Test
    void wrongCommandLine() {
        assertThat(run("--threads", "0").code()).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(run("--device", "tpu").err()).contains("CPU, CUDA");
        assertThat(run("--resum").err()).contains("Unknown option: '--resum'", "--resume");
        assertThat(CommandLineRun.of("run").code()).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(CommandLineRun.of().code()).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(CommandLineRun.of("walk").err()).contains("walk");
        assertThat(CommandLineRun.of("run", temp.resolve("nowhere")).err()).contains("No workflow at");
    }

    @Test
    void aDeviceThatCannotBeHad() {
        try {
            assertRefused(
                    run("--device", "cuda"),
                    "--device cuda: CUDA cannot be used: the PyTorch library in use is built for the processor, or",
                    "Leave --device out to compute on the processor.");
        } finally {
            System.clearProperty("realm4knime.device");
        }
        assertThat(temp.resolve("out")).doesNotExist();
    }

    @Test
    void helpAndVersionAreCommandsToo() {
        assertThat(CommandLineRun.of("help").out())
                .isEqualTo(CommandLineRun.of("--help").out())
                .contains("  run ", "  save ", "  new ", "  nodes ", "  version ", "  help ")
                .containsPattern("130 +interrupted .*\\s+.*no finished training step is\\s+lost");
        assertThat(CommandLineRun.of("help", "run").out()).contains("realm run", "--keep-going", "--restart");
        assertThat(CommandLineRun.of("version").out())
                .isEqualTo(CommandLineRun.of("--version").out())
                .startsWith("realm4knime ");
        assertThat(CommandLineRun.of("help", "walk").code()).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(CommandLineRun.of("new").err()).contains("'SPEC', 'TARGET'", "realm new --help");
    }

    @Test
    void nodesAreFoundByAPartOfTheirName() {
        assertThat(CommandLineRun.of("nodes", "TRAINER").out())
                .contains("ReaLM Trainer\n", "Supervised Trainer\n")
                .doesNotContain("Benchmark Evaluator\n");
        CommandLineRun none = CommandLineRun.of("nodes", "trainr");
        assertThat(none.code()).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(none.err()).contains("No node's name holds \"trainr\"", "ReaLM Trainer");
    }

    @Test
    void aShellCanCompleteCommands() {
        assertThat(CommandLineRun.of("generate-completion").out()).contains("complete -F", "--dry-run", "--keep-going");
    }

    @Test
    void aDescriptionWithAChoiceThatThereIsNotIsRefused() throws IOException {
        Path spec = Files.writeString(
                temp.resolve("spec.json"),
                """
                {"nodes": [{"id": 1,
                  "factory": "org.realm4knime.nodes.dataset.ReasoningDatasetReaderNodeFactory",
                  "settings": {"path": "cases.csv", "content": "ROUTE"}}]}""");

        CommandLineRun run = CommandLineRun.of("new", spec, temp.resolve("made"));

        assertThat(run.code()).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(run.err()).contains("Reasoning Dataset Reader (#1)", "ROUTE", "PROBLEMS");
        assertThat(temp.resolve("made")).doesNotExist();
    }

    /** What a stranger may give for a workflow: what is there, and what to do. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "nowhere; there is no such file or folder;",
                "nowhere.knwf; there is no such file or folder;",
                "notes.txt; it is a file of another kind; give a workflow folder",
                "spec.json; realm new;",
                "group; it has workflows in it;",
                "group/deeper; one; name one of them",
                "empty; give a workflow folder, or a .knwf or .knar file;",
                "text.knar; Cannot unpack;",
                "two.knar; holds several workflows: group/one, group/two. Unpack it;",
                "none.zip; holds no workflow;",
                "''; a file or folder is expected, not an empty text;",
            })
    void whatIsNoWorkflow(String name, String message, String alsoMessage) throws Exception {
        Files.writeString(temp.resolve("notes.txt"), "x");
        Files.writeString(temp.resolve("spec.json"), "{}");
        Files.createDirectories(temp.resolve("empty"));
        ToyWorkflow.write(temp.resolve("group/deeper/one"), false);
        Files.writeString(temp.resolve("text.knar"), "no zip");
        zip("two.knar", "group/one/workflow.knime", "group/two/workflow.knime", "group/two/Meta (#3)/workflow.knime");
        zip("none.zip", "readme.txt");
        Object named = name.isEmpty() ? "" : temp.resolve(name);

        CommandLineRun run = CommandLineRun.of("run", named, "--out", temp.resolve("out"));

        assertThat(run.code()).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(run.err()).startsWith("realm: ").contains(message).doesNotContain("Exception");
        if (alsoMessage != null) {
            assertThat(run.err()).contains(alsoMessage);
        }
    }

    private void zip(String name, String... entries) throws Exception {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(temp.resolve(name)))) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"flow.knar", "flow.KNWF", "flow.zip"})
    void archivesOfOneWorkflowAreRead(String name) throws Exception {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(temp.resolve(name)));
                Stream<Path> files = Files.walk(workflow)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry("group/" + temp.relativize(file)));
                Files.copy(file, zip);
            }
        }

        CommandLineRun run = CommandLineRun.of("run", temp.resolve(name), "--out", temp.resolve("out"));

        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void verboseShowsWhereItHappened() {
        CommandLineRun run = CommandLineRun.of("--verbose", "run", temp.resolve("nowhere"));

        assertThat(run.err()).contains("WorkflowException", "\tat ");
    }
}

package org.realm4knime.headless.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.headless.toy.MultiplyNodeFactory;
import org.realm4knime.headless.toy.ToyWorkflow;
import org.realm4knime.headless.workflow.FolderTree;

class RunCommandTest {

    @TempDir
    private Path temp;

    private Path workflow;
    private Path out;

    @BeforeEach
    void writeWorkflow() throws Exception {
        workflow = ToyWorkflow.write(temp.resolve("toy flow"), false);
        out = temp.resolve("out");
        MultiplyNodeFactory.takeRuns();
    }

    private void edit(String file, String text, String by) throws Exception {
        String content = Files.readString(workflow.resolve(file));
        assertThat(content).contains(text);
        Files.writeString(workflow.resolve(file), content.replace(text, by));
    }

    @Test
    void runsAllNodesAndWritesTheirResults() throws Exception {
        CommandLineRun run = CommandLineRun.of("run", workflow, "--out", out);

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isEqualTo(ExitCode.DONE);
        assertThat(run.out())
                .contains("toy flow: 6 nodes, results in " + out)
                .contains("[1/6] Numbers (#1) First numbers: done")
                .contains("warning: All products are zero.")
                .contains("[4/6] Concatenate (#4): done")
                .contains("12 rows")
                .doesNotContain("step 10 of 20") // of a node that takes little time
                .contains("trained  test   with          100       84     84.0%  75.6% to 89.9%");
        assertThat(out.resolve("tables")).isDirectoryContaining("glob:**/numbers-1-numbers.csv");
        assertThat(Files.readString(out.resolve("tables/multiply-3-products.csv")))
                .isEqualToNormalizingNewlines(
                        "text,number\nPLAIN no. 1,2\nPLAIN no. 2,4\nPLAIN no. 3,6\nPLAIN no. 4,8\n");
        assertThat(out.resolve("realm.log")).exists();
    }

    @Test
    void reportHoldsScoresGraphAndViews() throws Exception {
        CommandLineRun.of("run", workflow, "--out", out);

        assertThat(Files.readString(out.resolve("report.html")))
                .contains("Scorer (#6): Final scores", "71.1% to 86.7%")
                .contains("<iframe id=\"view-6\"")
                .contains("UIExtensionResponse")
                .contains("#node-5", "All products are zero.", "tables/scorer-6-scores.csv")
                .doesNotContain("src=\"http", "href=\"http", "view.js");
    }

    @Test
    void aDryRunShowsTheOrderAndComputesNothing() {
        CommandLineRun run = CommandLineRun.of("run", workflow, "--out", out, "--dry-run");

        assertThat(run.code()).isEqualTo(ExitCode.DONE);
        assertThat(run.out())
                .contains("toy flow: 6 nodes, results would go to " + out)
                .containsSubsequence(
                        "[1/6] Numbers (#1) First numbers", "[4/6] Concatenate (#4)", "Nothing was computed.");
        assertThat(out).doesNotExist();

        CommandLineRun wrong =
                CommandLineRun.of("run", workflow, "--out", out, "--dry-run", "--set", "First numbers/count=x");
        assertThat(wrong.code()).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(wrong.err()).contains("First numbers/count=x");
    }

    @Test
    void overridesSettings() throws Exception {
        CommandLineRun run = CommandLineRun.of(
                "run", workflow, "--out", out, "--set", "First numbers/count=2", "--set", "Numbers/spelling=LOUD");

        assertThat(run.code()).isEqualTo(ExitCode.DONE);
        assertThat(Files.readAllLines(out.resolve("tables/numbers-1-numbers.csv")))
                .containsExactly("text,number", "LOUD no. 1,1", "LOUD no. 2,2");
    }

    @Test
    void aFailingNodeStopsOnlyThoseBehindIt() {
        CommandLineRun run = CommandLineRun.of("run", workflow, "--out", out, "--set", "Numbers/count=1001");

        assertThat(run.code()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out())
                .contains("Numbers (#1) First numbers: failed", "error: Execute failed: There are no more than 1000")
                .contains("Multiply (#2): not run", "There are no results of Numbers (#1).");
        assertThat(run.err()).containsOnlyOnce("Numbers (#1) failed").doesNotContain("\tat ");
        assertThat(out.resolve("report.html")).exists();
    }

    @Test
    void resultsOfOtherNodesAreKept() {
        CommandLineRun run = CommandLineRun.of("run", workflow, "--out", out, "--set", "Multiply (#3)/factor=-1");

        assertThat(run.code()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).contains("Multiply (#2): done", "Multiply (#3): failed", "Concatenate (#4): not run");
        assertThat(out.resolve("tables/multiply-2-products.csv")).exists();
        assertThat(out.resolve("tables/multiply-3-products.csv")).doesNotExist();
    }

    @Test
    void anOptionalInputMayBeMissingAndFlowVariableConnectionsOnlyOrder() throws Exception {
        edit("Concatenate (#4)/settings.xml", "<config key=\"Last\">", "<config key=\"Other\">");
        edit("workflow.knime", ports(1, 3), ports(0, 0));

        CommandLineRun run = CommandLineRun.of("run", workflow, "--out", out);

        assertThat(run.code()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).contains("Concatenate (#4): done").contains("; 8 rows");
    }

    private static String ports(int source, int target) {
        return """
            <entry key="sourcePort" type="xint" value="%d"/>
                        <entry key="destPort" type="xint" value="%d"/>"""
                .formatted(source, target);
    }

    @Test
    void aWrongSettingLateInTheWorkflowStopsTheRunBeforeAnythingIsComputed() {
        CommandLineRun run = CommandLineRun.of(
                "run", workflow, "--out", out, "--set", "Long Trainer/steps=0", "--set", "Numbers/count=0");

        assertThat(run.code()).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(run.err())
                .contains("realm: Long Trainer (#5) cannot run as it is configured: Steps must be at least 1.")
                .contains("nothing was computed", "--keep-going");
        assertThat(out).doesNotExist();
    }

    @Test
    void whatAnEarlierRunLeftStaysIfNothingIsComputed() {
        CommandLineRun.of("run", workflow, "--out", out);

        CommandLineRun.of("run", workflow, "--out", out, "--set", "Long Trainer/steps=0");

        assertThat(out.resolve("report.html")).exists();
        assertThat(out.resolve("state/node-2/result.json")).exists();
    }

    @Test
    void keepGoingRunsWhatCanRun() {
        CommandLineRun run =
                CommandLineRun.of("run", workflow, "--out", out, "--keep-going", "--set", "Long Trainer/steps=0");

        assertThat(run.code()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out())
                .containsSubsequence("[1/6] Numbers (#1) First numbers: done", "[5/6] Long Trainer (#5): failed");
    }

    @Test
    void anUnconnectedInputIsNamed() throws Exception {
        String content = Files.readString(workflow.resolve("workflow.knime"));
        int begin = content.indexOf("<config key=\"connection_6\">");
        int end = content.indexOf("</config>", begin) + "</config>".length();
        Files.writeString(workflow.resolve("workflow.knime"), content.substring(0, begin) + content.substring(end));

        CommandLineRun run = CommandLineRun.of("run", workflow, "--out", out);

        assertThat(run.code()).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(run.err()).contains("Scorer (#6)", "Nothing is connected to input 1 (Numbers).");

        CommandLineRun going = CommandLineRun.of("run", workflow, "--out", out, "--keep-going");
        assertThat(going.code()).isEqualTo(ExitCode.FAILED);
        assertThat(going.out()).contains("Long Trainer (#5): done", "Scorer (#6) Final scores: not run");
    }

    @Test
    void resumeRunsOnlyWhatChanged() {
        CommandLineRun.of("run", workflow, "--out", out);
        assertThat(MultiplyNodeFactory.takeRuns()).isEqualTo(2);

        CommandLineRun same = CommandLineRun.of("run", workflow, "--out", out, "--resume");
        assertThat(same.out()).containsPattern("the last run took [0-9.]+ s");
        assertThat(same.code()).isEqualTo(ExitCode.DONE);
        assertThat(MultiplyNodeFactory.takeRuns()).isZero();
        assertThat(same.out())
                .contains(
                        "Numbers (#1) First numbers: done", "Multiply (#2): reused", "Scorer (#6) Final scores: reused")
                .contains("warning: All products are zero.", "trained  test   with          100       84");
        assertThat(out.resolve("tables/concatenate-4-all.csv")).exists();
        assertThat(out.resolve("report.html")).content().contains("<iframe id=\"view-6\"");

        CommandLineRun changed =
                CommandLineRun.of("run", workflow, "--out", out, "--resume", "--set", "Multiply (#3)/factor=5");
        assertThat(MultiplyNodeFactory.takeRuns()).isEqualTo(1);
        assertThat(changed.out())
                .contains("Multiply (#2): reused", "Multiply (#3): done", "Concatenate (#4): done")
                .contains("Scorer (#6) Final scores: reused");
    }

    @Test
    void aChangedReaderRunsWhatDependsOnIt() {
        CommandLineRun.of("run", workflow, "--out", out);
        MultiplyNodeFactory.takeRuns();

        CommandLineRun.of("run", workflow, "--out", out, "--resume", "--set", "Numbers/prefix=x");

        assertThat(MultiplyNodeFactory.takeRuns()).isEqualTo(2);
    }

    @Test
    void withoutResumeEverythingRunsAgain() {
        CommandLineRun.of("run", workflow, "--out", out);
        MultiplyNodeFactory.takeRuns();

        CommandLineRun.of("run", workflow, "--out", out);

        assertThat(MultiplyNodeFactory.takeRuns()).isEqualTo(2);
    }

    @Test
    void resultsOfAnotherRunAreTakenWhereSettingsAndInputsAreTheSame() throws Exception {
        CommandLineRun.of("run", workflow, "--out", temp.resolve("first"));
        MultiplyNodeFactory.takeRuns();

        CommandLineRun run = CommandLineRun.of(
                "run", workflow, "--out", out, "--reuse", temp.resolve("first"), "--set", "Multiply (#2)/factor=5");

        assertThat(run.code()).isEqualTo(ExitCode.DONE);
        // node 2 now multiplies differently; node 3 takes what it did itself
        assertThat(MultiplyNodeFactory.takeRuns()).isEqualTo(1);
        assertThat(run.out()).contains("Multiply (#2): done", "Multiply (#3): reused");
        assertThat(out.resolve("tables/multiply-3-products.csv")).exists();

        CommandLineRun swapped = CommandLineRun.of(
                "run",
                workflow,
                "--out",
                temp.resolve("third"),
                "--reuse",
                temp.resolve("first"),
                "--reuse",
                out,
                "--set",
                "Multiply (#3)/factor=5");
        assertThat(swapped.out()).contains("Multiply (#2): reused", "Multiply (#3): reused");
    }

    @Test
    void whatWasReusedCanBeReusedAgainAndResumed() throws Exception {
        CommandLineRun.of("run", workflow, "--out", temp.resolve("first"));
        CommandLineRun.of("run", workflow, "--out", temp.resolve("second"), "--reuse", temp.resolve("first"));
        FolderTree.delete(temp.resolve("first"));
        MultiplyNodeFactory.takeRuns();

        CommandLineRun third = CommandLineRun.of("run", workflow, "--out", out, "--reuse", temp.resolve("second"));
        assertThat(third.out()).contains("Multiply (#2): reused", "Multiply (#3): reused", "Long Trainer (#5): reused");
        assertThat(MultiplyNodeFactory.takeRuns()).isZero();

        CommandLineRun.of("run", workflow, "--out", out, "--resume");
        assertThat(MultiplyNodeFactory.takeRuns()).isZero();
    }

    @Test
    void resultsOfTheRunItselfAreResumedAndNotReused() {
        CommandLineRun run = CommandLineRun.of("run", workflow, "--out", out, "--reuse", out);

        assertThat(run.code()).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(run.err()).contains("use --resume instead");
    }

    @Test
    void aCheckpointIsNeitherUsedNorDeletedUnasked() throws Exception {
        CommandLineRun.of("run", workflow, "--out", out);
        Path checkpoint = Files.writeString(out.resolve("checkpoints/5"), "10");

        CommandLineRun run = CommandLineRun.of("run", workflow, "--out", out);
        assertThat(run.code()).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(run.err()).contains("--resume", "--restart", "--out");
        assertThat(checkpoint).hasContent("10");
        assertThat(out.resolve("report.html")).exists();

        CommandLineRun again = CommandLineRun.of("run", workflow, "--out", out, "--restart");
        assertThat(again.code()).isEqualTo(ExitCode.DONE);
        assertThat(out.resolve("tables/long-trainer-5-log.csv")).content().contains("began after step,0");
    }

    @Test
    void aFolderWithoutResultsCannotBeReused() {
        CommandLineRun run = CommandLineRun.of("run", workflow, "--out", out, "--reuse", temp.resolve("nothing"));

        assertThat(run.code()).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(run.err()).contains("--reuse", "there are no results of a run");
    }

    @Test
    void damagedStateIsNoObstacle() throws Exception {
        CommandLineRun.of("run", workflow, "--out", out);
        MultiplyNodeFactory.takeRuns();
        Files.writeString(out.resolve("state/node-2/result.json"), "{");
        Files.write(out.resolve("state/node-3/port-1.table"), new byte[] {1, 2, 3});

        CommandLineRun run = CommandLineRun.of("run", workflow, "--out", out, "--resume");

        assertThat(run.code()).isEqualTo(ExitCode.DONE);
        assertThat(MultiplyNodeFactory.takeRuns()).isEqualTo(2);
    }

    @Test
    void takesAnOutputFolderThatCannotBeOneAsBadUsage() throws Exception {
        Files.writeString(temp.resolve("file"), "");

        CommandLineRun run = CommandLineRun.of("run", workflow, "--out", temp.resolve("file/out"));

        assertThat(run.code()).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(run.err()).contains("Cannot write results to", "lies within a file that is no folder", "--out");
    }
}

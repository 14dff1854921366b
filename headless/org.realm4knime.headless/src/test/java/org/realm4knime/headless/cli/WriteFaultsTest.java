package org.realm4knime.headless.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.headless.toy.ToyWorkflow;

/** Runs whose results cannot be written: nothing is half there, and the next run goes on. */
class WriteFaultsTest {

    /** Where Linux has it, writing there fails as on a full disk. */
    private static final Path FULL_DISK = Path.of("/dev/full");

    @TempDir
    private Path temp;

    private Path workflow;
    private Path out;

    @BeforeEach
    void writeWorkflow() throws Exception {
        workflow = ToyWorkflow.write(temp.resolve("toy flow"), false);
        out = temp.resolve("out");
    }

    private static void fillDisk(Path file) throws Exception {
        assumeTrue(Files.exists(FULL_DISK), "this system has no /dev/full");
        Files.createDirectories(file.getParent());
        Files.createSymbolicLink(file, FULL_DISK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tables/multiply-3-products.csv", "report.html"})
    void tablesAndReportAreWrittenWhenThereIsRoomAgain(String file) throws Exception {
        fillDisk(out.resolve(file + ".part"));

        CommandLineRun full = CommandLineRun.of("run", workflow, "--out", out);

        assertThat(full.code()).isEqualTo(ExitCode.FAILED);
        assertThat(full.err())
                .isEqualToIgnoringNewLines("realm: %s: No space left on device. What the nodes gave is kept in %s: mend"
                                .formatted(out.resolve(file), out.resolve("state"))
                        + " this and run again with --resume, to write tables and report.");
        assertThat(out.resolve(file)).doesNotExist();

        assertThat(CommandLineRun.of("run", workflow, "--out", out, "--resume").code())
                .isEqualTo(ExitCode.DONE);
        assertThat(out.resolve(file)).isNotEmptyFile();
        assertThat(out.resolve("report.html")).content().endsWith("</html>\n");
    }

    @Test
    void aPlaceForResultsThatIsNoFolderIsNamed() throws Exception {
        Files.createDirectories(out);
        Files.writeString(out.resolve("state"), "a file");

        CommandLineRun run = CommandLineRun.of("run", workflow, "--out", out);

        assertThat(run.code()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err())
                .contains(out.resolve("state").toString(), "no folder")
                .doesNotContain("Exception");
    }

    @Test
    void aLogThatCannotBeWrittenIsToldOnce() throws Exception {
        fillDisk(out.resolve("realm.log"));

        CommandLineRun run = CommandLineRun.of("run", workflow, "--out", out, "--set", "Numbers/count=1001");

        assertThat(run.out() + run.err())
                .containsOnlyOnce(
                        out.resolve("realm.log") + " is not whole, as it cannot be written to: No space left");
        assertThat(out.resolve("report.html")).exists();
    }

    /** Its training has ended, but whoever was to keep its results was killed before that. */
    @Test
    void aFinishedCheckpointStaysUntilTheResultsOfItsOwnNodeAreKept() throws Exception {
        Path checkpoint = Files.createDirectories(out.resolve("checkpoints/long-trainer-5-0123456789abcdef"));
        Files.writeString(checkpoint.resolve("finished"), "");

        CommandLineRun.of("run", workflow, "--out", out, "--resume", "--keep-going", "--set", "Long Trainer/steps=0");
        assertThat(out.resolve("state/node-1")).isDirectory();
        assertThat(checkpoint).isDirectory();

        CommandLineRun.of("run", workflow, "--out", out, "--resume");
        assertThat(checkpoint).doesNotExist();
    }

    @Test
    void aFinishedCheckpointGoesWhereTheResultsWereKeptBefore() throws Exception {
        CommandLineRun.of("run", workflow, "--out", out);
        Path checkpoint = Files.createDirectories(out.resolve("checkpoints/long-trainer-5-0123456789abcdef"));
        Files.writeString(checkpoint.resolve("finished"), "");

        CommandLineRun.of("run", workflow, "--out", out, "--resume");

        assertThat(checkpoint).doesNotExist();
    }
}

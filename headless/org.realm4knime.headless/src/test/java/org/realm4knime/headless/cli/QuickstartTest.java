package org.realm4knime.headless.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The workflow that users see first, whole, on few cases and with few steps. */
class QuickstartTest {

    private static final Path WORKFLOW = Path.of("../../examples/quickstart");
    private static final List<String> SHORT = List.of(
            "Reasoning Dataset Reader/limit=24",
            "Sample Reasoning Data/rows=24",
            "Supervised Trainer/steps=2",
            "Guided Distiller/steps=2",
            "ReaLM Trainer/steps=2");

    @TempDir
    private Path out;

    @Test
    void everyStageRunsAndLeavesTablesReportAndModel() throws IOException {
        CommandLineRun run = run();

        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(ExitCode.DONE);
        for (String model : List.of("base", "distilled", "trained")) {
            for (String split : List.of("test", "harder")) {
                for (String routes : List.of("without", "with")) {
                    assertThat(run.out()).containsPattern(model + " +" + split + " +" + routes + " +24 ");
                }
            }
        }
        assertThat(Files.readAllLines(out.resolve("tables/benchmark-evaluator-16-scores.csv")))
                .hasSize(10);
        assertThat(Files.readAllLines(out.resolve("tables/realm-trainer-13-training-log.csv")))
                .hasSize(3);
        assertThat(Files.readString(out.resolve("report.html"))).contains("Score on test cases", "echarts");
        assertThat(out.resolve("model")).isDirectoryContaining("glob:**/model.safetensors");
        assertThat(out.resolve("model")).isDirectoryContaining("glob:**/tokenizer.json");
        assertThat(out.resolve("checkpoints")).isEmptyDirectory();

        assertThat(run("--resume").out())
                .contains("ReaLM Trainer (#13) Train until it stands alone: reused")
                .contains("Benchmark Evaluator (#16) Score on test cases: reused");
    }

    private CommandLineRun run(String... more) {
        List<Object> arguments = new ArrayList<>(List.of("run", WORKFLOW, "--out", out, "--threads", "1"));
        SHORT.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        arguments.addAll(List.of(more));
        return CommandLineRun.of(arguments.toArray());
    }
}

package org.realm4knime.headless.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The workflow that users see first, whole. */
class QuickstartTest {

    @Test
    void everyStageRunsAndLeavesTablesReportAndModel() throws IOException {
        ShortQuickstart quickstart = ShortQuickstart.get();
        Path out = quickstart.folder();

        for (String model : List.of("base", "distilled", "trained")) {
            for (String split : List.of("test", "harder")) {
                for (String routes : List.of("without", "with")) {
                    assertThat(quickstart.firstRun().out())
                            .containsPattern(model + " +" + split + " +" + routes + " +24 ");
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

        assertThat(quickstart.again("--resume").out())
                .contains("ReaLM Trainer (#13) Train until it stands alone: reused")
                .contains("Benchmark Evaluator (#16) Score on test cases: reused");
    }
}

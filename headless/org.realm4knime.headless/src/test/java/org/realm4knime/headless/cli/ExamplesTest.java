package org.realm4knime.headless.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples that users copy run whole, on few cases and with few steps. The quickstart has a test of its own. */
class ExamplesTest {

    private static final Path EXAMPLES = Path.of("../../examples");

    @TempDir
    private Path out;

    @Test
    void ownDomainTrainsMeasuresAndSaves() throws IOException {
        CommandLineRun run = run(
                "own-domain",
                "Reasoning Dataset Reader/limit=24",
                "Supervised Trainer/steps=2",
                "ReaLM Trainer/steps=2",
                "ReaLM Trainer/promptsPerStep=2",
                "ReaLM Trainer/groupSize=4",
                "ReaLM Trainer/maxNewTokens=24",
                "Benchmark Evaluator/generation/maxNewTokens=24");

        for (String model : List.of("base", "cold start", "trained")) {
            assertThat(run.out()).containsPattern(model + " +all +without +24 ");
        }
        assertThat(Files.readAllLines(out.resolve("tables/reasoning-dataset-reader-2-data.csv")))
                .as("the rules")
                .hasSize(9);
        assertThat(Files.readString(out.resolve("report.html"))).contains("Score before and after");
        assertThat(out.resolve("model")).isDirectoryContaining("glob:**/model.safetensors");
    }

    @Test
    void evaluateOnlyComparesWithAndWithoutRoutes() throws IOException {
        CommandLineRun run =
                run("evaluate-only", "Test cases/limit=12", "Benchmark Evaluator/generation/maxNewTokens=24");

        for (String model : List.of("before", "after")) {
            for (String routes : List.of("without", "with")) {
                assertThat(run.out()).containsPattern(model + " +all +" + routes + " +12 ");
            }
        }
        assertThat(Files.readAllLines(out.resolve("tables/benchmark-evaluator-5-comparisons.csv")))
                .as("a comparison without routes and one with them")
                .hasSizeGreaterThan(2);
    }

    private CommandLineRun run(String example, String... settings) {
        List<Object> arguments = new ArrayList<>(List.of("run", EXAMPLES.resolve(example), "--out", out));
        arguments.addAll(List.of("--threads", "1"));
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        CommandLineRun run = CommandLineRun.of(arguments.toArray());
        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(ExitCode.DONE);
        return run;
    }
}

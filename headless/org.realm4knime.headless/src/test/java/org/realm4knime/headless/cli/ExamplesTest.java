package org.realm4knime.headless.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples that users copy run whole, on few cases and with few steps. The quickstart has a test of its own. */
class ExamplesTest {

    private static final Path EXAMPLES = Path.of("../../examples");
    private static final Path TINY_MODEL = EXAMPLES.resolve("evaluate-only/data/models/before")
            .toAbsolutePath()
            .normalize();

    @TempDir
    private Path out;

    @Test
    void ownDomainTrainsMeasuresAndSaves() throws IOException {
        CommandLineRun run = trainShortly(
                "own-domain", distilShortly("Reasoning Dataset Reader/limit=24", "ReaLM Trainer/watch/everySteps=1"));

        for (String model : List.of("base", "cold start", "trained", "distilled")) {
            assertThat(run.out()).containsPattern(model + " +all +without +24 ");
        }
        assertThat(Files.readAllLines(out.resolve("tables/reasoning-dataset-reader-2-data.csv")))
                .as("the rules")
                .hasSize(9);
        assertThat(column("tables/guided-distiller-14-accepted-rationales.csv", "source"))
                .as("a teacher that can do nothing yet leaves the advice to learn from")
                .contains("counter");
        assertThat(column("tables/realm-trainer-11-training-log.csv", "held-out accuracy"))
                .as("the validation cases are answered after each step")
                .hasSize(2)
                .doesNotContain("");
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

    @Test
    void labelsTrainsOnLabelsAndWatchesValidationCases() throws IOException {
        CommandLineRun run = trainShortly(
                "labels", distilShortly("Reasoning Dataset Reader/limit=24", "ReaLM Trainer/watch/everySteps=1"));

        for (String model : List.of("base", "cold start", "trained", "distilled")) {
            assertThat(run.out()).containsPattern(model + " +all +without +24 ");
        }
        assertThat(Files.readString(out.resolve("tables/route-verifier-mrpv-8-verified-routes.csv")))
                .as("labels are found in the routes and compared with the reference answers")
                .contains(",approve,", ",refer,", ",decline,", ",right,", ",wrong,");
        assertThat(column("tables/realm-trainer-11-training-log.csv", "held-out accuracy"))
                .as("the validation cases are answered after each step")
                .hasSize(2)
                .doesNotContain("");
        assertThat(out.resolve("model")).isDirectoryContaining("glob:**/model.safetensors");
    }

    @Test
    void realModelTrainsAnAdapterInTwoStages() throws IOException {
        CommandLineRun run =
                trainShortly("real-model", "Real model/path=" + TINY_MODEL, "Reasoning Dataset Reader/limit=12");

        for (String model : List.of("as it comes", "cold start", "trained")) {
            assertThat(run.out()).containsPattern(model + " +all +without +12 ");
        }
        assertThat(out.resolve("model/adapter")).isDirectoryContaining("glob:**/adapter_model.safetensors");
        assertThat(Files.readString(out.resolve("model/adapter/adapter_config.json")))
                .containsPattern("\"r\" *: *16\\b");
    }

    @Test
    void gsm8kScoresAModelOnTheDataSetsOwnFile() throws IOException {
        CommandLineRun run =
                run("gsm8k", "Model to score/path=" + TINY_MODEL, "GSM8K/limit=12", "Score/generation/maxNewTokens=24");

        assertThat(run.out()).containsPattern("model +all +without +12 ");
        assertThat(column("tables/reasoning-dataset-reader-1-data.csv", "answer"))
                .as("what follows #### in the file")
                .startsWith("18", "3", "70000", "540")
                .hasSize(12);
    }

    private List<String> column(String table, String name) throws IOException {
        try (CSVParser rows = CSVParser.parse(
                out.resolve(table),
                StandardCharsets.UTF_8,
                CSVFormat.DEFAULT
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get())) {
            return rows.stream().map(row -> row.get(name)).toList();
        }
    }

    /** Runs an example that trains, in few short steps. */
    private static String[] distilShortly(String... settings) {
        return Stream.concat(
                        Stream.of("Guided Distiller/steps=2", "Guided Distiller/generation/maxNewTokens=24"),
                        Stream.of(settings))
                .toArray(String[]::new);
    }

    private CommandLineRun trainShortly(String example, String... settings) {
        return run(
                example,
                Stream.concat(
                                Stream.of(
                                        "Supervised Trainer/steps=2",
                                        "ReaLM Trainer/steps=2",
                                        "ReaLM Trainer/promptsPerStep=2",
                                        "ReaLM Trainer/groupSize=4",
                                        "ReaLM Trainer/maxNewTokens=24",
                                        "Benchmark Evaluator/generation/maxNewTokens=24"),
                                Stream.of(settings))
                        .toArray(String[]::new));
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

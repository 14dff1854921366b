package org.realm4knime.headless.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The paper's two modes, and baselines that set the trainer up in a way of their own, with few problems and steps. */
class ModesTest {

    private static final Path SPECS = Path.of("../../bench/claims/specs");
    private static final Path MODEL = Path.of("../../bench/claims/data/models/base-1");
    private static final List<String> SHORT = List.of(
            "Reasoning Dataset Reader/limit=16",
            "ReaLM Trainer/steps=1",
            "ReaLM Trainer/promptsPerStep=2",
            "ReaLM Trainer/groupSize=2");

    @TempDir
    private Path temp;

    @ParameterizedTest
    @CsvSource({
        "zero, ReaLM Zero, 13, ",
        "r1, ReaLM R1, 33, Multi-Route Rollout/routesPerModel=1;Supervised Trainer/steps=1",
        "sdft, SDFT, 13, "
    })
    void aModeRunsFromItsDescriptionToItsScores(String spec, String model, int trainer, String shorter)
            throws IOException {
        Path workflow = temp.resolve(spec);
        assertThat(CommandLineRun.of("new", SPECS.resolve(spec + ".json"), workflow)
                        .code())
                .isEqualTo(ExitCode.DONE);
        CommandLineRun run = run(workflow, shorter == null ? List.of() : List.of(shorter.split(";")));
        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).containsPattern(model + " .*without").containsPattern(model + " .*with ");
        List<String> log =
                Files.readAllLines(temp.resolve("out/tables/realm-trainer-" + trainer + "-training-log.csv"));
        assertThat(log).hasSize(2);
    }

    private CommandLineRun run(Path workflow, List<String> shorter) {
        List<Object> arguments = new ArrayList<>(List.of("run", workflow, "--out", temp.resolve("out")));
        arguments.addAll(List.of("--threads", "1"));
        Stream.of(List.of("Base model/path=" + MODEL.toAbsolutePath().normalize()), SHORT, shorter)
                .flatMap(List::stream)
                .forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return CommandLineRun.of(arguments.toArray());
    }
}

package org.realm4knime.headless.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.headless.Main;
import org.realm4knime.headless.toy.ToyWorkflow;

/** Signals against a process of its own. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InterruptionTest {

    @TempDir
    private Path temp;

    private Path workflow;

    @BeforeEach
    void writeWorkflow() throws Exception {
        workflow = ToyWorkflow.write(temp.resolve("flow"), true);
    }

    private Process start(String... more) throws Exception {
        List<String> command = new ArrayList<>(withSignals());
        command.addAll(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "run",
                workflow.toString(),
                "--out",
                temp.resolve("out").toString()));
        command.addAll(List.of(more));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** A process started in the background ignores SIGINT, and so do its children and Java, unless told otherwise. */
    private static List<String> withSignals() {
        return OS.current() == OS.LINUX ? List.of("env", "--default-signal=INT,TERM") : List.of();
    }

    @ParameterizedTest
    @EnabledOnOs({OS.LINUX, OS.MAC})
    @ValueSource(strings = {"INT", "TERM"})
    void endsWithItsOwnCodeAndGoesOnFromTheCheckpoint(String signal) throws Exception {
        Process process = start();
        String printed;
        try (BufferedReader out = process.inputReader()) {
            String line = out.readLine();
            while (line != null && !line.contains("step 10 of 20")) {
                line = out.readLine();
            }
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            printed = out.lines().collect(Collectors.joining("\n"));
        }

        assertThat(process.waitFor()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(printed).contains("Long Trainer (#5): interrupted", "run again with --resume to go on");

        Process again = start("--resume");
        String rest = new String(again.getInputStream().readAllBytes());
        assertThat(again.waitFor()).as(rest).isEqualTo(ExitCode.DONE);
        assertThat(rest).contains("Multiply (#2): reused", "Long Trainer (#5): done", "Scorer (#6) Final scores: done");
        assertThat(Files.readAllLines(temp.resolve("out/tables/long-trainer-5-log.csv")))
                .containsExactly("text,number", "began after step,10");
    }
}

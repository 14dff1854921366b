package org.realm4knime.headless.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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

    /** Under nohup and in the background signals are ignored, by children and Java too, unless told otherwise. */
    private static List<String> withSignals() {
        return OS.current() == OS.LINUX ? List.of("env", "--default-signal=INT,TERM,HUP") : List.of();
    }

    private static void signal(String signal, Process process) throws Exception {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** What is printed up to the line, which must come. */
    private static String readTo(String text, BufferedReader out) throws IOException {
        StringBuilder printed = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            printed.append(line).append('\n');
            if (line.contains(text)) {
                return printed.toString();
            }
        }
        throw new AssertionError("\"" + text + "\" did not come:\n" + printed);
    }

    @ParameterizedTest
    @EnabledOnOs({OS.LINUX, OS.MAC})
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void endsWithItsOwnCodeAndGoesOnFromTheCheckpoint(String signal) throws Exception {
        Process process = start();
        String printed;
        try (BufferedReader out = process.inputReader()) {
            readTo("now waiting after step 10", out);
            signal(signal, process);
            printed = out.lines().collect(Collectors.joining("\n"));
        }

        assertThat(process.waitFor()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(printed)
                .containsSubsequence(
                        "press Ctrl-C again to stop at once",
                        "Long Trainer (#5): Finishing step 10",
                        "Long Trainer (#5): interrupted",
                        "report  " + temp.resolve("out/report.html"),
                        "run again with --resume to go on");
        assertReportsWhatThereIs();

        Process without = start();
        assertThat(new String(without.getErrorStream().readAllBytes())).isEmpty();
        assertThat(new String(without.getInputStream().readAllBytes())).contains("--resume", "--restart");
        assertThat(without.waitFor()).isEqualTo(ExitCode.BAD_USAGE);

        Process again = start("--resume");
        String rest = new String(again.getInputStream().readAllBytes());
        assertThat(again.waitFor()).as(rest).isEqualTo(ExitCode.DONE);
        assertThat(rest).contains("Multiply (#2): reused", "Long Trainer (#5): done", "Scorer (#6) Final scores: done");
        assertThat(Files.readAllLines(temp.resolve("out/tables/long-trainer-5-log.csv")))
                .containsExactly("text,number", "began after step,10");
    }

    private void assertReportsWhatThereIs() throws IOException {
        assertThat(Files.readAllLines(temp.resolve("out/tables/long-trainer-5-log.csv")))
                .containsExactly("text,number", "cancelled after step,10");
        assertThat(temp.resolve("out/tables/concatenate-4-all.csv")).exists();
        assertThat(Files.readString(temp.resolve("out/report.html")))
                .contains("<iframe id=\"view-5\"", "interrupted")
                .doesNotContain("<iframe id=\"view-6\"");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void theSecondSignalStopsAtOnce() throws Exception {
        Process process = start("--set", "Long Trainer/stubborn=true");
        String printed;
        try (BufferedReader out = process.inputReader()) {
            readTo("now waiting after step 10", out);
            signal("INT", process);
            readTo("Finishing step 10", out);
            signal("INT", process);
            printed = out.lines().collect(Collectors.joining("\n"));
        }

        assertThat(process.waitFor()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(printed).contains("stopped at once; run again with --resume to go on from the last checkpoint");
        assertThat(temp.resolve("out/checkpoints/5")).hasContent("10");
    }
}

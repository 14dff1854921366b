package org.realm4knime.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts Equinox on the folder that p2 installed the feature into, and lets the check application look at it. */
class InstalledFeatureIT {

    private static final Path INSTALLATION = Path.of(System.getProperty("installation"));
    private static final int LIMIT_SECONDS = 300;

    /** Native code is unpacked here as on a new machine; what other tests unpacked stays out of sight. */
    @TempDir
    private static Path cache;

    private static int exitStatus;
    private static String output;

    @BeforeAll
    static void startTheInstallation() throws IOException, InterruptedException {
        Path log = INSTALLATION.resolveSibling("installation.log");
        Process equinox = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-DDJL_CACHE_DIR=" + cache,
                        "-DENGINE_CACHE_DIR=" + cache,
                        "-cp",
                        launcher().toString(),
                        "org.eclipse.equinox.launcher.Main",
                        "-application",
                        "org.realm4knime.check.installation",
                        "-data",
                        INSTALLATION.resolve("workspace").toString(),
                        "-consoleLog",
                        "-nosplash")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = equinox.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        equinox.destroyForcibly();
        output = Files.readString(log);
        assertThat(ended)
                .as("ended within %d s; its output was:%n%s", LIMIT_SECONDS, output)
                .isTrue();
        exitStatus = equinox.exitValue();
        output.lines()
                .filter(line -> line.matches("\\d+ bundles, .*"))
                .forEach(line -> System.out.println("Installed: " + line));
    }

    @Test
    void hasNoProblems() {
        assertThat(output).doesNotContain("problem: ");
        assertThat(exitStatus).as(output).isZero();
    }

    @Test
    void createsEveryNodeOfThePluginXml() throws IOException {
        long declared = Sources.nodeFactories().size();
        assertThat(declared).isPositive();
        assertThat(output).contains(" bundles, " + declared + " node factories, 0 problems");
    }

    @Test
    void startsTheEngineOnTheInstalledNativeLibrary() {
        assertThat(output).containsPattern("engine: PyTorch \\d+\\.\\d+");
    }

    private static Path launcher() throws IOException {
        try (Stream<Path> plugins = Files.list(INSTALLATION.resolve("plugins"))) {
            return plugins.filter(file -> file.getFileName().toString().startsWith("org.eclipse.equinox.launcher_"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}

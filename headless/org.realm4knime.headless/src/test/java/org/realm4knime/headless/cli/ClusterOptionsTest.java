package org.realm4knime.headless.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.engine.spread.Cluster;
import org.realm4knime.engine.spread.Machines;
import org.realm4knime.engine.spread.Workplace;

class ClusterOptionsTest {

    @TempDir
    private Path out;

    private CommandLineRun run(String... arguments) {
        Object[] all = new Object[arguments.length + 4];
        List<Object> first = List.of("run", Path.of("../../examples/quickstart"), "--out", out.resolve("results"));
        first.toArray(all);
        System.arraycopy(arguments, 0, all, first.size(), arguments.length);
        return CommandLineRun.of(all);
    }

    @Test
    void saysWhereItWorksWhereNothingIsKnownOfSpark() {
        CommandLineRun run = run("--master", "spark://head:7077");

        assertThat(run.code()).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(run.err()).contains("--master works with the script realm alone");
        assertThat(out.resolve("results")).doesNotExist();
    }

    @Test
    void saysWhatToBuildWhereThePartForSparkIsMissing() {
        System.setProperty("realm4knime.cluster.jar", out.resolve("cluster.jar").toString());
        try {
            CommandLineRun run = run("--master", "spark://head:7077");

            assertThat(run.code()).isEqualTo(ExitCode.BAD_USAGE);
            assertThat(run.err())
                    .contains("--master needs the part that knows Spark")
                    .contains("-Pcluster");
        } finally {
            System.clearProperty("realm4knime.cluster.jar");
        }
    }

    @Test
    void refusesSeveralTasksAtATime() {
        CommandLineRun run = run("--master", "spark://head:7077", "--spark", "spark.task.cpus=2");

        assertThat(run.code()).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(run.err()).contains("spark.executor.cores");
    }

    @Test
    void refusesSettingsThatAreNotSparks() {
        CommandLineRun run = run("--master", "spark://head:7077", "--spark", "cores=8");

        assertThat(run.code()).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(run.err()).contains("--spark cores=8").contains("spark.cores.max=8");
    }

    @Test
    void refusesSettingsOfNoCluster() {
        CommandLineRun run = run("--spark", "spark.cores.max=8");

        assertThat(run.code()).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(run.err()).contains("say with --master where it is");
    }

    @Test
    void theClusterSeesOfOursTheContractAlone() throws Exception {
        try (ClusterLoader loader = ClusterLoader.of(List.of())) {
            assertThat(loader.loadClass(Machines.class.getName())).isSameAs(Machines.class);
            assertThat(loader.loadClass(Cluster.class.getName())).isSameAs(Cluster.class);
            assertThat(List.of(Workplace.class.getName(), "com.google.gson.Gson"))
                    .noneMatch(name -> isThere(loader, name));
        }
    }

    private static boolean isThere(ClassLoader loader, String name) {
        try {
            loader.loadClass(name);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}

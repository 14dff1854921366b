package org.realm4knime.headless.cli;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.realm4knime.engine.spread.Cluster;
import org.realm4knime.engine.spread.Machines;
import org.realm4knime.engine.spread.Spread;
import org.realm4knime.headless.workflow.WorkflowException;
import picocli.CommandLine.Option;

/** On whose machines a workflow is computed. */
final class ClusterOptions {

    /** Jar that knows Spark, and jars that its machines need; the launcher knows where they are. */
    private static final String JAR_PROPERTY = "realm4knime.cluster.jar";

    private static final String ENGINE_PROPERTY = "realm4knime.cluster.engine";
    /** Where Spark finds this, it sends all that the JDK's logger is told to its own log. */
    private static final String TAKES_OUR_LOG = "jul-to-slf4j";

    private static final String LOG_PROPERTY = "log4j2.configurationFile";
    private static final String LOG_RESOURCE = "realm-log4j2.properties";

    @Option(
            names = "--master",
            paramLabel = "URL",
            description =
                    "Spread the work over Apache Spark: spark://HOST:PORT, yarn, k8s://URL, or local-cluster[N,1,2048]"
                            + " for N processes of one thread on this machine. SPARK_HOME names Spark's folder; without"
                            + " it, Spark comes from the Maven registry.")
    private String master;

    @Option(
            names = "--spark",
            paramLabel = "KEY=VALUE",
            description = "A setting of Spark, such as spark.cores.max=8 or spark.executor.memory=4g; may be repeated.")
    private List<String> settings = List.of();

    /** Refuses what no cluster can be started with. */
    void check() throws WorkflowException {
        if (master == null && !settings.isEmpty()) {
            throw new WorkflowException("--spark sets how Spark works; say with --master where it is.");
        }
        for (String setting : settings) {
            if (!setting.startsWith("spark.") || setting.indexOf('=') < 0) {
                throw new WorkflowException(
                        "--spark " + setting + ": give a setting of Spark and its value, spark.cores.max=8.");
            }
            if (setting.startsWith("spark.task.cpus=")) {
                throw new WorkflowException("--spark " + setting
                        + ": an executor does one task at a time. Set spark.executor.cores, which are its threads.");
            }
        }
        if (master != null) {
            jars();
        }
    }

    /** What is open while work is spread. */
    interface Session extends AutoCloseable {

        @Override
        void close();
    }

    /**
     * Spreads work from now on, if it is to be.
     *
     * @param workflow what Spark's pages call the application
     * @return ends it
     * @throws WorkflowException if there is no cluster
     */
    Session open(String workflow) throws WorkflowException {
        if (master == null) {
            return () -> {};
        }
        Map<String, String> all = new HashMap<>(Map.of("spark.app.name", "realm4knime " + workflow));
        settings.forEach(setting -> {
            int equals = setting.indexOf('=');
            all.put(setting.substring(0, equals), setting.substring(equals + 1));
        });
        all.put("spark.master", master);
        System.out.println("starting Spark at " + master);
        Machines machines;
        try {
            machines = cluster().start(all, listed(System.getProperty(ENGINE_PROPERTY, "")));
        } catch (IllegalStateException | IOException e) {
            throw new WorkflowException("--master " + master + ": " + e.getMessage(), e);
        }
        System.out.printf("the work is spread over %d executors%n", machines.places());
        Spread.over(machines);
        return () -> {
            Spread.over(null);
            machines.close();
        };
    }

    private static Cluster cluster() throws WorkflowException {
        ClusterLoader loader = ClusterLoader.of(jars());
        URL log = loader.getResource(LOG_RESOURCE);
        if (System.getProperty(LOG_PROPERTY) == null && log != null) {
            System.setProperty(LOG_PROPERTY, log.toString());
        }
        return ServiceLoader.load(Cluster.class, loader)
                .findFirst()
                .orElseThrow(() -> new WorkflowException(
                        "--master: " + System.getProperty(JAR_PROPERTY) + " starts no cluster; build it again."));
    }

    private static List<Path> jars() throws WorkflowException {
        String own = System.getProperty(JAR_PROPERTY);
        String home = System.getenv("SPARK_HOME");
        if (own == null || own.isEmpty()) {
            throw new WorkflowException("--master works with the script realm alone, on Linux and macOS.");
        }
        if (!Files.exists(Path.of(own))) {
            throw new WorkflowException("--master needs the part that knows Spark, which is not at " + own
                    + ". Build it with ./mvnw package -Pcluster -pl cluster -am.");
        }
        if (home == null) {
            throw new WorkflowException("--master needs Spark. Set SPARK_HOME to the folder of a distribution.");
        }
        List<Path> jars = new ArrayList<>(List.of(Path.of(own)));
        try {
            listed(Path.of(home, "jars", "*").toString()).stream()
                    .filter(jar -> !jar.getFileName().toString().startsWith(TAKES_OUR_LOG))
                    .forEach(jars::add);
        } catch (IOException e) {
            throw new WorkflowException(
                    "SPARK_HOME is " + home + ", where no folder jars can be read: " + e.getMessage()
                            + ". Set it to the folder of a Spark distribution, or unset it.",
                    e);
        }
        // where YARN and the file system are, for those who have them
        for (String variable : List.of("HADOOP_CONF_DIR", "YARN_CONF_DIR")) {
            String folder = System.getenv(variable);
            if (folder != null) {
                jars.add(Path.of(folder));
            }
        }
        return jars;
    }

    /** The files of a class path, in which folder/* stands for the jars of a folder. */
    private static List<Path> listed(String classPath) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            if (entry.endsWith("*")) {
                Path folder = Path.of(entry.substring(0, entry.length() - 1));
                try (Stream<Path> jars = Files.list(folder)) {
                    files.addAll(jars.filter(jar -> jar.toString().endsWith(".jar"))
                            .sorted()
                            .toList());
                }
            } else {
                files.add(Path.of(entry));
            }
        }
        return files;
    }
}

package org.realm4knime.cluster;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.realm4knime.engine.spread.Cluster;
import org.realm4knime.engine.spread.Machines;

/** Starts an application on Spark: one task at a time in each executor, which has the engine to itself. */
public final class SparkCluster implements Cluster {

    private static final Pattern LOCAL_CLUSTER = Pattern.compile("local-cluster\\[(\\d+)\\s*,\\s*(\\d+)\\s*,\\s*\\d+]");
    private static final String CORES = "spark.executor.cores";
    private static final String MOST_CORES = "spark.cores.max";
    private static final String EXECUTORS = "spark.executor.instances";

    /** How long executors may take to come. */
    private static final long WAIT_MILLIS = 120_000;
    /** Where nobody said how many will come: as many as are there when this long none has come. */
    private static final long QUIET_MILLIS = 3_000;

    private static final long LOOK_EVERY_MILLIS = 100;

    @Override
    public Machines start(Map<String, String> settings, List<Path> engine) {
        return SparkMachines.asSpark(() -> {
            SparkConf conf = conf(settings);
            JavaSparkContext spark;
            try {
                spark = new JavaSparkContext(conf);
            } catch (Exception e) { // Scala declares none, and throws checked ones
                throw new IllegalStateException(
                        "Spark could not be started with --master " + conf.get("spark.master", "") + ": "
                                + e.getMessage(),
                        e);
            }
            try {
                engine.forEach(jar -> spark.addFile(jar.toString()));
                List<String> names =
                        engine.stream().map(jar -> jar.getFileName().toString()).toList();
                return new SparkMachines(spark, names, executors(spark, expected(conf)));
            } catch (RuntimeException e) {
                spark.stop();
                throw e;
            }
        });
    }

    private static SparkConf conf(Map<String, String> settings) {
        SparkConf conf = new SparkConf();
        settings.forEach(conf::set);
        Matcher local = LOCAL_CLUSTER.matcher(conf.get("spark.master", ""));
        if (local.matches()) {
            conf.setIfMissing(CORES, local.group(2));
            int all = Integer.parseInt(local.group(1)) * Integer.parseInt(local.group(2));
            conf.setIfMissing(MOST_CORES, String.valueOf(all));
            conf.setIfMissing("spark.driver.host", "127.0.0.1");
        }
        conf.setIfMissing(CORES, "1");
        String cores = conf.get(CORES);
        conf.set("spark.task.cpus", cores);
        conf.setIfMissing("spark.executorEnv.OMP_NUM_THREADS", cores);
        conf.setIfMissing("spark.executorEnv.OPT_OUT_TRACKING", "true");
        conf.setIfMissing("spark.executorEnv.TORCH_CPP_LOG_LEVEL", "ERROR");
        conf.set("spark.jars", conf.contains("spark.jars") ? ownJar() + "," + conf.get("spark.jars") : ownJar());
        // weights and gradients do not get smaller
        conf.setIfMissing("spark.broadcast.compress", "false");
        conf.setIfMissing("spark.driver.maxResultSize", "0");
        conf.setIfMissing("spark.rpc.message.maxSize", "1024");
        conf.setIfMissing("spark.locality.wait", "0");
        conf.setIfMissing("spark.task.maxFailures", "8");
        // a task that takes three times as long as most is done a second time where a place is free
        conf.setIfMissing("spark.speculation", "true");
        conf.setIfMissing("spark.speculation.multiplier", "3");
        conf.setIfMissing("spark.speculation.minTaskRuntime", "30s");
        conf.setIfMissing("spark.ui.showConsoleProgress", "false");
        return conf;
    }

    private static String ownJar() {
        try {
            return Path.of(SparkCluster.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The jar of this class has no path", e);
        }
    }

    /** How many executors will come; 0 if nobody said. */
    private static int expected(SparkConf conf) {
        return conf.contains(EXECUTORS)
                ? conf.getInt(EXECUTORS, 0)
                : conf.getInt(MOST_CORES, 0) / conf.getInt(CORES, 1);
    }

    private static int executors(JavaSparkContext spark, int expected) {
        long start = System.nanoTime();
        long lastChange = start;
        int there = 0;
        while (since(start) < WAIT_MILLIS) {
            if (spark.sc().isStopped()) { // it gives up by itself after a minute
                throw new IllegalStateException(
                        "No master of Spark answers at " + spark.getConf().get("spark.master")
                                + ". Look whether it runs and whether this machine reaches it.");
            }
            int now = spark.sc().statusTracker().getExecutorInfos().length - 1; // one is the driver
            if (now != there) {
                there = now;
                lastChange = System.nanoTime();
            }
            if (there > 0 && (expected > 0 ? there >= expected : since(lastChange) > QUIET_MILLIS)) {
                return there;
            }
            pause();
        }
        if (there > 0) {
            return there;
        }
        throw new IllegalStateException("No executor has come within " + WAIT_MILLIS / 1000
                + " s. Look in Spark's own pages whether workers are there, have "
                + spark.getConf().get(CORES)
                + " free cores and " + spark.getConf().get("spark.executor.memory", "1g")
                + " of memory, and reach this machine under the name in spark.driver.host.");
    }

    private static long since(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_EVERY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while executors were waited for", e);
        }
    }
}

package org.realm4knime.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.apache.spark.SparkJobInfo;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.realm4knime.engine.spread.Machines;

/**
 * Executors of Spark, one task at a time each. What is shared is a broadcast; a run is one job of one stage, a
 * partition a task.
 */
final class SparkMachines implements Machines {

    private static final long ASK_EVERY_MILLIS = 200;

    private final JavaSparkContext spark;
    private final List<String> engine;
    private final int places;
    private final Map<String, Broadcast<byte[][]>> shared = new HashMap<>();

    /**
     * @param spark stopped with this
     * @param engine names of the engine's jars among its files
     * @param places executors that there are
     */
    SparkMachines(JavaSparkContext spark, List<String> engine, int places) {
        this.spark = spark;
        this.engine = List.copyOf(engine);
        this.places = places;
    }

    @Override
    public int places() {
        return places;
    }

    @Override
    public void share(String name, List<byte[]> pieces) {
        asSpark(() -> shared.computeIfAbsent(name, added -> spark.broadcast(pieces.toArray(byte[][]::new))));
    }

    @Override
    public void forget(String name) {
        Broadcast<byte[][]> there = shared.remove(name);
        if (there != null) {
            asSpark(() -> {
                there.destroy();
                return there;
            });
        }
    }

    @Override
    public List<byte[]> run(List<byte[]> tasks, List<String> names, IntConsumer done, BooleanSupplier canceled) {
        Map<String, Broadcast<byte[][]>> theirs = new HashMap<>();
        names.forEach(name -> theirs.put(name, Objects.requireNonNull(shared.get(name), name)));
        return asSpark(() -> {
            // a task that nobody waits for any more is interrupted, and the engine looks whether it is
            spark.setLocalProperty("spark.job.interruptOnCancel", "true");
            JavaFutureAction<List<byte[]>> job = spark.parallelize(tasks, tasks.size())
                    .map(new EngineCall(engine, theirs))
                    .collectAsync();
            return await(job, done, canceled);
        });
    }

    private List<byte[]> await(JavaFutureAction<List<byte[]>> job, IntConsumer done, BooleanSupplier canceled) {
        try {
            while (true) {
                if (canceled.getAsBoolean()) {
                    job.cancel(true);
                    throw new CancellationException();
                }
                try {
                    return job.get(ASK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    done.accept(completed(job));
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(rootMessage(e), e);
        } catch (InterruptedException e) {
            job.cancel(true);
            Thread.currentThread().interrupt();
            throw new CancellationException();
        }
    }

    private int completed(JavaFutureAction<?> job) {
        return job.jobIds().stream()
                .map(id -> spark.statusTracker().getJobInfo(id))
                .filter(info -> info != null)
                .mapToInt(this::completed)
                .sum();
    }

    private int completed(SparkJobInfo job) {
        int sum = 0;
        for (int stage : job.stageIds()) {
            SparkStageInfo info = spark.statusTracker().getStageInfo(stage);
            sum += info == null ? 0 : info.numCompletedTasks();
        }
        return sum;
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        // what follows is where it happened, which the log has
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    }

    /** Runs what uses Spark, which looks for classes with the thread's class loader. */
    static <T> T asSpark(Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(SparkMachines.class.getClassLoader());
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void close() {
        asSpark(() -> {
            spark.stop();
            return spark;
        });
    }
}

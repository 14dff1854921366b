package org.realm4knime.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.stream.LongStream;
import org.realm4knime.engine.torch.TensorScope;
import org.realm4knime.engine.torch.Torch;

/** What the machine can do at best, through the engine's own PyTorch and in its own process. */
final class Limits {

    private static final int REPEATS = 5;

    private Limits() {}

    static Object describe() {
        return Map.of("torch", Torch.description(), "java", System.getProperty("java.version"));
    }

    /**
     * Matrix products of square float32 matrices.
     *
     * @param request {@code sizes}: rows of the matrices
     * @return {@code gflops}: for each size, the best of a few repeats in 10^9 floating-point operations a second
     */
    static Object matmul(JsonObject request) {
        double[] gflops = Models.longs(request, "sizes")
                .mapToDouble(size -> 2.0 * size * size * size / best(scope -> product(scope, size)) / 1e9)
                .toArray();
        return Map.of("gflops", gflops);
    }

    /**
     * Memory bandwidth with an array far larger than the caches.
     *
     * @param request {@code megabytes}: size of the array
     * @return {@code read}: summing it; {@code update}: adding to it in place, which reads and writes; 10^9 bytes a
     *     second
     */
    static Object bandwidth(JsonObject request) {
        long count = request.get("megabytes").getAsLong() * (1 << 20) / Float.BYTES;
        double bytes = (double) count * Float.BYTES;
        double read = bytes / best(scope -> {
            NDArray array = scope.ones(new Shape(count));
            return () -> array.sum().close();
        });
        double update = 2 * bytes / best(scope -> {
            NDArray array = scope.ones(new Shape(count));
            return () -> array.addi(1f);
        });
        return Map.of("read", read / 1e9, "update", update / 1e9);
    }

    /** Prepares the arrays that the timed work needs. */
    private interface Preparation {
        Runnable prepare(NDManager manager);
    }

    private static Runnable product(NDManager manager, long size) {
        NDArray left = manager.randomNormal(new Shape(size, size));
        NDArray right = manager.randomNormal(new Shape(size, size));
        return () -> left.matMul(right).close();
    }

    /** Seconds of the fastest of some repeats, after one that is not counted. */
    private static double best(Preparation preparation) {
        return Torch.run(() -> {
            try (TensorScope scope = new TensorScope()) {
                Runnable work = preparation.prepare(scope.manager());
                work.run();
                return LongStream.range(0, REPEATS)
                        .mapToDouble(repeat -> seconds(work))
                        .min()
                        .orElseThrow();
            }
        });
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }
}

package org.realm4knime.engine.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;

/**
 * Owner of tensors: every tensor made in a scope, or returned into it by a {@link TorchProgram}, is freed when the
 * scope closes. A training step or one batch of a generation has its own scope; weights and optimizer state live in a
 * scope that lives as long as they do.
 *
 * <p>Native memory is invisible to the garbage collector, so a scope that is not closed leaks.
 */
public final class TensorScope implements AutoCloseable {

    private final NDManager manager;

    /** A scope on the device in use. */
    public TensorScope() {
        this(Torch.device());
    }

    /** A scope on the given device. */
    public TensorScope(Device device) {
        manager = Torch.newManager(device);
    }

    /** DJL's manager behind this scope. */
    public NDManager manager() {
        return manager;
    }

    /** A float32 tensor with a copy of the data in row-major order; no shape makes a scalar of one value. */
    public NDArray floats(float[] data, long... shape) {
        return Torch.run(() -> manager.create(FloatBuffer.wrap(data), new Shape(shape), DataType.FLOAT32));
    }

    /** An int64 tensor with a copy of the data in row-major order; no shape makes a scalar of one value. */
    public NDArray longs(long[] data, long... shape) {
        return Torch.run(() -> manager.create(LongBuffer.wrap(data), new Shape(shape), DataType.INT64));
    }

    /** A boolean vector with a copy of the data. */
    public NDArray booleans(boolean[] data) {
        return Torch.run(() -> manager.create(data, new Shape(data.length)));
    }

    /** A float32 scalar. */
    public NDArray scalar(double value) {
        return floats(new float[] {(float) value});
    }

    /** A float32 tensor of zeros. */
    public NDArray zeros(long... shape) {
        return Torch.run(() -> manager.zeros(new Shape(shape), DataType.FLOAT32));
    }

    /** A tensor of zeros with the shape and type of another. */
    public NDArray zerosLike(NDArray other) {
        return Torch.run(() -> manager.zeros(other.getShape(), other.getDataType()));
    }

    /**
     * Gives a float32 tensor other values, in its own memory. DJL's {@code set(float[])} would put Java's direct memory
     * in its place, of which there is no more than the heap may have.
     *
     * @param tensor what is changed
     * @param values as many as it has, in row-major order
     */
    public static void fill(NDArray tensor, float[] values) {
        Torch.run(() -> {
            try (NDManager temporary = tensor.getManager().newSubManager()) {
                NDArray source = temporary.create(FloatBuffer.wrap(values), tensor.getShape(), DataType.FLOAT32);
                tensor.set(new NDIndex("..."), source);
                return tensor;
            }
        });
    }

    /** A copy of a tensor, owned by this scope, without gradient. */
    public NDArray copy(NDArray tensor) {
        return Torch.run(() -> keep(tensor.duplicate()));
    }

    /** Moves a tensor that another scope owns into this one. */
    public NDArray keep(NDArray tensor) {
        tensor.attach(manager);
        return tensor;
    }

    /** Moves tensors that another scope owns into this one. */
    public List<NDArray> keep(List<NDArray> tensors) {
        tensors.forEach(this::keep);
        return tensors;
    }

    @Override
    public void close() {
        manager.close();
    }
}

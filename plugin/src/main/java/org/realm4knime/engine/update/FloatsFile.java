package org.realm4knime.engine.update;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.WholeFile;
import org.realm4knime.engine.torch.TensorScope;

/**
 * Tensors of known shapes on disk: their values one after the other, float32 in little-endian order without any header.
 */
final class FloatsFile {

    private FloatsFile() {}

    /** Writes tensors to a file, which is replaced if it is there. */
    static void write(List<NDArray> tensors, Path file) throws IOException {
        WholeFile.write(file, (WritableByteChannel out) -> {
            for (NDArray tensor : tensors) {
                out.write(littleEndian(tensor.toFloatArray()));
            }
        });
    }

    /**
     * Reads tensors from a file.
     *
     * @throws IOException if it does not have just as many values
     */
    static void read(List<NDArray> tensors, Path file, Progress progress) throws IOException, CanceledJobException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long expected = tensors.stream().mapToLong(NDArray::size).sum() * Float.BYTES;
            if (channel.size() != expected) {
                throw new IOException("%s has %d bytes instead of %d".formatted(file, channel.size(), expected));
            }
            for (NDArray tensor : tensors) {
                progress.checkCanceled();
                float[] values = new float[Math.toIntExact(tensor.size())];
                ByteBuffer bytes =
                        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                    // until the tensor is whole
                }
                bytes.flip().asFloatBuffer().get(values);
                TensorScope.fill(tensor, values);
            }
        }
    }

    private static ByteBuffer littleEndian(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes;
    }
}

package org.realm4knime.engine.train;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The optimizer's moments on disk: for each parameter in program order its running mean, then for each its running mean of
 * squares, all float32 in little-endian order without any header.
 */
final class Moments {

    private Moments() {}

    static void write(AdamState state, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (NDArray moment : all(state)) {
                ByteBuffer bytes = littleEndian(moment.toFloatArray());
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            channel.force(true);
        }
    }

    static void read(AdamState state, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long expected = all(state).stream().mapToLong(NDArray::size).sum() * Float.BYTES;
            if (channel.size() != expected) {
                throw new IOException("%s has %d bytes instead of %d".formatted(file, channel.size(), expected));
            }
            for (NDArray moment : all(state)) {
                float[] values = new float[Math.toIntExact(moment.size())];
                ByteBuffer bytes =
                        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                    // until the tensor is whole
                }
                bytes.flip().asFloatBuffer().get(values);
                moment.set(values);
            }
        }
    }

    private static List<NDArray> all(AdamState state) {
        return Stream.concat(state.means().stream(), state.squares().stream()).toList();
    }

    private static ByteBuffer littleEndian(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes;
    }
}

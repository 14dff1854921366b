package org.realm4knime.engine.model.gguf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;

/**
 * Writes GGUF files of version 3, little-endian: the magic word, the version, the numbers of tensors and of metadata,
 * the metadata, name, shape, type and offset of each tensor, then the tensors' bytes, each at a multiple of 32.
 */
final class GgufWriter {

    static final int MAGIC = 0x46554747; // "GGUF"
    static final int VERSION = 3;
    /** Tensors begin at multiples of this many bytes, counted from the first. */
    static final int ALIGNMENT = 32;

    private static final int BUFFER_BYTES = 8 << 20;

    private final ByteArrayOutputStream header = new ByteArrayOutputStream();

    private GgufWriter() {}

    /** Writes a file anew. */
    static void write(Path file, GgufMetadata metadata, List<GgufTensor> tensors, Progress progress)
            throws IOException, CanceledJobException {
        GgufWriter head = new GgufWriter();
        head.head(metadata, tensors);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            writeAll(channel, ByteBuffer.wrap(head.header.toByteArray()));
            for (int i = 0; i < tensors.size(); i++) {
                progress.report(
                        (double) i / tensors.size(), "Writing " + tensors.get(i).name());
                pad(channel);
                write(channel, tensors.get(i), progress);
            }
            pad(channel);
            channel.force(true);
        }
    }

    private void head(GgufMetadata metadata, List<GgufTensor> tensors) {
        integer(MAGIC);
        integer(VERSION);
        whole(tensors.size());
        whole(metadata.values().size());
        for (Map.Entry<String, Object> entry : metadata.values().entrySet()) {
            text(entry.getKey());
            Kind kind = Kind.of(entry.getValue());
            integer(kind.id());
            value(kind, entry.getValue());
        }
        long offset = 0;
        for (GgufTensor tensor : tensors) {
            text(tensor.name());
            integer(tensor.shape().size());
            tensor.shape().forEach(this::whole);
            integer(tensor.type().id());
            whole(offset);
            offset = aligned(offset + tensor.bytes());
        }
    }

    private void value(Kind kind, Object value) {
        switch (kind) {
            case UINT32, INT32 -> integer((Integer) value);
            case FLOAT32 -> integer(Float.floatToIntBits((Float) value));
            case BOOL -> header.write((Boolean) value ? 1 : 0);
            case STRING -> text((String) value);
            case ARRAY -> array((List<?>) value);
        }
    }

    private void array(List<?> values) {
        Kind kind = Kind.ofElement(values);
        integer(kind.id());
        whole(values.size());
        values.forEach(value -> value(kind, value));
    }

    private void text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        whole(bytes.length);
        header.writeBytes(bytes);
    }

    private void integer(int value) {
        header.writeBytes(little(Integer.BYTES).putInt(value).array());
    }

    private void whole(long value) {
        header.writeBytes(little(Long.BYTES).putLong(value).array());
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void write(FileChannel channel, GgufTensor tensor, Progress progress)
            throws IOException, CanceledJobException {
        long rowBytes = Math.max((long) Float.BYTES * tensor.columns(), 1);
        int rowsAtOnce = (int) Math.max(1, BUFFER_BYTES / rowBytes / tensor.block()) * tensor.block();
        for (int done = 0; done < tensor.rows(); done += rowsAtOnce) {
            progress.checkCanceled();
            int rows = Math.min(rowsAtOnce, tensor.rows() - done);
            float[] weights = tensor.source().read(done, rows);
            requireInRange(weights, tensor);
            ByteBuffer bytes = little(Math.toIntExact(rows * tensor.type().bytes(tensor.columns())));
            tensor.type().put(weights, bytes);
            writeAll(channel, bytes.flip());
        }
    }

    private static void requireInRange(float[] weights, GgufTensor tensor) {
        float bound = tensor.type().bound();
        for (float weight : weights) {
            if (!Float.isFinite(weight)) {
                throw new EngineException("The tensor " + tensor.name() + " has a weight that is no number: " + weight
                        + ". The training that made the model went wrong; take the model of an earlier step.");
            }
            if (Math.abs(weight) >= bound) {
                throw new EngineException("The tensor " + tensor.name() + " has the weight " + weight
                        + ", which is out of the range of " + tensor.type() + ". Write the weights as BF16.");
            }
        }
    }

    private static void pad(FileChannel channel) throws IOException {
        long position = channel.position();
        writeAll(channel, ByteBuffer.allocate((int) (aligned(position) - position)));
    }

    /** The next multiple of the alignment. */
    static long aligned(long offset) {
        return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}

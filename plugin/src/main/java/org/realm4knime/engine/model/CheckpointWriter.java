package org.realm4knime.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.WholeFile;
import org.realm4knime.engine.model.Parameter.Part;
import org.realm4knime.engine.torch.Torch;

/** Writes tensors in program order as one safetensors file with Hugging Face's names and row order. */
final class CheckpointWriter {

    private static final int BUFFER_BYTES = 32 << 20;

    private final WeightType type;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    CheckpointWriter(WeightType type) {
        this.type = type;
    }

    /**
     * Writes all parameters; an existing file is replaced when the new one is complete.
     *
     * @param progress asked, before each few rows, whether to stop
     */
    void write(Path file, List<Parameter> parameters, List<NDArray> tensors, Progress progress)
            throws IOException, CanceledJobException {
        WholeFile.LongContent content = out -> {
            out.write(ByteBuffer.wrap(header(parameters)));
            for (int i = 0; i < parameters.size(); i++) {
                long row = 0;
                for (Part part : parameters.get(i).parts()) {
                    writePart(out, part, tensors.get(i), row, progress);
                    row += part.rows();
                }
            }
        };
        WholeFile.write(file, content, progress);
    }

    private byte[] header(List<Parameter> parameters) {
        JsonObject header = new JsonObject();
        JsonObject metadata = new JsonObject();
        metadata.addProperty("format", "pt"); // transformers refuses a file without it
        header.add("__metadata__", metadata);
        long begin = 0;
        for (Parameter parameter : parameters) {
            for (Part part : parameter.parts()) {
                long end = begin + (long) part.rows() * part.columns() * type.bytes();
                JsonObject entry = new JsonObject();
                entry.addProperty("dtype", type.safetensorsName());
                entry.add("shape", array(part.shape()));
                entry.add("data_offsets", array(List.of(begin, end)));
                header.add(part.name(), entry);
                begin = end;
            }
        }
        String json = new Gson().toJson(header);
        // spaces align the data to 8 bytes
        byte[] text = (json + " ".repeat((8 - json.length() % 8) % 8)).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array();
    }

    private void writePart(WritableByteChannel out, Part part, NDArray tensor, long firstRow, Progress progress)
            throws IOException, CanceledJobException {
        int block = part.block();
        int rowsAtOnce = Math.max(1, BUFFER_BYTES / (Float.BYTES * part.columns()) / block) * block;
        for (int done = 0; done < part.rows(); done += rowsAtOnce) {
            progress.checkCanceled();
            int rows = Math.min(rowsAtOnce, part.rows() - done);
            FloatBuffer values = rows(tensor, firstRow + done, rows);
            buffer.clear();
            int columns = part.columns();
            int[] programRow = new int[rows];
            for (int row = 0; row < rows; row++) {
                programRow[part.checkpointRow(done + row) - done] = row;
            }
            for (int row = 0; row < rows; row++) {
                int from = programRow[row] * columns;
                for (int column = 0; column < columns; column++) {
                    type.put(buffer, values.get(from + column) - part.offset());
                }
            }
            out.write(buffer.flip());
        }
    }

    private static FloatBuffer rows(NDArray tensor, long first, int rows) {
        return Torch.run(() -> {
            try (NDArray slice = tensor.get(new NDIndex("%d:%d".formatted(first, first + rows)))) {
                return slice.toByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
            }
        });
    }

    private static JsonArray array(List<Long> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }
}

package org.realm4knime.engine.model.gguf;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.IoReason;

/** A GGUF file that was written here, read again: its metadata, and its tensors' weights on demand. */
final class GgufFile {

    private static final int LONGEST = 1 << 28;

    private final Path path;
    private final GgufMetadata metadata = new GgufMetadata();
    private final Map<String, Entry> tensors = new LinkedHashMap<>();
    private long dataStart;

    /**
     * A tensor in the file.
     *
     * @param shape lengths of the dimensions, the fastest first
     * @param type number format of its weights
     * @param offset of its bytes from those of the first tensor
     */
    record Entry(List<Long> shape, GgufType type, long offset) {

        long rows() {
            return shape.size() < 2 ? 1 : shape.get(1);
        }

        long bytes() {
            return rows() * type.bytes(shape.get(0));
        }
    }

    /** The header, read from the beginning. */
    private static final class Header {
        private final DataInputStream in;
        private long position;

        Header(InputStream in) {
            this.in = new DataInputStream(in);
        }

        byte[] bytes(long count) throws IOException {
            if (count < 0 || count > LONGEST) {
                throw new IllegalArgumentException("a length of " + count);
            }
            byte[] bytes = new byte[(int) count];
            in.readFully(bytes);
            position += count;
            return bytes;
        }

        int integer() throws IOException {
            return Integer.reverseBytes(ByteBuffer.wrap(bytes(Integer.BYTES)).getInt());
        }

        long whole() throws IOException {
            return Long.reverseBytes(ByteBuffer.wrap(bytes(Long.BYTES)).getLong());
        }

        String text() throws IOException {
            return new String(bytes(whole()), StandardCharsets.UTF_8);
        }

        Object value(Kind kind) throws IOException {
            return switch (kind) {
                case UINT32, INT32 -> integer();
                case FLOAT32 -> Float.intBitsToFloat(integer());
                case BOOL -> bytes(1)[0] != 0;
                case STRING -> text();
                case ARRAY -> array();
            };
        }

        private List<Object> array() throws IOException {
            Kind kind = Kind.ofId(integer());
            long count = whole();
            List<Object> values = new ArrayList<>();
            for (long i = 0; i < count; i++) {
                values.add(value(kind));
            }
            return values;
        }
    }

    private GgufFile(Path path) throws IOException {
        this.path = path;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            read(new Header(in));
        }
        long end = tensors.values().stream()
                .mapToLong(entry -> dataStart + entry.offset() + entry.bytes())
                .max()
                .orElse(dataStart);
        if (end > Files.size(path)) {
            throw new IllegalArgumentException("it has " + Files.size(path) + " bytes and needs " + end);
        }
    }

    /**
     * Reads the head of a file.
     *
     * @throws EngineException if it is missing, damaged, or has what is not written here
     */
    static GgufFile read(Path path) {
        try {
            return new GgufFile(path);
        } catch (IOException | IllegalArgumentException e) {
            throw new EngineException(path + " cannot be read as a GGUF file: " + e.getMessage() + ".", e);
        }
    }

    private void read(Header header) throws IOException {
        if (header.integer() != GgufWriter.MAGIC || header.integer() != GgufWriter.VERSION) {
            throw new IllegalArgumentException("it does not begin as one of version " + GgufWriter.VERSION);
        }
        long tensorCount = header.whole();
        long valueCount = header.whole();
        for (long i = 0; i < valueCount; i++) {
            String key = header.text();
            metadata.values().put(key, header.value(Kind.ofId(header.integer())));
        }
        for (long i = 0; i < tensorCount; i++) {
            String name = header.text();
            int dimensions = header.integer();
            List<Long> shape = new ArrayList<>();
            for (int d = 0; d < dimensions; d++) {
                shape.add(header.whole());
            }
            tensors.put(name, new Entry(List.copyOf(shape), GgufType.of(header.integer()), header.whole()));
        }
        dataStart = GgufWriter.aligned(header.position);
    }

    GgufMetadata metadata() {
        return metadata;
    }

    /** The tensors by name, in the order of the file. */
    Map<String, Entry> tensors() {
        return tensors;
    }

    /** Weights of some rows of a tensor, row by row. */
    float[] rows(String name, long first, int count) {
        Entry entry = tensors.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("no tensor " + name);
        }
        long rowBytes = entry.type().bytes(entry.shape().get(0));
        try (FileChannel channel = FileChannel.open(path)) {
            ByteBuffer bytes = channel.map(
                    FileChannel.MapMode.READ_ONLY, dataStart + entry.offset() + first * rowBytes, count * rowBytes);
            return entry.type().get(bytes.order(ByteOrder.LITTLE_ENDIAN));
        } catch (IOException e) {
            throw new EngineException(path + " cannot be read: " + IoReason.of(e) + ".", e);
        }
    }
}

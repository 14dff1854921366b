package org.realm4knime.engine.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.IoReason;

/**
 * A safetensors file that is read in place: its header in memory, its tensors mapped when asked for.
 *
 * <p>Layout: length of the header (8 bytes, little-endian), the header (JSON: type, shape and byte range of each tensor
 * by name), the tensors' bytes. See <a href="https://huggingface.co/docs/safetensors">the format's description</a>.
 */
final class SafetensorsFile implements AutoCloseable {

    /** The format's own limit on the header. */
    private static final long MAX_HEADER = 100_000_000;
    /** No file ends behind it, and sums of such ends do not overflow. */
    private static final long FARTHEST = Long.MAX_VALUE / 4;

    private final Path path;
    private final FileChannel channel;
    private final long dataStart;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** A tensor in the file; the range is in bytes from the end of the header. */
    record Entry(String name, String type, List<Long> shape, long begin, long end) {

        /** The number format, or null for one that is no floating-point weight. */
        WeightType weightType() {
            return Arrays.stream(WeightType.values())
                    .filter(t -> t.safetensorsName().equals(type))
                    .findFirst()
                    .orElse(null);
        }
    }

    private SafetensorsFile(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        long size = channel.size();
        long headerLength = size < Long.BYTES ? -1 : readFully(0, Long.BYTES).getLong();
        if (headerLength <= 0 || headerLength > MAX_HEADER) {
            throw new EngineException(
                    path + " is not a safetensors file. Download it again; if it is a small text file,"
                            + " it is a Git LFS pointer, so run `git lfs pull` in its repository.");
        }
        dataStart = Long.BYTES + headerLength;
        if (dataStart > size) {
            throw truncated(dataStart, size);
        }
        parseHeader(StandardCharsets.UTF_8
                .decode(readFully(Long.BYTES, (int) headerLength))
                .toString());
        long end = dataStart
                + entries.values().stream().mapToLong(Entry::end).max().orElse(0);
        if (end > size) {
            throw truncated(end, size);
        }
    }

    /**
     * Opens a file and reads its header.
     *
     * @throws EngineException if it is missing, truncated or no safetensors file
     */
    static SafetensorsFile open(Path path) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(path);
            return new SafetensorsFile(path, channel);
        } catch (NoSuchFileException e) {
            throw new EngineException(path + " is missing. Download the model again, all its files.", e);
        } catch (IOException e) {
            closeQuietly(channel);
            throw new EngineException(path + " cannot be read: " + IoReason.of(e) + ".", e);
        } catch (EngineException e) {
            closeQuietly(channel);
            throw e;
        }
    }

    Path path() {
        return path;
    }

    /** The tensors by name, in the order of the header. */
    Map<String, Entry> entries() {
        return entries;
    }

    /** Maps part of a tensor's bytes; little-endian, at most 2 GB. */
    ByteBuffer map(Entry entry, long offset, long length) {
        try {
            return channel.map(FileChannel.MapMode.READ_ONLY, dataStart + entry.begin() + offset, length)
                    .order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new EngineException(path + " cannot be read: " + IoReason.of(e) + ".", e);
        }
    }

    private void parseHeader(String header) {
        try {
            JsonObject json = JsonParser.parseString(header).getAsJsonObject();
            for (Map.Entry<String, JsonElement> member : json.entrySet()) {
                if (!member.getKey().equals("__metadata__")) {
                    Entry entry = parseEntry(member.getKey(), member.getValue().getAsJsonObject());
                    entries.put(entry.name(), entry);
                }
            }
        } catch (EngineException e) {
            throw e;
        } catch (RuntimeException e) { // whatever reading JSON of another shape throws
            throw new EngineException(path + " has a damaged header. Download it again.", e);
        }
    }

    private Entry parseEntry(String name, JsonObject json) {
        JsonArray range = json.getAsJsonArray("data_offsets");
        List<Long> shape = StreamSupport.stream(json.getAsJsonArray("shape").spliterator(), false)
                .map(JsonElement::getAsLong)
                .toList();
        Entry entry = new Entry(
                name,
                json.get("dtype").getAsString(),
                shape,
                range.get(0).getAsLong(),
                range.get(1).getAsLong());
        if (!fills(entry)) {
            throw new EngineException("%s has a damaged header: tensor %s of shape %s does not fill bytes %d to %d."
                    .formatted(path, name, shape, entry.begin(), entry.end()));
        }
        return entry;
    }

    private static boolean fills(Entry entry) {
        boolean possible = entry.begin() >= 0
                && entry.end() >= entry.begin()
                && entry.end() <= FARTHEST
                && entry.shape().stream().allMatch(dimension -> dimension >= 0);
        WeightType type = entry.weightType();
        if (!possible || type == null) {
            return possible;
        }
        long values = entry.shape().stream().reduce(1L, Math::multiplyExact);
        return entry.end() - entry.begin() == Math.multiplyExact(values, (long) type.bytes());
    }

    private ByteBuffer readFully(long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException("the file ended early");
            }
        }
        return buffer.flip();
    }

    private EngineException truncated(long needed, long size) {
        return new EngineException(
                "%s is truncated: it has %d bytes and needs %d. Download it again.".formatted(path, size, needed));
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // the first error is the one to report
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }
}

package org.realm4knime.engine.model;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.realm4knime.engine.EngineException;
import org.realm4knime.faults.Declared;
import org.realm4knime.faults.Scratch;

/** Safetensors files: what is read lies within the file. */
public final class SafetensorsFuzz {

    private static final Scratch SCRATCH = new Scratch();
    private static final int PIECE = 64;

    @FuzzTest
    void file(byte[] data) {
        read(data);
    }

    /** Opens a file and maps each of its tensors. */
    public static void read(byte[] data) {
        Path file = SCRATCH.write("model.safetensors", data);
        Declared.only(
                data,
                () -> {
                    try (SafetensorsFile opened = SafetensorsFile.open(file)) {
                        for (SafetensorsFile.Entry entry : opened.entries().values()) {
                            require(entry, opened, Files.size(file));
                        }
                    }
                },
                EngineException.class);
    }

    private static void require(SafetensorsFile.Entry entry, SafetensorsFile opened, long size) {
        long length = entry.end() - entry.begin();
        if (length < 0 || length > size || entry.shape().stream().anyMatch(dimension -> dimension < 0)) {
            throw new AssertionError("Accepted " + entry);
        }
        WeightType type = entry.weightType();
        if (type != null && length > 0) {
            ByteBuffer bytes = opened.map(entry, 0, Math.min(length, PIECE));
            type.get(bytes, 0);
        }
    }
}
